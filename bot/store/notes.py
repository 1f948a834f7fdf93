"""Study notes: their author's own, sealed, until she shares one or has it deleted."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class StudyNote:
    number: int
    id: str
    member: str
    about: str  # the title of what she had studied; empty: she did not say
    words: str
    written_at: datetime
    shared_at: datetime | None


class Notes:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def add(self, id: str, member: str, about: str, words: str, now: datetime) -> int:  # noqa: A002
        """Its number."""
        self.tx.run(
            "INSERT INTO study_note (number, id, member, about, words, written_at)"
            " SELECT coalesce(max(number), 0) + 1, :id, :member, :about, :words, :now FROM study_note",
            id=id,
            member=member,
            about=about,
            words=self.tx.vault.seal(_place(id), words),
            now=instant.text(now),
        )
        row = self.tx.one("SELECT number FROM study_note WHERE id = :id", id=id)
        return row["number"] if row else 0

    def of(self, member: str) -> list[StudyNote]:
        """Hers, the newest first."""
        rows = self.tx.all("SELECT * FROM study_note WHERE member = :member ORDER BY number DESC", member=member)
        return [self._note(row) for row in rows]

    def hers(self, member: str, number: int) -> StudyNote | None:
        return next((one for one in self.of(member) if one.number == number), None)

    def share(self, note: StudyNote, now: datetime) -> None:
        self.tx.run("UPDATE study_note SET shared_at = :now WHERE id = :id", now=instant.text(now), id=note.id)

    def drop(self, note: StudyNote) -> None:
        self.tx.run("DELETE FROM study_note WHERE id = :id", id=note.id)

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM study_note WHERE written_at < :before", before=instant.text(before))

    def _note(self, row: Row) -> StudyNote:
        return StudyNote(
            row["number"],
            row["id"],
            row["member"],
            row["about"],
            self.tx.vault.open(_place(row["id"]), row["words"]) if row["words"] else "",
            instant.parse(row["written_at"]),
            instant.parse_or_none(row["shared_at"]),
        )


def _place(id: str) -> str:  # noqa: A002
    return f"study_note|{id}|words"
