"""The lines of the web chat's phones."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx, Value

_ADD = (
    "INSERT INTO phone_line (number, member, sender, text, at, reference)"
    " SELECT coalesce(max(number), 0) + 1, :member, :sender, :text, :at, :reference FROM phone_line WHERE 1 = 1"
    " ON CONFLICT (reference) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class PhoneLine:
    number: int
    sender: str
    text: str
    at: datetime


class Lines:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def add(self, member: str, text: str, now: datetime, reference: str) -> None:
        """One more line of the bot's; what is said again (same `reference`) adds none."""
        self.tx.many(_ADD, [self._line(member, "bot", text, now, reference)])

    def add_exchange(self, member: str, said: str, answer: str, now: datetime, reference: str) -> None:
        """What a member said, and the answer to it."""
        lines = [(member, said, "said"), ("bot", answer, "answer")]
        self.tx.many(_ADD, [self._line(member, who, text, now, f"{reference}:{side}") for who, text, side in lines])

    def _line(self, member: str, sender: str, text: str, now: datetime, reference: str) -> dict[str, Value]:
        sealed = self.tx.vault.seal(f"phone_line|{reference}|text", text)
        return {"member": member, "sender": sender, "text": sealed, "at": instant.text(now), "reference": reference}

    def of(self, member: str, after: int, most: int = 500) -> list[PhoneLine]:
        """The newest lines after that number, oldest first."""
        rows = self.tx.all(
            "SELECT * FROM phone_line WHERE member = :member AND number > :after ORDER BY number DESC LIMIT :most",
            member=member,
            after=after,
            most=most,
        )
        return [
            PhoneLine(
                row["number"],
                row["sender"],
                self.tx.vault.open(f"phone_line|{row['reference']}|text", row["text"]),
                instant.parse(row["at"]),
            )
            for row in reversed(rows)
        ]

    def newest(self) -> int:
        """The number of the line said last, on any phone."""
        row = self.tx.one("SELECT coalesce(max(number), 0) AS newest FROM phone_line")
        return row["newest"] if row else 0

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM phone_line WHERE at < :before", before=instant.text(before))
