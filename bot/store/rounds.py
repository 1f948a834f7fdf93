"""Rounds, their frozen rosters, and what each member answered."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from bot.domain import instant
from bot.domain.report import Report
from bot.domain.rounds import Expected, Round, RoundState
from bot.store.tx import Row, Tx

_EXPECTED = (
    "SELECT r.id, r.branch, r.state, r.ask_at, r.due_at, p.member, p.answered_at, p.later_until, p.late, p.said"
    " FROM report p JOIN round r ON r.id = p.round"
)
LOOK_BACK = 8


class Rounds:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def open(self, round_: Round, roster: Iterable[str], note: str = "") -> None:
        """A new round with its roster, frozen from here on."""
        ask_at = instant.text(round_.ask_at)
        self.tx.run(
            "INSERT INTO round (id, branch, state, ask_at, due_at, note)"
            " VALUES (:id, :branch, :state, :ask_at, :due_at, :note)",
            id=round_.id,
            branch=round_.branch,
            state=round_.state,
            ask_at=ask_at,
            due_at=instant.text(round_.due_at),
            note=note,
        )
        self.tx.many(
            "INSERT INTO report (round, member, ask_at) VALUES (:round, :member, :ask_at)",
            [{"round": round_.id, "member": member, "ask_at": ask_at} for member in roster],
        )

    def get(self, id: str) -> Round | None:  # noqa: A002
        row = self.tx.one("SELECT * FROM round WHERE id = :id", id=id)
        return _round(row) if row else None

    def set_state(self, id: str, state: RoundState, note: str = "") -> None:  # noqa: A002
        self.tx.run("UPDATE round SET state = :state, note = :note WHERE id = :id", id=id, state=state, note=note)

    def not_yet_asked(self, branch: str) -> list[Round]:
        rows = self.tx.all(
            "SELECT * FROM round WHERE branch = :branch AND state = 'early' ORDER BY ask_at", branch=branch
        )
        return [_round(row) for row in rows]

    def drop(self, id: str) -> None:  # noqa: A002
        """Take back a round nobody has been asked in; the answers given early to it go to the next one first."""
        self.tx.run("DELETE FROM report WHERE round = :id", id=id)
        self.tx.run("DELETE FROM round WHERE id = :id", id=id)

    def open_to(self, member: str) -> list[Expected]:
        """Her rounds in running branches, newest first: all that a message of hers could answer."""
        rows = self.tx.all(
            _EXPECTED + " JOIN branch b ON b.id = r.branch WHERE p.member = :member AND r.state <> 'skipped'"
            " AND b.state IN ('running', 'closing') ORDER BY p.ask_at DESC LIMIT :most",
            member=member,
            most=LOOK_BACK,
        )
        return [_expected(row) for row in rows]

    def in_round(self, id: str) -> list[Expected]:  # noqa: A002
        return [_expected(row) for row in self.tx.all(_EXPECTED + " WHERE p.round = :id ORDER BY p.member", id=id)]

    def one_in(self, id: str, member: str) -> Expected | None:  # noqa: A002
        row = self.tx.one(_EXPECTED + " WHERE p.round = :id AND p.member = :member", id=id, member=member)
        return _expected(row) if row else None

    def newest_asked(self, branch: str) -> dict[str, Expected]:
        """For each member of the newest round that has been asked, how she stands in it."""
        row = self.tx.one(
            "SELECT id FROM round WHERE branch = :branch AND state IN ('asked', 'due', 'told')"
            " ORDER BY ask_at DESC LIMIT 1",
            branch=branch,
        )
        return {one.member: one for one in self.in_round(row["id"])} if row else {}

    def report(self, id: str, member: str) -> Report:  # noqa: A002
        """What she said in the round; an empty report if nothing."""
        row = self.tx.one("SELECT said FROM report WHERE round = :id AND member = :member", id=id, member=member)
        return self._said(id, member, row["said"]) if row else Report()

    def last_before(self, branch: str, member: str, before: datetime) -> Report | None:
        """Her latest answer in the branch to a round asked before `before`; None if there is none."""
        row = self.tx.one(
            _EXPECTED + " WHERE r.branch = :branch AND p.member = :member AND p.ask_at < :before AND p.said <> ''"
            " ORDER BY p.ask_at DESC LIMIT 1",
            branch=branch,
            member=member,
            before=instant.text(before),
        )
        return self._said(row["id"], member, row["said"]) if row else None

    def answer(self, id: str, member: str, report: Report, now: datetime, *, late: bool) -> None:  # noqa: A002
        sealed = self.tx.vault.seal(_place(id, member), json.dumps(_compact(report), ensure_ascii=False))
        self.tx.run(
            "UPDATE report SET said = :said, amended_at = :now, answered_at = coalesce(answered_at, :now),"
            " late = CASE WHEN answered_at IS NULL THEN :late ELSE late END, later_until = NULL"
            " WHERE round = :id AND member = :member",
            id=id,
            member=member,
            said=sealed,
            now=instant.text(now),
            late=int(late),
        )

    def postpone(self, id: str, member: str, until: datetime) -> None:  # noqa: A002
        self.tx.run(
            "UPDATE report SET later_until = :until WHERE round = :id AND member = :member",
            id=id,
            member=member,
            until=instant.text(until),
        )

    def answered_since(self, branch: str, since: datetime) -> list[tuple[str, Report, bool]]:
        """Member, report and whether it was late, of all that was answered or amended after `since`."""
        rows = self.tx.all(
            _EXPECTED + " WHERE r.branch = :branch AND p.amended_at > :since ORDER BY p.amended_at, p.member",
            branch=branch,
            since=instant.text(since),
        )
        return [(row["member"], self._said(row["id"], row["member"], row["said"]), bool(row["late"])) for row in rows]

    def counts(self, branch: str, member: str | None = None) -> tuple[int, int]:
        """How often was asked and how often answered: of one member, or of all together."""
        row = self.tx.one(
            "SELECT count(*) AS asked, count(p.answered_at) AS answered FROM report p JOIN round r ON r.id = p.round"
            " WHERE r.branch = :branch AND r.state IN ('asked', 'due', 'told')"
            " AND (CAST(:member AS TEXT) IS NULL OR p.member = :member)",
            branch=branch,
            member=member,
        )
        return (row["asked"], row["answered"]) if row else (0, 0)

    def forget_words(self, branch: str) -> None:
        self.tx.run(
            "UPDATE report SET said = '' WHERE round IN (SELECT id FROM round WHERE branch = :branch)", branch=branch
        )

    def _said(self, id: str, member: str, sealed: str) -> Report:  # noqa: A002
        return Report(**json.loads(self.tx.vault.open(_place(id, member), sealed))) if sealed else Report()


def _place(id: str, member: str) -> str:  # noqa: A002
    return f"report|{id}|{member}|said"


def _compact(report: Report) -> dict[str, str]:
    return {name: value for name, value in asdict(report).items() if value}


def _round(row: Row) -> Round:
    ask_at, due_at = instant.parse(row["ask_at"]), instant.parse(row["due_at"])
    return Round(row["id"], row["branch"], row["state"], ask_at, due_at)


def _expected(row: Row) -> Expected:
    answered, later = instant.parse_or_none(row["answered_at"]), instant.parse_or_none(row["later_until"])
    return Expected(_round(row), row["member"], answered, later)
