"""What is owed to whom; the unique reason makes saying a thing twice impossible."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain import instant
from bot.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Owed:
    """A sentence (`kind` is its key in templates/say) owed to a member, not said before `not_before`.

    `expires_at`: from then on it would only confuse, and is skipped with a note.
    """

    reason: str
    member: str
    kind: str
    branch: str | None
    facts: Mapping[str, Any]
    not_before: datetime
    expires_at: datetime | None = None


class Outbox:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def owe(self, owed: Owed, now: datetime) -> None:
        """Write it down; a reason that is already there changes nothing."""
        facts = json.dumps(dict(owed.facts), ensure_ascii=False) if owed.facts else ""
        self.tx.run(
            "INSERT INTO outbox (reason, number, member, kind, branch, facts, owed_at, not_before, expires_at, state)"
            " SELECT :reason, coalesce(max(number), 0) + 1, :member, :kind, :branch, :facts, :now, :not_before,"
            " :expires_at, 'owed' FROM outbox WHERE 1 = 1"
            " ON CONFLICT (reason) DO NOTHING",
            reason=owed.reason,
            member=owed.member,
            kind=owed.kind,
            branch=owed.branch,
            facts=self.tx.vault.seal(f"outbox|{owed.reason}|facts", facts),
            now=instant.text(now),
            not_before=instant.text(owed.not_before),
            expires_at=instant.text(owed.expires_at) if owed.expires_at else None,
        )

    def due(self, now: datetime, most: int) -> list[Owed]:
        """What may be said now, grouped by member, in the order it was owed."""
        rows = self.tx.all(
            "SELECT * FROM (SELECT * FROM outbox WHERE state = 'owed' AND not_before <= :now"
            " ORDER BY not_before LIMIT :most) AS ready ORDER BY member, number",
            now=instant.text(now),
            most=most,
        )
        return [
            Owed(
                row["reason"],
                row["member"],
                row["kind"],
                row["branch"],
                self._facts(row["reason"], row["facts"]),
                instant.parse(row["not_before"]),
                instant.parse_or_none(row["expires_at"]),
            )
            for row in rows
        ]

    def skip(self, owed: Owed, note: str) -> None:
        self.tx.run(
            "UPDATE outbox SET state = 'skipped', note = :note, facts = '' WHERE reason = :reason",
            reason=owed.reason,
            note=note,
        )

    def taken(self, reasons: list[str], delivery: str) -> None:
        """Their words are in the delivery now; here only the fact stays."""
        self.tx.many(
            "UPDATE outbox SET state = 'taken', delivery = :delivery, facts = '' WHERE reason = :reason",
            [{"reason": reason, "delivery": delivery} for reason in reasons],
        )

    def next_at(self) -> datetime | None:
        row = self.tx.one("SELECT not_before FROM outbox WHERE state = 'owed' ORDER BY not_before LIMIT 1")
        return instant.parse(row["not_before"]) if row else None

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM outbox WHERE state <> 'owed' AND owed_at < :before", before=instant.text(before))

    def _facts(self, reason: str, sealed: str) -> dict[str, Any]:
        opened = self.tx.vault.open(f"outbox|{reason}|facts", sealed)
        return json.loads(opened) if opened else {}
