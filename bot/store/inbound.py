"""What came in: seen before or not, the answer it got, and what the gate refused."""

from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx


class Inbound:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def id_of(self, channel: str, key: str) -> str:
        """A keyed hash: of a stranger's message nothing else is kept."""
        return self.tx.vault.digest(f"inbound|{channel}|{key}")

    def answer_to(self, id: str) -> str | None:  # noqa: A002
        """The answer a repeated message gets; None: it is new."""
        row = self.tx.one("SELECT answer FROM inbound WHERE id = :id", id=id)
        return self.tx.vault.open(f"inbound|{id}|answer", row["answer"]) if row else None

    def put(self, id: str, answer: str, now: datetime) -> None:  # noqa: A002
        self.tx.run(
            "INSERT INTO inbound (id, at, answer) VALUES (:id, :at, :answer)",
            id=id,
            at=instant.text(now),
            answer=self.tx.vault.seal(f"inbound|{id}|answer", answer),
        )

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

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM inbound WHERE at < :before", before=instant.text(before))

    def forget_refusals(self, before: datetime) -> None:
        self.tx.run("DELETE FROM refusal WHERE hour < :before", before=instant.text(before))
