"""All that will fall due, in one list with one index."""

from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx

DUE = "SELECT kind, subject, at FROM alarm WHERE at <= :now ORDER BY at, kind, subject LIMIT :most"


class Alarms:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.touched = False

    def put(self, kind: str, subject: str, at: datetime | None) -> None:
        """Ring at `at`; None: never."""
        self.touched = True
        if at is None:
            self.tx.run("DELETE FROM alarm WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject)
            return
        self.tx.run(
            "INSERT INTO alarm (kind, subject, at) VALUES (:kind, :subject, :at)"
            " ON CONFLICT (kind, subject) DO UPDATE SET at = excluded.at",
            kind=kind,
            subject=subject,
            at=instant.text(at),
        )

    def due(self, now: datetime, most: int) -> list[tuple[str, str, datetime]]:
        """Kind, subject and time of what has fallen due, oldest first."""
        rows = self.tx.all(DUE, now=instant.text(now), most=most)
        return [(row["kind"], row["subject"], instant.parse(row["at"])) for row in rows]

    def between(self, kind: str, after: datetime, until: datetime) -> list[str]:
        """The subjects of the kind that ring in that time."""
        rows = self.tx.all(
            "SELECT subject FROM alarm WHERE at > :after AND at <= :until AND kind = :kind ORDER BY at, subject",
            kind=kind,
            after=instant.text(after),
            until=instant.text(until),
        )
        return [row["subject"] for row in rows]

    def next_at(self) -> datetime | None:
        row = self.tx.one("SELECT at FROM alarm ORDER BY at LIMIT 1")
        return instant.parse(row["at"]) if row else None

    def next_seen_at(self) -> datetime | None:
        """The next that somebody may notice: not the planning of a round, nor the nightly forgetting."""
        row = self.tx.one("SELECT at FROM alarm WHERE kind NOT IN ('plan', 'forget') ORDER BY at LIMIT 1")
        return instant.parse(row["at"]) if row else None

    def of(self, kind: str) -> dict[str, datetime]:
        """When each of the kind rings, by subject."""
        rows = self.tx.all("SELECT subject, at FROM alarm WHERE kind = :kind ORDER BY subject", kind=kind)
        return {row["subject"]: instant.parse(row["at"]) for row in rows}
