"""What of a long answer has not been said yet, one a person and channel."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx


class Unsaid:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, member: str, channel: str, text: str, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO unsaid (member, channel, text, at) VALUES (:member, :channel, :text, :now)"
            " ON CONFLICT (member, channel) DO UPDATE SET text = excluded.text, at = excluded.at",
            member=member,
            channel=channel,
            text=self.tx.vault.seal(_place(member, channel), text),
            now=instant.text(now),
        )

    def take(self, member: str, channel: str, since: datetime) -> str:
        """The rest of an answer given after `since`, which then waits no more; nothing if there is none."""
        sql = "SELECT text FROM unsaid WHERE member = :member AND channel = :channel AND at > :since"
        row = self.tx.one(sql, member=member, channel=channel, since=instant.text(since))
        if row is None:
            return ""
        sql = "DELETE FROM unsaid WHERE member = :member AND channel = :channel"
        self.tx.run(sql, member=member, channel=channel)
        return self.tx.vault.open(_place(member, channel), row["text"])

    def reword(self, change: Callable[[str], str]) -> None:
        for row in self.tx.all("SELECT * FROM unsaid"):
            place = _place(row["member"], row["channel"])
            text = self.tx.vault.open(place, row["text"])
            if (changed := change(text)) != text:
                self.tx.run(
                    "UPDATE unsaid SET text = :text WHERE member = :member AND channel = :channel",
                    member=row["member"],
                    channel=row["channel"],
                    text=self.tx.vault.seal(place, changed),
                )

    def drop(self, member: str) -> None:
        """Whatever still waits to be said to her."""
        self.tx.run("DELETE FROM unsaid WHERE member = :member", member=member)

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM unsaid WHERE at < :before", before=instant.text(before))


def _place(member: str, channel: str) -> str:
    return f"unsaid|{member}|{channel}|text"
