"""Whispers: sealed words for one reader, and when they were read."""

from datetime import datetime

from bot.domain import instant
from bot.domain.whisper import Duty, Gone, Reader, Whisper
from bot.store.tx import Row, Tx

_UNREAD = "SELECT * FROM whisper WHERE read_at IS NULL AND gone = ''"


class Whispers:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, id: str, member: str, reader: Reader, words: str, now: datetime) -> int:  # noqa: A002
        """Its number, by which it can be spoken of."""
        row = self.tx.one("SELECT coalesce(max(number), 0) + 1 AS next FROM whisper")
        number: int = row["next"] if row else 1
        self.tx.run(
            "INSERT INTO whisper (number, id, branch, member, reader, duty, words, said_at)"
            " VALUES (:number, :id, :branch, :member, :reader, :duty, :words, :now)",
            number=number,
            id=id,
            branch=reader.branch,
            member=member,
            reader=reader.member.id,
            duty=reader.duty,
            words=self.tx.vault.seal(_place(id, "words"), words),
            now=instant.text(now),
        )
        return number

    def redirect(self, whisper: Whisper, reader: Reader, now: datetime) -> None:
        """The same words, for somebody else."""
        self.tx.run(
            "UPDATE whisper SET reader = :reader, duty = :duty, branch = :branch, said_at = :now, gone = ''"
            " WHERE id = :id",
            id=whisper.id,
            reader=reader.member.id,
            duty=reader.duty,
            branch=reader.branch,
            now=instant.text(now),
        )

    def get(self, id: str) -> Whisper | None:  # noqa: A002
        row = self.tx.one("SELECT * FROM whisper WHERE id = :id", id=id)
        return self._whisper(row) if row else None

    def numbered(self, number: int) -> Whisper | None:
        row = self.tx.one("SELECT * FROM whisper WHERE number = :number", number=number)
        return self._whisper(row) if row else None

    def unread(self) -> list[Whisper]:
        return [self._whisper(row) for row in self.tx.all(_UNREAD + " ORDER BY number")]

    def unread_by(self, reader: str) -> list[Whisper]:
        rows = self.tx.all(_UNREAD + " AND reader = :reader ORDER BY number", reader=reader)
        return [self._whisper(row) for row in rows]

    def of_member(self, member: str, most: int) -> list[Whisper]:
        """Hers, the newest last."""
        rows = self.tx.all(
            "SELECT * FROM whisper WHERE member = :member ORDER BY number DESC LIMIT :most", member=member, most=most
        )
        return [self._whisper(row) for row in reversed(rows)]

    def read(self, id: str, now: datetime) -> None:  # noqa: A002
        """It has been shown; the first time counts."""
        self.tx.run("UPDATE whisper SET read_at = coalesce(read_at, :now) WHERE id = :id", id=id, now=instant.text(now))

    def lose(self, id: str, gone: Gone) -> None:  # noqa: A002
        self.tx.run("UPDATE whisper SET gone = :gone WHERE id = :id", id=id, gone=gone)

    def take_back(self, id: str) -> None:  # noqa: A002
        self.tx.run("UPDATE whisper SET gone = 'taken_back', words = '' WHERE id = :id", id=id)

    def answer(self, whisper: Whisper, words: str, now: datetime) -> None:
        """One more answer, after those there are."""
        whole = f"{whisper.answer}\n{words}" if whisper.answer else words
        self.tx.run(
            "UPDATE whisper SET answer = :answer, answered_at = :now WHERE id = :id",
            id=whisper.id,
            answer=self.tx.vault.seal(_place(whisper.id, "answer"), whole),
            now=instant.text(now),
        )

    def forget_words(self, branch: str) -> None:
        self.tx.run("UPDATE whisper SET words = '', answer = '' WHERE branch = :branch", branch=branch)

    def forget(self, before: datetime) -> None:
        """The whispers of branches that closed before that time."""
        closed = "SELECT id FROM branch WHERE closed_at < :before"
        self.tx.run("DELETE FROM whisper WHERE branch IN (" + closed + ")", before=instant.text(before))

    def _whisper(self, row: Row) -> Whisper:
        duty: Duty = row["duty"]
        return Whisper(
            number=row["number"],
            id=row["id"],
            branch=row["branch"],
            member=row["member"],
            reader=row["reader"],
            duty=duty,
            words=self.tx.vault.open(_place(row["id"], "words"), row["words"]),
            said_at=instant.parse(row["said_at"]),
            read_at=instant.parse_or_none(row["read_at"]),
            gone=row["gone"],
            answer=self.tx.vault.open(_place(row["id"], "answer"), row["answer"]),
        )


def _place(id: str, column: str) -> str:  # noqa: A002
    return f"whisper|{id}|{column}"
