"""Why a recurring thing is held when it is: on the day its schedule names, moved for a holiday, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.cadence import Holidays, Schedule, falls_on
from bot.domain.when import A_DAY, at_local
from bot.domain.workdays import Nature, Workdays

ReasonKind = Literal["clamped", "skipped", "before", "after", "kept", "makeup", "merged", "clock", "outside"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to know about an occurrence: `day` is what it is about, `nature` what kind of day that is.

    `written`: what the schedule says and the calendar or the clock does not have: `31`, `02:30`.
    """

    kind: ReasonKind
    day: date
    nature: Nature
    written: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Held on the day `held`, at `at` (UTC); both None: it falls out. `named`: the days of the schedule it
    stands for, several if they were moved onto one day, where it is held once."""

    named: tuple[date, ...]
    held: date | None
    at: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def day(self) -> date:
        return self.held or self.named[0]


def moved_to(day: date, workdays: Workdays, holidays: Holidays) -> date | None:
    """Where what is named for this day is held; None: nowhere."""
    if holidays == "keep" or workdays.is_workday(day):
        return day
    return None if holidays == "skip" else _nearest_workday(day, workdays, -A_DAY if holidays == "before" else A_DAY)


def explained(
    schedule: Schedule, first: date, last: date, zone: ZoneInfo, workdays: Workdays, holidays: Holidays = "keep"
) -> list[Occurrence]:
    """What is held from `first` to `last` and what falls out there, in order; the twin of cadence.occurrences."""
    held: dict[date, list[date]] = {}
    found: list[Occurrence] = []
    for day in _days_that_may_count(first, last, workdays, holidays):
        if falls_on(schedule, day, workdays):
            to = moved_to(day, workdays, holidays)
            if to and first <= to <= last:
                held.setdefault(to, []).append(day)
            elif to is None and first <= day <= last:
                found.append(Occurrence((day,), None, None, tuple(_why_moved(schedule, day, None, workdays))))
    moments: dict[datetime, Occurrence] = {}
    for day in sorted(held):
        for clock in schedule.times:
            one = _occurrence(schedule, day, tuple(held[day]), clock, zone, workdays)
            moments.setdefault(at_local(day, clock, zone), one)
    return sorted([*found, *moments.values()], key=lambda one: (one.day, one.at is not None, one.at))


def _occurrence(
    schedule: Schedule, held: date, named: tuple[date, ...], clock: time, zone: ZoneInfo, workdays: Workdays
) -> Occurrence:
    at, nature = at_local(held, clock, zone), workdays.nature(held)
    reasons = [reason for day in named for reason in _why_moved(schedule, day, held, workdays)]
    if nature.kind in ("makeup", "work"):
        reasons.append(Reason("makeup", held, nature))
    if len(named) > 1:
        reasons.append(Reason("merged", held, nature))
    if at.astimezone(zone).replace(tzinfo=None) != datetime.combine(held, clock):
        reasons.append(Reason("clock", held, nature, f"{clock:%H:%M}"))
    return Occurrence(named, held, at, tuple(reasons))


def _why_moved(schedule: Schedule, named: date, held: date | None, workdays: Workdays) -> Iterator[Reason]:
    nature = workdays.nature(named)
    if schedule.kind != "month_last" and named.day not in schedule.days:
        yield Reason("clamped", named, nature, str(min(one for one in schedule.days if one > named.day)))
    if held is None:
        yield Reason("skipped", named, nature)
    elif held != named:
        yield Reason("before" if held < named else "after", named, nature)
    elif nature.kind in ("holiday", "off"):
        yield Reason("kept", named, nature)


def _days_that_may_count(first: date, last: date, workdays: Workdays, holidays: Holidays) -> Iterator[date]:
    """The days themselves, and those beside them from which something may be moved here."""
    if holidays == "after":
        first = _nearest_workday(first - A_DAY, workdays, -A_DAY)
    if holidays == "before":
        last = _nearest_workday(last + A_DAY, workdays, A_DAY)
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def _nearest_workday(day: date, workdays: Workdays, step: timedelta) -> date:
    while not workdays.is_workday(day):
        day += step
    return day
