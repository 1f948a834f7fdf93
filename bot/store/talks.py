"""Talks and visits, due and held: who with whom, why, when; never what was said."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.domain import instant
from bot.domain.talk import Talk
from bot.store.tx import Row, Tx

# Those that still matter: the branch runs, and she still belongs to it.
_LIVE = (
    "SELECT t.* FROM talk t JOIN branch b ON b.id = t.branch JOIN membership p ON p.branch = t.branch"
    " AND p.member = t.member WHERE p.left_at IS NULL AND b.state IN ('running', 'closing')"
)
_COUNTER = "talk_number"


class Talks:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, talk: Talk, now: datetime) -> Talk:
        """A new one, with the next number. A number is never given twice, also not that of one taken out."""
        numbered = replace(talk, number=self._next_number())
        self.tx.run(
            "INSERT INTO talk (id, number, branch, member, kind, rule, post, holder, need, opens_on, due_on, days,"
            " state, rung, held_on, held_by, noted_at, next_on, record) VALUES (:id, :number, :branch, :member, :kind,"
            " :rule, :post, :holder, :need, :opens_on, :due_on, :days, :state, :rung, :held_on, :held_by, :noted_at,"
            " :next_on, :record)",
            id=talk.id,
            number=numbered.number,
            branch=talk.branch,
            member=talk.member,
            kind=talk.kind,
            rule=talk.rule,
            post=talk.by,
            holder=talk.holder,
            need=talk.need,
            opens_on=talk.opens_on.isoformat(),
            due_on=talk.due_on.isoformat(),
            days=talk.days,
            state=talk.state,
            rung=talk.rung,
            held_on=_iso(talk.held_on),
            held_by=talk.held_by,
            noted_at=instant.text(now) if talk.held_on else None,
            next_on=_iso(talk.next_on),
            record=talk.record,
        )
        return numbered

    def _next_number(self) -> int:
        self.tx.run(
            "INSERT INTO setting (name, value) VALUES (:name, '1')"
            " ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)",
            name=_COUNTER,
        )
        row = self.tx.one("SELECT value FROM setting WHERE name = :name", name=_COUNTER)
        assert row is not None
        return int(row["value"])

    def get(self, id: str) -> Talk | None:  # noqa: A002
        return _first(self.tx.all("SELECT * FROM talk WHERE id = :id", id=id))

    def numbered(self, number: int) -> Talk | None:
        return _first(self.tx.all("SELECT * FROM talk WHERE number = :number", number=number))

    def due_of(self, branch: str) -> list[Talk]:
        rows = self.tx.all(_LIVE + " AND t.state = 'due' AND t.branch = :branch ORDER BY t.number", branch=branch)
        return [_talk(row) for row in rows]

    def due_about(self, member: str) -> list[Talk]:
        """What is to be held with her, or with her family, wherever she is."""
        rows = self.tx.all(_LIVE + " AND t.state = 'due' AND t.member = :member ORDER BY t.number", member=member)
        return [_talk(row) for row in rows]

    def due_to(self, holder: str) -> list[Talk]:
        """What she is to hold, the soonest first."""
        rows = self.tx.all(
            _LIVE + " AND t.state = 'due' AND t.holder = :holder ORDER BY t.due_on, t.number", holder=holder
        )
        return [_talk(row) for row in rows]

    def is_due(self, id: str) -> bool:  # noqa: A002
        """Whether it is still to be held: not noted, not called off, she is still there."""
        return self.tx.one(_LIVE + " AND t.state = 'due' AND t.id = :id", id=id) is not None

    def held_on(self, member: str, by: str, day: date) -> list[Talk]:
        rows = self.tx.all(
            "SELECT * FROM talk WHERE member = :member AND held_by = :by AND held_on = :day AND state = 'held'",
            member=member,
            by=by,
            day=day.isoformat(),
        )
        return [_talk(row) for row in rows]

    def last_noted(self, by: str, since: datetime) -> list[Talk]:
        """All that she noted in her last message of that sort."""
        rows = self.tx.all(
            "SELECT * FROM talk WHERE state = 'held' AND record = (SELECT record FROM talk WHERE held_by = :by"
            " AND state = 'held' AND noted_at >= :since ORDER BY noted_at DESC, number DESC LIMIT 1) ORDER BY number",
            by=by,
            since=instant.text(since),
        )
        return [_talk(row) for row in rows]

    def hold(self, talk: Talk, by: str, day: date, next_on: date | None, record: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE talk SET state = 'held', held_on = :day, held_by = :by, noted_at = :now, next_on = :next_on,"
            " record = :record WHERE id = :id",
            id=talk.id,
            by=by,
            day=day.isoformat(),
            next_on=_iso(next_on),
            record=record,
            now=instant.text(now),
        )

    def reopen(self, talk: Talk) -> None:
        self.tx.run(
            "UPDATE talk SET state = 'due', held_on = NULL, held_by = NULL, noted_at = NULL, next_on = NULL,"
            " record = '' WHERE id = :id",
            id=talk.id,
        )

    def drop(self, ids: Iterable[str]) -> None:
        """As if they had never been."""
        self.tx.many("DELETE FROM talk WHERE id = :id", [{"id": id_} for id_ in ids])

    def follows(self, record: str) -> list[Talk]:
        """The next ones that were agreed on in a message."""
        rows = self.tx.all(
            "SELECT * FROM talk WHERE rule = 'next' AND state = 'due' AND record = :record", record=record
        )
        return [_talk(row) for row in rows]

    def visits_to(self, member: str) -> list[Talk]:
        rows = self.tx.all("SELECT * FROM talk WHERE kind = 'visit' AND member = :member", member=member)
        return [_talk(row) for row in rows]

    def climb(self, id: str, rung: int) -> None:  # noqa: A002
        self.tx.run("UPDATE talk SET rung = :rung WHERE id = :id", id=id, rung=rung)

    def hand(self, id: str, holder: str) -> None:  # noqa: A002
        """Another is to hold it now."""
        self.tx.run("UPDATE talk SET holder = :holder WHERE id = :id", id=id, holder=holder)

    def forget(self, before: datetime) -> None:
        """Those of branches that closed before that time."""
        self.tx.run(
            "DELETE FROM talk WHERE branch IN (SELECT id FROM branch WHERE closed_at < :before)",
            before=instant.text(before),
        )


def _first(rows: list[Row]) -> Talk | None:
    return _talk(rows[0]) if rows else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _talk(row: Row) -> Talk:
    return Talk(
        id=row["id"],
        number=row["number"],
        branch=row["branch"],
        member=row["member"],
        kind=row["kind"],
        rule=row["rule"],
        by=row["post"],
        holder=row["holder"],
        need=row["need"],
        opens_on=date.fromisoformat(row["opens_on"]),
        due_on=date.fromisoformat(row["due_on"]),
        days=row["days"],
        state=row["state"],
        rung=row["rung"],
        held_on=_day(row["held_on"]),
        held_by=row["held_by"],
        next_on=_day(row["next_on"]),
        record=row["record"],
    )
