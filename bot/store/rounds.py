"""Rounds, their frozen rosters, and what each member answered."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from bot.domain import instant
from bot.domain.proxy import Entered
from bot.domain.report import Report
from bot.domain.rounds import Expected, Round, RoundState
from bot.store.round_rows import entered_of, expected_of, round_of
from bot.store.tx import Tx

_EXPECTED = (
    "SELECT r.id, r.branch, r.state, r.ask_at, r.due_at, p.member, p.answered_at, p.late, p.said,"
    " p.way, p.entered_by, p.entered_at, p.amended_at, p.skipped_at, p.hour_at, p.asked_at"
    " FROM report p JOIN round r ON r.id = p.round"
)
# She was asked and is to hear of it again: no answer here or to a newer round, not skipped, put off, away or gone.
_SILENT = (
    "SELECT p.member FROM report p JOIN round r ON r.id = p.round"
    " JOIN membership b ON b.branch = r.branch AND b.member = p.member"
    " WHERE p.round = :id AND p.answered_at IS NULL AND p.skipped_at IS NULL"
    " AND (p.later_until IS NULL OR p.later_until <= :now)"
    " AND b.left_at IS NULL AND b.consent <> 'refused'"
    " AND NOT EXISTS (SELECT 1 FROM away a WHERE a.member = p.member AND a.ended_at IS NULL"
    " AND a.starts_at <= :now AND a.until_at > :now)"
    " AND NOT EXISTS (SELECT 1 FROM report q JOIN round s ON s.id = q.round WHERE q.member = p.member"
    " AND s.branch = r.branch AND q.ask_at > p.ask_at AND q.answered_at IS NOT NULL)"
    " AND (CAST(:member AS TEXT) IS NULL OR p.member = :member) ORDER BY p.member"
)
LOOK_BACK = 8
FIELDS = tuple(field.name for field in fields(Report))
Said = tuple[str, Report, bool, Entered]  # who, what, whether it was late, and who entered it


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
        return round_of(row) if row else None

    def set_state(self, id: str, state: RoundState, note: str = "") -> None:  # noqa: A002
        self.tx.run("UPDATE round SET state = :state, note = :note WHERE id = :id", id=id, state=state, note=note)

    def set_due(self, id: str, due_at: datetime) -> None:  # noqa: A002
        self.tx.run("UPDATE round SET due_at = :due_at WHERE id = :id", id=id, due_at=instant.text(due_at))

    def going_on(self) -> list[Round]:
        """The rounds of running branches that have something left to do."""
        rows = self.tx.all(
            "SELECT r.* FROM round r JOIN branch b ON b.id = r.branch WHERE b.state IN ('running', 'closing')"
            " AND r.state IN ('early', 'asked', 'due') ORDER BY r.ask_at, r.id"
        )
        return [round_of(row) for row in rows]

    def overtaken(self, round_: Round) -> bool:
        """Whether its branch has been asked again since."""
        row = self.tx.one(
            "SELECT 1 FROM round WHERE branch = :branch AND ask_at > :ask_at AND state IN ('asked', 'due', 'told')",
            branch=round_.branch,
            ask_at=instant.text(round_.ask_at),
        )
        return row is not None

    def silent(self, id: str, now: datetime, member: str | None = None) -> list[str]:  # noqa: A002
        """Who of the round's roster has not answered and has not asked to be left alone; or whether `member` has."""
        return [row["member"] for row in self.tx.all(_SILENT, id=id, now=instant.text(now), member=member)]

    def not_yet_asked(self, branch: str) -> list[Round]:
        rows = self.tx.all(
            "SELECT * FROM round WHERE branch = :branch AND state = 'early' ORDER BY ask_at", branch=branch
        )
        return [round_of(row) for row in rows]

    def drop(self, id: str) -> None:  # noqa: A002
        """Take back a round nobody has been asked in; the answers given early to it go to the next one first."""
        self.tx.run("DELETE FROM report WHERE round = :id", id=id)
        self.tx.run("DELETE FROM round WHERE id = :id", id=id)

    def open_to(self, member: str, most: int = LOOK_BACK) -> list[Expected]:
        """Her rounds in running branches, newest first: all that a message of hers could answer."""
        rows = self.tx.all(
            _EXPECTED + " JOIN branch b ON b.id = r.branch WHERE p.member = :member AND r.state <> 'skipped'"
            " AND b.state IN ('running', 'closing') ORDER BY p.ask_at DESC LIMIT :most",
            member=member,
            most=most,
        )
        return [expected_of(row) for row in rows]

    def in_round(self, id: str) -> list[Expected]:  # noqa: A002
        return [expected_of(row) for row in self.tx.all(_EXPECTED + " WHERE p.round = :id ORDER BY p.member", id=id)]

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
        return self.said(id, member, row["said"]) if row else Report()

    def last_before(self, branch: str, member: str, before: datetime) -> Report | None:
        """Her latest answer in the branch to a round asked before `before`; None if there is none."""
        row = self.tx.one(
            _EXPECTED + " WHERE r.branch = :branch AND p.member = :member AND p.ask_at < :before AND p.said <> ''"
            " ORDER BY p.ask_at DESC LIMIT 1",
            branch=branch,
            member=member,
            before=instant.text(before),
        )
        return self.said(row["id"], member, row["said"]) if row else None

    def answer(
        self,
        id: str,  # noqa: A002
        member: str,
        report: Report,
        now: datetime,
        *,
        late: bool,
        entered: Entered | None = None,
        message: str = "",
    ) -> None:
        """Without `entered` she says it herself: what somebody else entered for her is hers from then on.

        `message`: the one it was said in; withdrawing the answer erases that as well.
        """
        sealed = self.tx.vault.seal(_place(id, member), json.dumps(_compact(report), ensure_ascii=False))
        self.tx.run(
            "UPDATE report SET said = :said, amended_at = :now, answered_at = coalesce(answered_at, :now),"
            " late = CASE WHEN answered_at IS NULL THEN :late ELSE late END, later_until = NULL,"
            " way = CASE WHEN CAST(:by AS TEXT) IS NOT NULL THEN :way WHEN way = '' THEN '' ELSE 'own' END,"
            " entered_by = coalesce(CAST(:by AS TEXT), entered_by),"
            " entered_at = CASE WHEN CAST(:by AS TEXT) IS NULL THEN entered_at ELSE :now END,"
            " messages = CASE WHEN messages = '' THEN :message ELSE messages || ' ' || :message END"
            " WHERE round = :id AND member = :member",
            id=id,
            member=member,
            said=sealed,
            now=instant.text(now),
            late=int(late),
            by=entered.by if entered else None,
            way=entered.way if entered else "",
            message=message,
        )

    def postponed(self, branch: str, now: datetime) -> dict[str, datetime]:
        """Who has said 稍后 in a round of the branch, and until when."""
        rows = self.tx.all(
            "SELECT p.member, max(p.later_until) AS until FROM report p JOIN round r ON r.id = p.round"
            " WHERE r.branch = :branch AND p.later_until > :now GROUP BY p.member",
            branch=branch,
            now=instant.text(now),
        )
        return {row["member"]: instant.parse(row["until"]) for row in rows}

    def postpone(self, id: str, member: str, until: datetime) -> None:  # noqa: A002
        self.tx.run(
            "UPDATE report SET later_until = :until WHERE round = :id AND member = :member",
            id=id,
            member=member,
            until=instant.text(until),
        )

    def answered_since(self, branch: str, since: datetime) -> list[Said]:
        """All that was answered or amended after `since`, the oldest first."""
        rows = self.tx.all(
            _EXPECTED + " WHERE r.branch = :branch AND p.amended_at > :since ORDER BY p.amended_at, p.ask_at, p.member",
            branch=branch,
            since=instant.text(since),
        )
        return [
            (row["member"], self.said(row["id"], row["member"], row["said"]), bool(row["late"]), entered_of(row))
            for row in rows
        ]

    def newest_ask(self, branch: str) -> datetime | None:
        """The hour of the newest round there is, whatever has become of it."""
        row = self.tx.one("SELECT max(ask_at) AS newest FROM round WHERE branch = :branch", branch=branch)
        return instant.parse_or_none(row["newest"]) if row else None

    def counts(self, branch: str, member: str | None = None) -> tuple[int, int]:
        """How often was asked and how often answered: of one member, or of all. Who was left alone was not asked."""
        row = self.tx.one(
            "SELECT count(*) AS asked, count(p.answered_at) AS answered FROM report p JOIN round r ON r.id = p.round"
            " WHERE r.branch = :branch AND r.state IN ('asked', 'due', 'told')"
            " AND (CAST(:member AS TEXT) IS NULL OR p.member = :member) AND (p.answered_at IS NOT NULL OR"
            " p.skipped_at IS NULL AND EXISTS"
            " (SELECT 1 FROM outbox o WHERE o.reason = 'ask:' || r.id || ':' || p.member AND o.state = 'taken'))",
            branch=branch,
            member=member,
        )
        return (row["asked"], row["answered"]) if row else (0, 0)

    def forget_words(self, branch: str) -> None:
        self.tx.run(
            "UPDATE report SET said = '', skipped_why = '', messages = ''"
            " WHERE round IN (SELECT id FROM round WHERE branch = :branch)",
            branch=branch,
        )

    def forget(self, before: datetime) -> None:
        """Who was asked and answered when: the rounds asked before that time that have nothing left to do."""
        over = "state IN ('told', 'skipped') OR branch IN (SELECT id FROM branch WHERE state = 'closed')"
        old = "SELECT id FROM round WHERE ask_at < :before AND (" + over + ")"
        self.tx.run("DELETE FROM report WHERE round IN (" + old + ")", before=instant.text(before))
        self.tx.run("DELETE FROM round WHERE ask_at < :before AND (" + over + ")", before=instant.text(before))

    def said(self, id: str, member: str, sealed: str) -> Report:  # noqa: A002
        """The report in its row's sealed text; an empty one if that is empty."""
        return Report(**json.loads(self.tx.vault.open(_place(id, member), sealed))) if sealed else Report()


def _place(id: str, member: str) -> str:  # noqa: A002
    return f"report|{id}|{member}|said"


def _compact(report: Report) -> dict[str, str]:
    return {name: value for name in FIELDS if (value := getattr(report, name))}
