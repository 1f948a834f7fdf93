"""The figures of a weekly digest and of the monthly bulletin: what the organisation did and owes, never who."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.domain.disclosure import choose, enough

UNCLAIMED_LONG = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """How often one member was asked in one branch, and answered."""

    branch: str
    member: str
    home: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class NeedTimes:
    """When a need was raised, claimed, done (or found impossible) and ended by a last word; nothing of what it is."""

    number: int
    branch: str
    member: str
    raised_at: datetime
    claimed_at: datetime | None
    settled_at: datetime | None
    ended_at: datetime | None

    @property
    def unclaimed(self) -> bool:
        return self.claimed_at is None and self.ended_at is None

    def unclaimed_long(self, now: datetime) -> bool:
        return self.unclaimed and now - self.raised_at >= UNCLAIMED_LONG


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` until just before `until`."""

    since: datetime
    until: datetime

    def __contains__(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until

    def part_of(self, start: datetime, end: datetime) -> timedelta:
        """How much of that time lies in the period."""
        return max(min(end, self.until) - max(start, self.since), timedelta(0))


def tally(rows: Iterable[Asked]) -> dict[str, int]:
    listed = list(rows)
    return {"asked": sum(one.asked for one in listed), "answered": sum(one.answered for one in listed)}


def answers(rows: Sequence[Asked], least: int) -> dict[str, int] | None:
    """How many answers came to how many askings; None: too few were asked for a figure."""
    return tally(rows) if rows and enough({one.member for one in rows}, least) else None


def of_home(rows: Sequence[Asked], home: str, least: int, known: Set[str]) -> dict[str, int] | None:
    """The same of a home branch's members, in whatever branches they are; `known`: branches the reader looks after.

    Where the home's members are most of a branch, its others could be had from the branch's own figure (the
    bulletin shows it) by subtraction: then the home has none.
    """
    own = [one for one in rows if one.home == home]
    parts = by_branch(own)
    others = by_branch(one for one in rows if one.home != home and one.branch in parts)
    if not choose(parts, least, [known]).whole or not all(enough(people, least) for people in others.values()):
        return None
    return tally(own)


def by_branch(rows: Iterable[Asked | NeedTimes]) -> dict[str, frozenset[str]]:
    """Whom the rows of each branch are about."""
    found: dict[str, set[str]] = {}
    for one in rows:
        found.setdefault(one.branch, set()).add(one.member)
    return {branch: frozenset(people) for branch, people in found.items()}


def week_of_needs(needs: Sequence[NeedTimes], period: Period) -> dict[str, int] | None:
    """Raised and settled in the week; unclaimed, in somebody's hands and waiting for a last word now. None: there
    was none."""
    figures = {
        "raised": sum(one.raised_at in period for one in needs),
        "settled": sum(one.ended_at in period for one in needs),
        "unclaimed": sum(one.unclaimed for one in needs),
        "in_hand": sum(bool(one.claimed_at) and not (one.settled_at or one.ended_at) for one in needs),
        "asked": sum(bool(one.settled_at) and not one.ended_at for one in needs),
    }
    return figures if any(figures.values()) else None


def month_of_needs(raised: Sequence[NeedTimes], least: int, known: Iterable[Set[str]]) -> dict[str, object] | None:
    """What became of the needs raised in a month. Needs are few people's: None where these are too few to be told."""
    if not choose(by_branch(raised), least, known).whole:
        return None
    return {
        "raised": len(raised),
        "settled": sum(one.ended_at is not None for one in raised),
        "claim": _typical(raised, least, lambda one: one.claimed_at),
        "settle": _typical(raised, least, lambda one: one.settled_at),
    }


def _typical(
    needs: Sequence[NeedTimes], least: int, done: Callable[[NeedTimes], datetime | None]
) -> dict[str, int] | None:
    """The median time it took, where it was done for enough different members."""
    took = {one: at - one.raised_at for one in needs if (at := done(one))}
    if len({one.member for one in took}) < least:
        return None
    return span(timedelta(seconds=median(each.total_seconds() for each in took.values())))


def span(length: timedelta) -> dict[str, int]:
    """Whole hours; from two days on, whole days."""
    hours = round(length / timedelta(hours=1))
    days = round(length / timedelta(days=1))
    return {"days": days, "hours": 0} if hours >= 48 else {"days": 0, "hours": hours}


def month_of_answers(
    rows: Sequence[Asked], least: int, known: Iterable[Set[str]]
) -> tuple[dict[str, int] | None, Mapping[str, dict[str, int]]]:
    """The whole's figure, if it may be shown, and that of each branch that may have one of its own."""
    shown = choose(by_branch(rows), least, known)
    apart = {branch: tally(one for one in rows if one.branch == branch) for branch in sorted(shown.apart)}
    return (tally(rows) if shown.whole else None), apart
