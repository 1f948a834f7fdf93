"""The lines of the web chat's phones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Row, Tx

_ADD = (
    "INSERT INTO phone_line (number, member, sender, text, at, reference)"
    " SELECT coalesce(max(number), 0) + :lines, :member, :sender, :text, :at, :reference FROM phone_line WHERE 1 = 1"
    " ON CONFLICT (reference) DO NOTHING"
)
BOT, EXCHANGE = "bot", "exchange"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    number: int
    sender: str
    text: str
    at: datetime


class Lines:
    """What a member said and the answer to it are one row, sealed together; it has the numbers of two lines."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def add(self, member: str, text: str, now: datetime, reference: str) -> None:
        """One more line of the bot's; what is said again (same `reference`) adds none."""
        self._add(1, member, BOT, text, now, reference)

    def add_exchange(self, member: str, said: str, answer: str, now: datetime, reference: str) -> None:
        """What a member said, and the answer to it."""
        self._add(2, member, EXCHANGE, exchange_text(said, answer), now, reference)

    def _add(self, lines: int, member: str, sender: str, text: str, now: datetime, reference: str) -> None:
        self.tx.run(
            _ADD,
            lines=lines,
            member=member,
            sender=sender,
            text=self.tx.vault.seal(place_of(reference), text),
            at=instant.text(now),
            reference=reference,
        )

    def of(self, member: str, after: int, most: int = 500) -> list[PhoneLine]:
        """The newest lines after that number, oldest first."""
        rows = self.tx.all(
            "SELECT * FROM phone_line WHERE member = :member AND number > :after ORDER BY number DESC LIMIT :most",
            member=member,
            after=after,
            most=most,
        )
        return [line for row in reversed(rows) for line in self._lines(row) if line.number > after]

    def _lines(self, row: Row) -> list[PhoneLine]:
        """The lines of a row; none once its words are forgotten."""
        number, at = row["number"], instant.parse(row["at"])
        text = self.tx.vault.open(place_of(row["reference"]), row["text"])
        if not text:
            return []
        if row["sender"] != EXCHANGE:
            return [PhoneLine(number, row["sender"], text, at)]
        said, answer = exchange_of(text)
        return [PhoneLine(number - 1, row["member"], said, at), PhoneLine(number, BOT, answer, at)]

    def newest(self) -> int:
        """The number of the line said last, on any phone."""
        row = self.tx.one("SELECT coalesce(max(number), 0) AS newest FROM phone_line")
        return row["newest"] if row else 0

    def reword(self, member: str, change: Callable[[str], str]) -> None:
        """What stands on everybody's phone but hers, changed; an exchange each side by itself."""
        rows = self.tx.all("SELECT * FROM phone_line WHERE member <> :member AND text <> ''", member=member)
        for row in rows:
            text = self.tx.vault.open(place_of(row["reference"]), row["text"])
            both = exchange_of(text) if row["sender"] == EXCHANGE else ("", text)
            changed = tuple(map(change, both))
            if changed != both:
                whole = exchange_text(*changed) if row["sender"] == EXCHANGE else changed[1]
                sealed = self.tx.vault.seal(place_of(row["reference"]), whole)
                sql = "UPDATE phone_line SET text = :text WHERE number = :number"
                self.tx.run(sql, text=sealed, number=row["number"])

    def erase(self, reference: str) -> None:
        """What was said and answered there is withdrawn; that it was heard is still known."""
        self.tx.run("UPDATE phone_line SET text = '' WHERE reference = :reference", reference=reference)

    def erase_quoting(self, member: str, words: Iterable[str], since: datetime) -> None:
        """The same of whatever on her phone has said one of these words since then."""
        rows = self.tx.all(
            "SELECT * FROM phone_line WHERE member = :member AND at >= :since AND text <> ''",
            member=member,
            since=instant.text(since),
        )
        for row in rows:
            said = self.tx.vault.open(place_of(row["reference"]), row["text"])
            if any(one in said for one in words):
                self.erase(row["reference"])

    def forget(self, before: datetime, unknown_before: datetime) -> None:
        """The words; that a message was heard is known a while longer, so that it is not taken for a new one.

        The last line stays, without its words: numbers go on from it, and an open page asks for what came after one.
        """
        self.tx.run(
            "DELETE FROM phone_line WHERE at < :before AND (sender <> 'exchange' OR at < :unknown_before)"
            " AND number < (SELECT max(number) FROM phone_line)",
            before=instant.text(before),
            unknown_before=instant.text(unknown_before),
        )
        self.tx.run("UPDATE phone_line SET text = '' WHERE at < :before AND text <> ''", before=instant.text(before))


def place_of(reference: str) -> str:
    return f"phone_line|{reference}|text"


def exchange_text(said: str, answer: str) -> str:
    return f"{len(said)}|{said}{answer}"


def exchange_of(text: str) -> tuple[str, str]:
    """What was said and what was answered; nothing of either once it is forgotten."""
    length, _, both = text.partition("|")
    return both[: int(length or 0)], both[int(length or 0) :]
