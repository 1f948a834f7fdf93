"""Needs until she has had the last word, who took them, and since when each stands as it does."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain import instant
from bot.domain.need import Need
from bot.domain.need_kinds import DECLARED
from bot.store.tx import Row, Tx

WORDS_LIMIT = 4000  # of one need, with what she added to it


class Needs:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def raise_(self, id: str, branch: str, member: str, kind: str, words: str, now: datetime) -> Need:  # noqa: A002
        """A new need; its number is the next free one, so that it can be said on the phone."""
        row = self.tx.one("SELECT coalesce(max(number), 0) + 1 AS next FROM need")
        assert row is not None
        number: int = row["next"]
        self.tx.run(
            "INSERT INTO need (id, number, branch, member, kind, state, words, raised_at, moved_at)"
            " VALUES (:id, :number, :branch, :member, :kind, 'open', :words, :now, :now)",
            id=id,
            number=number,
            branch=branch,
            member=member,
            kind=kind,
            words=self.tx.vault.seal(f"need|{id}|words", words),
            now=instant.text(now),
        )
        return Need(id, number, branch, member, kind, "open", words, now, None, now)

    def get(self, id: str) -> Need | None:  # noqa: A002
        row = self.tx.one("SELECT * FROM need WHERE id = :id", id=id)
        return self._need(row) if row else None

    def numbered(self, number: int) -> Need | None:
        row = self.tx.one("SELECT * FROM need WHERE number = :number", number=number)
        return self._need(row) if row else None

    def raised_in(self, message: str, member: str) -> list[int]:
        """The numbers of her needs that were raised in answering that message and are not settled."""
        rows = self.tx.all(
            "SELECT number FROM need WHERE member = :member AND settled_at IS NULL AND ended_at IS NULL"
            " AND substr(id, 1, :length) = :message ORDER BY number",
            member=member,
            length=len(message) + 1,
            message=f"{message}:",
        )
        return [row["number"] for row in rows]

    def unsettled(self, branch: str) -> list[Need]:
        """What somebody still has to move: a duty holder, or she who is asked whether it is settled."""
        rows = self.tx.all(
            "SELECT * FROM need WHERE branch = :branch AND ended_at IS NULL ORDER BY number",
            branch=branch,
        )
        return self._needs(rows)

    def of_member(self, member: str) -> list[Need]:
        """Hers in the branches that run, settled or not."""
        rows = self.tx.all(
            "SELECT n.* FROM need n JOIN branch b ON b.id = n.branch"
            " WHERE n.member = :member AND b.state IN ('running', 'closing') ORDER BY n.number",
            member=member,
        )
        return self._needs(rows)

    def move(self, need: Need) -> None:
        """Write down where it stands after a step. The first claim's time stays while somebody has it."""
        moved_at = instant.text(need.since)
        self.tx.run(
            "UPDATE need SET state = :state, claimed_by = :owner, moved_at = :moved_at, rung = :rung,"
            " reopened = :reopened, ended_at = :ended_at,"
            " claimed_at = CASE WHEN CAST(:owner AS TEXT) IS NULL THEN NULL ELSE coalesce(claimed_at, :moved_at) END,"
            " settled_at = CASE WHEN :waits = 1 THEN :moved_at WHEN :with_us = 1 THEN NULL"
            " WHEN :state = 'confirmed' THEN coalesce(settled_at, :moved_at) ELSE settled_at END"
            " WHERE id = :id",
            id=need.id,
            state=need.state,
            owner=need.claimed_by,
            moved_at=moved_at,
            rung=need.rung,
            reopened=need.reopened,
            ended_at=instant.text(need.ended_at) if need.ended_at else None,
            waits=int(need.waits_for_her),
            with_us=int(need.with_us),
        )

    def ring(self, need: Need) -> None:
        """Its clock has rung once more; it has not moved."""
        self.tx.run("UPDATE need SET rung = :rung WHERE id = :id", id=need.id, rung=need.rung)

    def file(self, need: Need) -> None:
        """Under the kind it has now."""
        self.tx.run("UPDATE need SET kind = :kind WHERE id = :id", id=need.id, kind=need.kind)

    def answer(self, need: Need, words: str) -> None:
        """What its owner told her last."""
        sealed = self.tx.vault.seal(f"need|{need.id}|answer", words)
        self.tx.run("UPDATE need SET answer = :answer WHERE id = :id", id=need.id, answer=sealed)

    def add_words(self, need: Need, words: str) -> None:
        """What she says of it later stands after what she said first."""
        whole = f"{need.words[: max(WORDS_LIMIT - len(words) - 1, 0)]}；{words}" if need.words else words
        sealed = self.tx.vault.seal(f"need|{need.id}|words", whole)
        self.tx.run("UPDATE need SET words = :words WHERE id = :id", id=need.id, words=sealed)

    def counts(self, branch: str, member: str | None = None) -> tuple[int, int]:
        """How many were raised and how many settled."""
        row = self.tx.one(
            "SELECT count(*) AS raised, count(ended_at) AS settled FROM need"
            " WHERE branch = :branch AND (CAST(:member AS TEXT) IS NULL OR member = :member)",
            branch=branch,
            member=member,
        )
        return (row["raised"], row["settled"]) if row else (0, 0)

    def mark_erased(self, member: str, mark: str) -> None:
        """Of those that wait the number stays, and a mark in place of her words."""
        rows = self.tx.all("SELECT id, kind FROM need WHERE member = :member AND ended_at IS NULL", member=member)
        for row in rows:
            if row["kind"] not in DECLARED:
                sealed = self.tx.vault.seal(f"need|{row['id']}|words", mark)
                self.tx.run("UPDATE need SET words = :words WHERE id = :id", id=row["id"], words=sealed)

    def forget_words(self, branch: str) -> None:
        self.tx.run("UPDATE need SET words = '', answer = '' WHERE branch = :branch", branch=branch)

    def forget(self, before: datetime) -> None:
        """The needs of branches that closed before that time."""
        self.tx.run(
            "DELETE FROM need WHERE branch IN (SELECT id FROM branch WHERE closed_at < :before)",
            before=instant.text(before),
        )

    def _needs(self, rows: Iterable[Row]) -> list[Need]:
        return [self._need(row) for row in rows]

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
            since=instant.parse(row["moved_at"]),
            reopened=row["reopened"],
            rung=row["rung"],
            ended_at=instant.parse_or_none(row["ended_at"]),
        )
