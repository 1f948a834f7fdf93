"""What came in: seen before or not, the answer it got, and what the gate refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.people import Member
from bot.store.lines import exchange_of, place_of
from bot.store.standings import Standing, standing_of
from bot.store.tx import Row, Tx

_LOOK = (
    "SELECT (SELECT answer FROM inbound WHERE id = :id) AS answer,"
    " (SELECT text FROM phone_line WHERE reference = :id) AS exchange, m.id AS member, m.name, m.status, m.home,"
    " m.language, EXISTS (SELECT 1 FROM away w WHERE w.member = m.id AND w.exit_state = 'asked') AS overdue,"
    " s.command, s.step, s.facts, s.until_at FROM (SELECT 1 AS here) AS one"
    " LEFT JOIN address a ON a.channel = :channel AND a.address = :address"
    " LEFT JOIN member m ON m.id = a.member AND m.listed = 1"
    " LEFT JOIN standing s ON s.member = m.id AND s.channel = :channel"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """`answer`: what this very message got before, "" if that has been forgotten, None if it is new.

    `standing` may be out of date: whoever answers it too late is to hear so.
    """

    answer: str | None
    member: Member | None
    standing: Standing | None
    overdue: bool = False  # a silence of hers is over, and this is her first word since


class Inbound:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def id_of(self, channel: str, key: str) -> str:
        """A keyed hash: of a stranger's message nothing else is kept."""
        return self.tx.vault.digest(f"inbound|{channel}|{key}")

    def look(self, id: str, channel: str, address: str) -> Seen:  # noqa: A002
        """All there is to know before a message is handled, at one look."""
        row = self.tx.one(_LOOK, id=id, channel=channel, address=address)
        assert row is not None
        answer = self._answered(id, row)
        if row["member"] is None:
            return Seen(answer, None, None)
        member = Member(row["member"], row["name"], row["status"], row["home"], row["language"])
        return Seen(
            answer, member, standing_of(self.tx, member.id, row) if row["command"] else None, bool(row["overdue"])
        )

    def _answered(self, id: str, row: Row) -> str | None:  # noqa: A002
        """A channel that remembers has the answer in its own lines, and no row here."""
        if row["exchange"] is not None:
            return exchange_of(self.tx.vault.open(place_of(id), row["exchange"]))[1]
        return None if row["answer"] is None else self.tx.vault.open(f"inbound|{id}|answer", row["answer"])

    def put(self, id: str, answer: str, now: datetime) -> None:  # noqa: A002
        self.tx.run(
            "INSERT INTO inbound (id, at, answer) VALUES (:id, :at, :answer)",
            id=id,
            at=instant.text(now),
            answer=self.tx.vault.seal(f"inbound|{id}|answer", answer),
        )

    def erase(self, id: str) -> None:  # noqa: A002
        """What was answered to it said her words, and is not to be known any more."""
        self.tx.run("UPDATE inbound SET answer = '' WHERE id = :id", id=id)

    def count_refusal(self, rule: str, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO refusal (hour, rule, times) VALUES (:hour, :rule, 1)"
            " ON CONFLICT (hour, rule) DO UPDATE SET times = refusal.times + 1",
            hour=instant.text(now.replace(minute=0, second=0)),
            rule=rule,
        )

    def blank_answers(self, before: datetime) -> None:
        """The platform's tries are over: what was answered need not be known any more."""
        self.tx.run("UPDATE inbound SET answer = '' WHERE at < :before AND answer <> ''", before=instant.text(before))

    def reword(self, change: Callable[[str], str]) -> None:
        """The answers that a repeated message would get, changed."""
        for row in self.tx.all("SELECT id, answer FROM inbound WHERE answer <> ''"):
            text = self.tx.vault.open(f"inbound|{row['id']}|answer", row["answer"])
            if (changed := change(text)) != text:
                answer = self.tx.vault.seal(f"inbound|{row['id']}|answer", changed)
                self.tx.run("UPDATE inbound SET answer = :answer WHERE id = :id", id=row["id"], answer=answer)

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM inbound WHERE at < :before", before=instant.text(before))

    def forget_refusals(self, before: datetime) -> None:
        self.tx.run("DELETE FROM refusal WHERE hour < :before", before=instant.text(before))
