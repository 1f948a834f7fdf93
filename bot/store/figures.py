"""What the weekly digest and the monthly bulletin count: rounds, needs' times, study, and hours without the bot."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.bulletin import Asked, NeedTimes, Period
from bot.store.tx import Row, Tx

# A round counts where it is due, once; who was left alone in it was not asked (as in rounds.counts).
_ASKED = (
    "SELECT r.branch, p.member, m.home, count(*) AS asked, count(p.answered_at) AS answered"
    " FROM report p JOIN round r ON r.id = p.round JOIN member m ON m.id = p.member"
    " WHERE r.due_at >= :since AND r.due_at < :until AND r.state IN ('asked', 'due', 'told')"
    " AND (p.answered_at IS NOT NULL OR p.skipped_at IS NULL AND EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.reason = 'ask:' || r.id || ':' || p.member AND o.state = 'taken'))"
)
_GROUPED = " GROUP BY r.branch, p.member, m.home ORDER BY r.branch, p.member"
_NEEDS = "SELECT number, branch, member, raised_at, claimed_at, settled_at, ended_at FROM need"


@dataclass(frozen=True, slots=True)
class Held:
    """A study item in a period. `people`: how many it was for; `asked` and `came` count each time."""

    title: str
    times: int
    people: int
    asked: int
    came: int


class Figures:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def asked(self, period: Period) -> list[Asked]:
        """Who was asked how often in the rounds that were due in the period, in every branch."""
        return [_asked(row) for row in self.tx.all(_ASKED + _GROUPED, **_bounds(period))]

    def asked_in(self, branch: str, period: Period) -> list[Asked]:
        rows = self.tx.all(_ASKED + " AND r.branch = :branch" + _GROUPED, branch=branch, **_bounds(period))
        return [_asked(row) for row in rows]

    def asked_beside(self, home: str, period: Period) -> list[Asked]:
        """The same in the branches where somebody of that home is."""
        rows = self.tx.all(
            _ASKED + " AND r.branch IN (SELECT q.branch FROM membership q JOIN member n ON n.id = q.member"
            " WHERE n.home = :home)" + _GROUPED,
            home=home,
            **_bounds(period),
        )
        return [_asked(row) for row in rows]

    def rounds(self, branch: str, period: Period) -> int:
        row = self.tx.one(
            "SELECT count(*) AS rounds FROM round WHERE branch = :branch AND state IN ('asked', 'due', 'told')"
            " AND due_at >= :since AND due_at < :until",
            branch=branch,
            **_bounds(period),
        )
        return row["rounds"] if row else 0

    def away(self, home: str) -> list[str]:
        """Who of that home belongs to a running branch now."""
        rows = self.tx.all(
            "SELECT DISTINCT p.member FROM membership p JOIN branch b ON b.id = p.branch JOIN member m"
            " ON m.id = p.member WHERE m.home = :home AND m.listed = 1 AND p.left_at IS NULL"
            " AND b.state IN ('running', 'closing') ORDER BY p.member",
            home=home,
        )
        return [row["member"] for row in rows]

    def belonged(self, branch: str, period: Period) -> list[str]:
        """Who belonged to the branch at some time of the period."""
        rows = self.tx.all(
            "SELECT member FROM membership WHERE branch = :branch AND joined_at < :until"
            " AND (left_at IS NULL OR left_at >= :since)",
            branch=branch,
            **_bounds(period),
        )
        return [row["member"] for row in rows]

    def needs_raised(self, period: Period) -> list[NeedTimes]:
        rows = self.tx.all(
            _NEEDS + " WHERE raised_at >= :since AND raised_at < :until ORDER BY number", **_bounds(period)
        )
        return [_need(row) for row in rows]

    def needs_of(self, branch: str, since: datetime) -> list[NeedTimes]:
        """Those of the branch that were raised or settled since, and those that are not settled."""
        rows = self.tx.all(
            _NEEDS + " WHERE branch = :branch AND (raised_at >= :since OR ended_at IS NULL OR ended_at >= :since)"
            " ORDER BY number",
            branch=branch,
            since=instant.text(since),
        )
        return [_need(row) for row in rows]

    def opened(self, period: Period) -> int:
        row = self.tx.one(
            "SELECT count(DISTINCT branch) AS opened FROM ledger WHERE kind = 'running' AND at >= :since"
            " AND at < :until",
            **_bounds(period),
        )
        return row["opened"] if row else 0

    def studies(self, period: Period) -> list[Held]:
        """Each study item that was held: how often, and how many of those it was for came or studied."""
        rows = self.tx.all(
            "SELECT title, count(DISTINCT item || ' ' || starts_at) AS times, count(DISTINCT member) AS people,"
            " count(*) AS asked, count(CASE WHEN attended IN ('here', 'remote') OR attended IS NULL"
            " AND answer IN ('done', 'join', 'remote') THEN 1 END) AS came FROM study"
            " WHERE starts_at >= :since AND starts_at < :until GROUP BY title ORDER BY min(starts_at), title",
            **_bounds(period),
        )
        return [Held(row["title"], row["times"], row["people"], row["asked"], row["came"]) for row in rows]

    def down(self, period: Period) -> list[tuple[datetime, datetime]]:
        """From when until when the bot was not there, of what reaches into the period."""
        rows = self.tx.all(
            "SELECT note, at FROM ledger WHERE kind = 'was_down' AND at >= :since AND note < :until ORDER BY at",
            **_bounds(period),
        )
        return [(instant.parse(row["note"]), instant.parse(row["at"])) for row in rows]


def _bounds(period: Period) -> dict[str, str]:
    return {"since": instant.text(period.since), "until": instant.text(period.until)}


def _asked(row: Row) -> Asked:
    return Asked(row["branch"], row["member"], row["home"], row["asked"], row["answered"])


def _need(row: Row) -> NeedTimes:
    return NeedTimes(
        row["number"],
        row["branch"],
        row["member"],
        instant.parse(row["raised_at"]),
        instant.parse_or_none(row["claimed_at"]),
        instant.parse_or_none(row["settled_at"]),
        instant.parse_or_none(row["ended_at"]),
    )
