"""Who looks after whose silence."""

from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx


class Buddies:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def of(self, member: str) -> str | None:
        row = self.tx.one("SELECT buddy FROM buddy WHERE member = :member", member=member)
        return row["buddy"] if row else None

    def looked_after_by(self, buddy: str) -> list[str]:
        rows = self.tx.all("SELECT member FROM buddy WHERE buddy = :buddy ORDER BY member", buddy=buddy)
        return [row["member"] for row in rows]

    def put(self, member: str, buddy: str, by: str, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO buddy (member, buddy, named_by, since) VALUES (:member, :buddy, :by, :now)"
            " ON CONFLICT (member) DO UPDATE SET buddy = excluded.buddy, named_by = excluded.named_by,"
            " since = excluded.since",
            member=member,
            buddy=buddy,
            by=by,
            now=instant.text(now),
        )

    def end(self, member: str) -> None:
        self.tx.run("DELETE FROM buddy WHERE member = :member", member=member)

    def forget(self, person: str) -> None:
        """Whoever is no longer in the file is nobody's, and has none."""
        self.tx.run("DELETE FROM buddy WHERE member = :person OR buddy = :person", person=person)
