"""Whole lists for exports, a page at a time: a long reader would keep the database's log from being emptied."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.need import NeedState
from bot.domain.proxy import Entered
from bot.domain.report import Report
from bot.store.round_rows import entered_of
from bot.store.rounds import Rounds
from bot.store.tables import Tables
from bot.store.tx import Row, Tx

PAGE = 1000
_REPORTS = (
    "SELECT p.round, p.member, m.name, r.branch, r.ask_at, r.due_at, p.answered_at, p.late, p.said, q.consent,"
    " p.way, p.entered_by, p.entered_at, e.name AS enterer,"
    " p.skipped_at IS NULL AND EXISTS (SELECT 1 FROM outbox o WHERE o.state = 'taken'"
    " AND o.reason IN ('ask:' || p.round || ':' || p.member, 'again:' || p.round || ':' || p.member)) AS asked"
    " FROM report p JOIN round r ON r.id = p.round JOIN member m ON m.id = p.member"
    " LEFT JOIN member e ON e.id = p.entered_by"
    " LEFT JOIN membership q ON q.branch = r.branch AND q.member = p.member"
    " WHERE (p.round, p.member) > (:round, :member)"
    " AND (r.state IN ('asked', 'due', 'told') OR p.answered_at IS NOT NULL)"
    " AND (CAST(:branch AS TEXT) IS NULL OR r.branch = :branch)"
    " ORDER BY p.round, p.member LIMIT :most"
)
_NEEDS = (
    "SELECT n.*, m.name, c.name AS claimer, q.consent FROM need n JOIN member m ON m.id = n.member"
    " LEFT JOIN member c ON c.id = n.claimed_by"
    " LEFT JOIN membership q ON q.branch = n.branch AND q.member = n.member"
    " WHERE n.number > :after AND (CAST(:branch AS TEXT) IS NULL OR n.branch = :branch)"
    " ORDER BY n.number LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One member in one round. `asked`: she got the question and did not skip; `enterer`: the name of who entered it
    for her. Of who has refused, `report` is empty."""

    round: str
    member: str
    name: str
    branch: str
    ask_at: datetime
    due_at: datetime
    asked: bool
    answered_at: datetime | None
    late: bool
    entered: Entered
    enterer: str
    report: Report


@dataclass(frozen=True, slots=True)
class Raised:
    """One need. Of who has refused, neither her words nor the answer."""

    number: int
    branch: str
    member: str
    name: str
    kind: str
    state: NeedState
    raised_at: datetime
    claimer: str
    claimed_at: datetime | None
    settled_at: datetime | None
    ended_at: datetime | None
    reopened: int
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Life:
    """One branch, and how often was asked and answered in it."""

    branch: Branch
    secretary: str
    liaisons: tuple[str, ...]
    members: int
    asked: int
    answered: int
    raised: int
    settled: int


def asked_after(tx: Tx, branch: str | None, last: Asked | None) -> list[Asked]:
    """The next page, by branch, hour and member; `branch` None: of all."""
    at = (last.round, last.member) if last else ("", "")
    rows = tx.all(_REPORTS, round=at[0], member=at[1], branch=branch, most=PAGE)
    return [_asked(tx, row) for row in rows]


def raised_after(tx: Tx, branch: str | None, last: Raised | None) -> list[Raised]:
    rows = tx.all(_NEEDS, after=last.number if last else 0, branch=branch, most=PAGE)
    return [_raised(tx, row) for row in rows]


def life_of(tx: Tx, branch: Branch) -> Life:
    tables = Tables(tx)
    liaisons = tuple(one.name for one in tables.branches.liaisons(branch.id))
    secretary = tables.members.get(branch.secretary)
    members = len(tables.members.of_branch(branch.id))
    name = secretary.name if secretary else ""
    return Life(branch, name, liaisons, members, *tables.rounds.counts(branch.id), *tables.needs.counts(branch.id))


def _asked(tx: Tx, row: Row) -> Asked:
    said = "" if row["consent"] == "refused" else row["said"]
    return Asked(
        round=row["round"],
        member=row["member"],
        name=row["name"],
        branch=row["branch"],
        ask_at=instant.parse(row["ask_at"]),
        due_at=instant.parse(row["due_at"]),
        asked=bool(row["asked"]),
        answered_at=instant.parse_or_none(row["answered_at"]),
        late=bool(row["late"]),
        entered=entered_of(row),
        enterer=row["enterer"] or "",
        report=Rounds(tx).said(row["round"], row["member"], said),
    )


def _raised(tx: Tx, row: Row) -> Raised:
    willing = row["consent"] != "refused"
    return Raised(
        number=row["number"],
        branch=row["branch"],
        member=row["member"],
        name=row["name"],
        kind=row["kind"],
        state=row["state"],
        raised_at=instant.parse(row["raised_at"]),
        claimer=row["claimer"] or "",
        claimed_at=instant.parse_or_none(row["claimed_at"]),
        settled_at=instant.parse_or_none(row["settled_at"]),
        ended_at=instant.parse_or_none(row["ended_at"]),
        reopened=row["reopened"],
        words=tx.vault.open(f"need|{row['id']}|words", row["words"]) if willing else "",
        answer=tx.vault.open(f"need|{row['id']}|answer", row["answer"]) if willing else "",
    )
