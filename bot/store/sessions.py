"""Occurrences of study items of which there is more to say than their schedule does."""

from dataclasses import replace
from datetime import datetime
from typing import LiteralString

from bot.domain import instant
from bot.domain.study import Session
from bot.store.tx import Row, Tx, Value

_WHERE = " WHERE item = :item AND planned_at = :planned_at"
_COLUMNS: tuple[LiteralString, ...] = (
    *("starts_at", "cancelled", "changed_by", "changed_at", "speaker", "assigned_at", "material"),
    *("roll_by", "roll_at", "remote_counts"),
)
_SET: dict[str, LiteralString] = {name: "UPDATE study_session SET " + name + " = :value" + _WHERE for name in _COLUMNS}


class Sessions:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def of(self, item: str, since: datetime) -> list[Session]:
        """Those that take place, or were to, after `since`."""
        rows = self.tx.all(
            "SELECT * FROM study_session WHERE item = :item AND (starts_at > :since OR planned_at > :since)"
            " ORDER BY starts_at",
            item=item,
            since=instant.text(since),
        )
        return [self._session(row) for row in rows]

    def at(self, item: str, starts_at: datetime) -> Session | None:
        """The one that takes place then; of one that does, nothing more may be said: then it is as planned."""
        row = self.tx.one(
            "SELECT * FROM study_session WHERE item = :item AND starts_at = :at ORDER BY cancelled",
            item=item,
            at=instant.text(starts_at),
        )
        return self._session(row) if row else None

    def planned(self, item: str, planned_at: datetime) -> Session:
        row = self.tx.one(
            "SELECT * FROM study_session WHERE item = :item AND planned_at = :at",
            item=item,
            at=instant.text(planned_at),
        )
        return self._session(row) if row else Session(item, planned_at, planned_at)

    def spoken(self, item: str) -> dict[str, list[datetime]]:
        """When each has spoken, or is to speak, in that item."""
        rows = self.tx.all(
            "SELECT speaker, starts_at FROM study_session WHERE item = :item AND speaker IS NOT NULL"
            " AND cancelled = 0 ORDER BY starts_at",
            item=item,
        )
        found: dict[str, list[datetime]] = {}
        for row in rows:
            found.setdefault(row["speaker"], []).append(instant.parse(row["starts_at"]))
        return found

    def with_speaker(self, speaker: str, since: datetime) -> list[Session]:
        rows = self.tx.all(
            "SELECT * FROM study_session WHERE speaker = :speaker AND cancelled = 0 AND starts_at > :since"
            " ORDER BY starts_at",
            speaker=speaker,
            since=instant.text(since),
        )
        return [self._session(row) for row in rows]

    def change(self, session: Session, by: str, now: datetime) -> None:
        """Moved or cancelled by its organiser; what was answered of the old hour is asked anew."""
        old = self.planned(session.item, session.planned_at)
        self._set(
            session,
            starts_at=instant.text(session.starts_at),
            cancelled=int(session.cancelled),
            changed_by=by,
            changed_at=instant.text(now),
        )
        at, to = instant.text(old.starts_at), instant.text(session.starts_at)
        if session.cancelled:
            self.tx.run("DELETE FROM study WHERE item = :item AND starts_at = :at", item=session.item, at=at)
        elif at != to:
            self.tx.run(
                "UPDATE study SET starts_at = :to, answer = NULL, answered_at = NULL"
                " WHERE item = :item AND starts_at = :at",
                item=session.item,
                at=at,
                to=to,
            )

    def give(self, session: Session, speaker: str, now: datetime) -> None:
        """She is its speaker; “”: nobody is. What the one before handed in goes with him."""
        self._set(session, speaker=speaker or None, assigned_at=instant.text(now) if speaker else None, material="")

    def put_material(self, session: Session, words: str) -> None:
        self._set(session, material=self.tx.vault.seal(_place(session), words) if words else "")

    def called(self, session: Session, by: str, now: datetime) -> None:
        """The roll of it has been called."""
        self._set(session, roll_by=by, roll_at=instant.text(now))

    def count_remote(self, session: Session, *, counts: bool) -> None:
        self._set(session, remote_counts=int(counts))

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM study_session WHERE starts_at < :before", before=instant.text(before))

    def _set(self, session: Session, **values: Value) -> None:
        key = {"item": session.item, "planned_at": instant.text(session.planned_at)}
        self.tx.run(
            "INSERT INTO study_session (item, planned_at, starts_at) VALUES (:item, :planned_at, :starts_at)"
            " ON CONFLICT (item, planned_at) DO NOTHING",
            **key,
            starts_at=instant.text(session.starts_at),
        )
        for name, value in values.items():
            self.tx.run(_SET[name], **key, value=value)

    def _session(self, row: Row) -> Session:
        found = Session(
            row["item"],
            instant.parse(row["planned_at"]),
            instant.parse(row["starts_at"]),
            bool(row["cancelled"]),
            row["speaker"] or "",
            "",
            instant.parse_or_none(row["roll_at"]),
            None if row["remote_counts"] is None else bool(row["remote_counts"]),
        )
        words = self.tx.vault.open(_place(found), row["material"]) if row["material"] else ""
        return replace(found, material=words) if words else found


def _place(session: Session) -> str:
    return f"study_session|{session.item}|{instant.text(session.planned_at)}|material"
