"""What is owed to whom; the unique reason makes saying a thing twice impossible."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from bot.domain import instant
from bot.store.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Owed:
    """A sentence (`kind` is its key in templates/say) owed to a member, not said before `not_before`.

    `expires_at`: from then on it would only confuse, and is skipped with a note. What fills the sentence
    (`facts`) is sealed: of a row that was read back it is opened one by one, by `facts_of`.
    """

    reason: str
    member: str
    kind: str
    branch: str | None
    not_before: datetime
    expires_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be said, without what fills it."""

    reason: str
    member: str
    kind: str
    branch: str | None
    not_before: datetime


class Outbox:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.touched = False

    def owe(self, owed: Owed, now: datetime) -> None:
        """Write it down; a reason that is already there changes nothing."""
        self.touched = True
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
        """What may be said now to the first `most` members, each one's whole, in the order it was owed."""
        rows = self.tx.all(
            "SELECT * FROM outbox WHERE state = 'owed' AND not_before <= :now AND member IN"
            " (SELECT DISTINCT member FROM outbox WHERE state = 'owed' AND not_before <= :now"
            " ORDER BY member LIMIT :most) ORDER BY member, number",
            now=instant.text(now),
            most=most,
        )
        return [_owed(row) for row in rows]

    def owed_now(self, now: datetime) -> set[tuple[str, str]]:
        """Member and kind of all that may be said now."""
        rows = self.tx.all(
            "SELECT DISTINCT member, kind FROM outbox WHERE state = 'owed' AND not_before <= :now",
            now=instant.text(now),
        )
        return {(row["member"], row["kind"]) for row in rows}

    def held_back(self, member: str, since: datetime) -> int:
        """How many messages the day's cap has kept from her since then."""
        row = self.tx.one(
            "SELECT count(*) AS held FROM outbox WHERE member = :member AND owed_at > :since"
            " AND state = 'skipped' AND note = 'cap'",
            member=member,
            since=instant.text(since),
        )
        return row["held"] if row else 0

    def owed(self) -> list[Due]:
        """All that is not said yet, whenever it may be."""
        rows = self.tx.all(
            "SELECT reason, member, kind, branch, not_before FROM outbox WHERE state = 'owed' ORDER BY number"
        )
        return [
            Due(row["reason"], row["member"], row["kind"], row["branch"], instant.parse(row["not_before"]))
            for row in rows
        ]

    def facts_of(self, owed: Owed) -> dict[str, Any]:
        """What fills the sentence. Raises LianxinError if it was sealed with another key."""
        row = self.tx.one("SELECT facts FROM outbox WHERE reason = :reason", reason=owed.reason)
        opened = self.tx.vault.open(f"outbox|{owed.reason}|facts", row["facts"]) if row else ""
        return json.loads(opened) if opened else {}

    def of_delivery(self, delivery: str) -> list[Owed]:
        """What a delivery is made of."""
        rows = self.tx.all("SELECT * FROM outbox WHERE delivery = :delivery ORDER BY number", delivery=delivery)
        return [_owed(row) for row in rows]

    def said_or_owed(self, *reasons: str) -> bool:
        """Whether one of them has been said or will be; what was skipped has not."""
        found = (self.tx.one("SELECT state FROM outbox WHERE reason = :reason", reason=one) for one in reasons)
        return any(row and row["state"] != "skipped" for row in found)

    def pass_on(self, branch: str, before: str, after: str) -> None:
        """What was owed to whoever was on duty, and has not been said, is for whoever is now."""
        self.tx.run(
            "UPDATE outbox SET member = :after WHERE state = 'owed' AND branch = :branch AND member = :before"
            " AND kind IN ('report.silent', 'closing.question')",
            branch=branch,
            before=before,
            after=after,
        )

    def told(self, prefix: str) -> set[str]:
        """To whom something was said for a reason that begins so, up to a colon."""
        rows = self.tx.all(
            "SELECT DISTINCT member FROM outbox WHERE state = 'taken' AND reason >= :prefix AND reason < :end",
            prefix=prefix,
            end=f"{prefix[:-1]};",
        )
        return {row["member"] for row in rows}

    def put_off(self, rows: Iterable[Owed], until: datetime) -> None:
        self.tx.many(
            "UPDATE outbox SET not_before = :until WHERE reason = :reason",
            [{"reason": row.reason, "until": instant.text(until)} for row in rows],
        )

    def release(self, now: datetime) -> None:
        """What was put off may be said now; quiet hours are minded when it is."""
        self.touched = True
        self.tx.run(
            "UPDATE outbox SET not_before = :now WHERE state = 'owed' AND not_before > :now", now=instant.text(now)
        )

    def skip(self, owed: Owed, note: str) -> None:
        self.tx.run(
            "UPDATE outbox SET state = 'skipped', note = :note, facts = '' WHERE reason = :reason",
            reason=owed.reason,
            note=note,
        )

    def drop_skipped(self, reason: str) -> None:
        """It was not said after all, so that it may be owed anew."""
        self.tx.run("DELETE FROM outbox WHERE reason = :reason AND state = 'skipped'", reason=reason)

    def taken(self, reasons: list[str], delivery: str) -> None:
        """Their words are in the delivery now; here only the fact stays."""
        self.tx.many(
            "UPDATE outbox SET state = 'taken', delivery = :delivery, facts = '' WHERE reason = :reason",
            [{"reason": reason, "delivery": delivery} for reason in reasons],
        )

    def reword(self, change: Callable[[str], str]) -> None:
        """What fills the sentences still to be said, changed."""
        for row in self.tx.all("SELECT reason, facts FROM outbox WHERE state = 'owed' AND facts <> ''"):
            place = f"outbox|{row['reason']}|facts"
            facts = json.loads(self.tx.vault.open(place, row["facts"]))
            if (changed := reworded(facts, change)) != facts:
                self.tx.run(
                    "UPDATE outbox SET facts = :facts WHERE reason = :reason",
                    reason=row["reason"],
                    facts=self.tx.vault.seal(place, json.dumps(changed, ensure_ascii=False)),
                )

    def next_at(self) -> datetime | None:
        row = self.tx.one("SELECT not_before FROM outbox WHERE state = 'owed' ORDER BY not_before LIMIT 1")
        return instant.parse(row["not_before"]) if row else None

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM outbox WHERE state <> 'owed' AND owed_at < :before", before=instant.text(before))


def reworded(facts: Any, change: Callable[[str], str]) -> Any:
    """Every text in it, however deep, changed."""
    if isinstance(facts, str):
        return change(facts)
    if isinstance(facts, dict):
        return {name: reworded(value, change) for name, value in cast("dict[str, Any]", facts).items()}
    return [reworded(one, change) for one in cast("list[Any]", facts)] if isinstance(facts, list) else facts


def _owed(row: Row) -> Owed:
    not_before, expires_at = instant.parse(row["not_before"]), instant.parse_or_none(row["expires_at"])
    return Owed(row["reason"], row["member"], row["kind"], row["branch"], not_before, expires_at)
