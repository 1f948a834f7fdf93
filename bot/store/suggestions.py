"""Suggestions to secretaries. Of an unsigned one nothing is kept that leads to whoever wrote it."""

from datetime import date, datetime

from bot.domain import instant
from bot.domain.suggestion import Suggestion
from bot.store.tx import Row, Tx


class Suggestions:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, branch: str, member: str | None, words: str, day: date) -> int:
        """Its number. It is named after nothing else: the name of a message would lead to a phone."""
        row = self.tx.one("SELECT coalesce(max(number), 0) + 1 AS next FROM suggestion")
        number: int = row["next"] if row else 1
        self.tx.run(
            "INSERT INTO suggestion (number, branch, member, words, said_on)"
            " VALUES (:number, :branch, :member, :words, :day)",
            number=number,
            branch=branch,
            member=member,
            words=self.tx.vault.seal(_place(number, "words"), words),
            day=day.isoformat(),
        )
        return number

    def numbered(self, number: int) -> Suggestion | None:
        row = self.tx.one("SELECT * FROM suggestion WHERE number = :number", number=number)
        return self._suggestion(row) if row else None

    def waiting(self, branch: str, since: date) -> list[Suggestion]:
        """What is signed and not answered, and what has come unsigned since that day."""
        rows = self.tx.all(
            "SELECT * FROM suggestion WHERE branch = :branch AND answered_at IS NULL"
            " AND (member IS NOT NULL OR said_on >= :since) ORDER BY number",
            branch=branch,
            since=since.isoformat(),
        )
        return [self._suggestion(row) for row in rows]

    def unanswered(self, branch: str) -> int:
        """How many that can be answered still wait for it."""
        row = self.tx.one(
            "SELECT count(*) AS waiting FROM suggestion"
            " WHERE branch = :branch AND answered_at IS NULL AND member IS NOT NULL",
            branch=branch,
        )
        return row["waiting"] if row else 0

    def answer(self, number: int, words: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE suggestion SET answer = :answer, answered_at = :now WHERE number = :number",
            number=number,
            answer=self.tx.vault.seal(_place(number, "answer"), words),
            now=instant.text(now),
        )

    def forget_words(self, branch: str) -> None:
        self.tx.run("UPDATE suggestion SET words = '', answer = '' WHERE branch = :branch", branch=branch)

    def forget(self, before: datetime) -> None:
        """The suggestions of branches that closed before that time."""
        closed = "SELECT id FROM branch WHERE closed_at < :before"
        self.tx.run("DELETE FROM suggestion WHERE branch IN (" + closed + ")", before=instant.text(before))

    def _suggestion(self, row: Row) -> Suggestion:
        words = self.tx.vault.open(_place(row["number"], "words"), row["words"])
        answered = row["answered_at"] is not None
        return Suggestion(row["number"], row["branch"], row["member"], words, row["said_on"], answered)


def _place(number: int, column: str) -> str:
    return f"suggestion|{number}|{column}"
