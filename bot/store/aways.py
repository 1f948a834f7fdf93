"""Leave and declared silence."""

from datetime import datetime

from bot.domain import instant
from bot.domain.silence import Away, now_away
from bot.store.tx import Row, Tx


class Aways:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def declare(self, away: Away) -> None:
        self.tx.run(
            "INSERT INTO away (id, member, kind, starts_at, until_at)"
            " VALUES (:id, :member, :kind, :starts_at, :until_at)",
            id=away.id,
            member=away.member,
            kind=away.kind,
            starts_at=instant.text(away.starts_at),
            until_at=instant.text(away.until),
        )

    def now(self, member: str, now: datetime) -> Away | None:
        rows = self.tx.all(
            "SELECT * FROM away WHERE member = :member AND until_at > :now AND ended_at IS NULL",
            member=member,
            now=instant.text(now),
        )
        return now_away([_away(row) for row in rows], now)

    def ids_at(self, at: datetime) -> set[str]:
        """Whoever has taken leave or declared silence for that moment."""
        rows = self.tx.all(
            "SELECT DISTINCT member FROM away WHERE starts_at <= :at AND until_at > :at AND ended_at IS NULL",
            at=instant.text(at),
        )
        return {row["member"] for row in rows}

    def now_of_branch(self, branch: str, now: datetime) -> dict[str, Away]:
        """Who of the branch is away, by member."""
        rows = self.tx.all(
            "SELECT a.* FROM away a JOIN membership p ON p.member = a.member"
            " WHERE p.branch = :branch AND p.left_at IS NULL AND a.until_at > :now AND a.ended_at IS NULL"
            " ORDER BY a.until_at",
            branch=branch,
            now=instant.text(now),
        )
        declared = [_away(row) for row in rows]
        return {one.member: one for one in declared if one.starts_at <= now}

    def end(self, member: str, now: datetime) -> int:
        """She is back: what she declared ends now. How many declarations that ended."""
        return self.tx.run(
            "UPDATE away SET ended_at = :now WHERE member = :member AND until_at > :now AND ended_at IS NULL",
            member=member,
            now=instant.text(now),
        )

    def get(self, id: str) -> Away | None:  # noqa: A002
        row = self.tx.one("SELECT * FROM away WHERE id = :id", id=id)
        return _away(row) if row else None

    def rung(self, id: str) -> int:  # noqa: A002
        """How far its end has climbed; a silence that is settled or taken back has nothing to climb."""
        row = self.tx.one("SELECT rung FROM away WHERE id = :id", id=id)
        return row["rung"] if row else 0

    def climb(self, id: str, rung: int) -> None:  # noqa: A002
        """From here on its member's next word, or somebody else's about her, settles it."""
        self.tx.run("UPDATE away SET rung = :rung, exit_state = 'asked' WHERE id = :id", id=id, rung=rung)

    def overdue(self, member: str) -> Away | None:
        """The silence that is over and was not heard of since."""
        row = self.tx.one(
            "SELECT * FROM away WHERE member = :member AND exit_state = 'asked' ORDER BY until_at DESC LIMIT 1",
            member=member,
        )
        return _away(row) if row else None

    def overdue_of_branch(self, branch: str) -> list[Away]:
        rows = self.tx.all(
            "SELECT a.* FROM away a JOIN membership p ON p.member = a.member WHERE p.branch = :branch"
            " AND p.left_at IS NULL AND a.exit_state = 'asked' ORDER BY a.until_at, a.id",
            branch=branch,
        )
        return [_away(row) for row in rows]

    def settle(self, member: str, by: str, now: datetime) -> int:
        """She was heard of; by whom is kept, not what was said. How many silences that settled."""
        return self.tx.run(
            "UPDATE away SET exit_state = 'settled', settled_by = :by, ended_at = coalesce(ended_at, :now)"
            " WHERE member = :member AND exit_state = 'asked'",
            member=member,
            by=by,
            now=instant.text(now),
        )

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM away WHERE until_at < :before", before=instant.text(before))


def _away(row: Row) -> Away:
    starts, until = instant.parse(row["starts_at"]), instant.parse(row["until_at"])
    return Away(row["id"], row["member"], row["kind"], starts, until, instant.parse_or_none(row["ended_at"]))
