"""The step a conversation stands at, one a person and channel, until it is out of date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain import instant
from bot.store.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Standing:
    """The next message goes to this step of this command first."""

    command: str
    step: str
    until: datetime
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Standings:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, member: str, channel: str, standing: Standing | None) -> None:
        if standing is None:
            sql = "DELETE FROM standing WHERE member = :member AND channel = :channel"
            self.tx.run(sql, member=member, channel=channel)
            return
        facts = json.dumps(dict(standing.facts), ensure_ascii=False) if standing.facts else ""
        self.tx.run(
            "INSERT INTO standing (member, channel, command, step, facts, until_at)"
            " VALUES (:member, :channel, :command, :step, :facts, :until)"
            " ON CONFLICT (member, channel) DO UPDATE SET command = excluded.command, step = excluded.step,"
            " facts = excluded.facts, until_at = excluded.until_at",
            member=member,
            channel=channel,
            command=standing.command,
            step=standing.step,
            facts=self.tx.vault.seal(f"standing|{member}|facts", facts),
            until=instant.text(standing.until),
        )

    def waits(self, member: str, now: datetime) -> bool:
        """Whether some step waits for her next message."""
        sql = "SELECT 1 FROM standing WHERE member = :member AND until_at > :now"
        return self.tx.one(sql, member=member, now=instant.text(now)) is not None

    def forget(self, now: datetime) -> None:
        """Steps nobody came back to."""
        self.tx.run("DELETE FROM standing WHERE until_at <= :now", now=instant.text(now))


def standing_of(tx: Tx, member: str, row: Row) -> Standing:
    facts = json.loads(tx.vault.open(f"standing|{member}|facts", row["facts"]) or "{}")
    return Standing(row["command"], row["step"], instant.parse(row["until_at"]), facts)
