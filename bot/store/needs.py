"""Needs until they are answered, and who took them."""

from datetime import datetime

from bot.domain import instant
from bot.domain.need import Need, NeedKind
from bot.store.tx import Row, Tx


class Needs:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def raise_(self, id: str, branch: str, member: str, kind: NeedKind, words: str, now: datetime) -> Need:  # noqa: A002
        """A new need; its number is the next free one, so that it can be said on the phone."""
        row = self.tx.one("SELECT coalesce(max(number), 0) + 1 AS next FROM need")
        assert row is not None
        number: int = row["next"]
        self.tx.run(
            "INSERT INTO need (id, number, branch, member, kind, state, words, raised_at)"
            " VALUES (:id, :number, :branch, :member, :kind, 'open', :words, :now)",
            id=id,
            number=number,
            branch=branch,
            member=member,
            kind=kind,
            words=self.tx.vault.seal(f"need|{id}|words", words),
            now=instant.text(now),
        )
        return Need(id, number, branch, member, kind, "open", words, now, None)

    def numbered(self, number: int) -> Need | None:
        row = self.tx.one("SELECT * FROM need WHERE number = :number", number=number)
        return self._need(row) if row else None

    def raised_in(self, message: str, member: str) -> list[int]:
        """The numbers of her needs that were raised in answering that message and are not settled."""
        rows = self.tx.all(
            "SELECT number FROM need WHERE member = :member AND answered_at IS NULL"
            " AND substr(id, 1, :length) = :message ORDER BY number",
            member=member,
            length=len(message) + 1,
            message=f"{message}:",
        )
        return [row["number"] for row in rows]

    def unanswered(self, branch: str) -> list[Need]:
        rows = self.tx.all(
            "SELECT * FROM need WHERE branch = :branch AND state IN ('open', 'claimed') ORDER BY number", branch=branch
        )
        return [self._need(row) for row in rows]

    def claim(self, need: Need, by: str, now: datetime) -> bool:
        """Take it; False if somebody was faster."""
        touched = self.tx.run(
            "UPDATE need SET state = 'claimed', claimed_by = :by, claimed_at = :now WHERE id = :id AND state = 'open'",
            id=need.id,
            by=by,
            now=instant.text(now),
        )
        return touched == 1

    def answer(self, need: Need, by: str, words: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE need SET state = 'answered', claimed_by = :by, claimed_at = coalesce(claimed_at, :now),"
            " answered_at = :now, answer = :answer WHERE id = :id",
            id=need.id,
            by=by,
            now=instant.text(now),
            answer=self.tx.vault.seal(f"need|{need.id}|answer", words),
        )

    def counts(self, branch: str, member: str | None = None) -> tuple[int, int]:
        """How many were raised and how many answered."""
        row = self.tx.one(
            "SELECT count(*) AS raised, count(answered_at) AS answered FROM need"
            " WHERE branch = :branch AND (CAST(:member AS TEXT) IS NULL OR member = :member)",
            branch=branch,
            member=member,
        )
        return (row["raised"], row["answered"]) if row else (0, 0)

    def forget_words(self, branch: str) -> None:
        self.tx.run("UPDATE need SET words = '', answer = '' WHERE branch = :branch", branch=branch)

    def forget(self, before: datetime) -> None:
        """The needs of branches that closed before that time."""
        self.tx.run(
            "DELETE FROM need WHERE branch IN (SELECT id FROM branch WHERE closed_at < :before)",
            before=instant.text(before),
        )

    def _need(self, row: Row) -> Need:
        return Need(
            id=row["id"],
            number=row["number"],
            branch=row["branch"],
            member=row["member"],
            kind=row["kind"],
            state=row["state"],
            words=self.tx.vault.open(f"need|{row['id']}|words", row["words"]),
            raised_at=instant.parse(row["raised_at"]),
            claimed_by=row["claimed_by"],
        )
