"""When a recurring thing falls due: `mon,thu 17:40`, `monthly last-fri 09:00`, `cron: 0 9 * * mon` and the like."""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.when import MONTHS, WEEKDAYS, at_local, parse_clock, plain
from bot.domain.workdays import Workdays
from bot.errors import Unreadable

Kind = Literal[
    "daily",
    "workdays",
    "weekly",
    "weeks",
    "monthly",
    "month_last",
    "month_last_weekday",
    "quarterly",
    "yearly",
    "cron",
]
Holidays = Literal["skip", "before", "after", "keep"]

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS = frozenset(range(1, 32)), frozenset(range(1, 13)), frozenset(range(7))
MOST_WEEKS = 52
# `every 2 weeks` counts from this Monday, whenever the bot was started: that week and each second one after it.
EPOCH = date(2024, 1, 1)
LOOK_AHEAD = timedelta(days=731)
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)

_NAMES = "|".join(WEEKDAYS)
_FORMS: tuple[tuple[Kind, str], ...] = (
    ("daily", r"daily"),
    ("workdays", r"workdays"),
    ("weekly", rf"(?P<weekdays>({_NAMES})(,({_NAMES}))*)"),
    ("weeks", rf"every (?P<every>\d{{1,2}}) weeks? (?P<weekdays>({_NAMES})(,({_NAMES}))*)"),
    ("monthly", r"monthly (?P<day>\d{1,2})"),
    ("month_last", r"monthly last"),
    ("month_last_weekday", rf"monthly last[- ](?P<weekdays>{_NAMES})"),
    ("quarterly", r"quarterly (?P<month>\d{1,2})/(?P<day>\d{1,2})"),
    ("yearly", r"yearly (?P<month>\d{1,2})-(?P<day>\d{1,2})"),
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A set of days and the hours on them. `clamp`: a day the month does not have means its last."""

    text: str
    kind: Kind
    times: tuple[time, ...]
    months: frozenset[int] = ALL_MONTHS
    days: frozenset[int] = ALL_DAYS
    weekdays: frozenset[int] = ALL_WEEKDAYS
    every: int = 1
    clamp: bool = False


def parse(text: str) -> Schedule:
    """The schedule an admin wrote. Raises Unreadable with `hint`: time, form, weeks, never, cron_fields,
    cron_value, cron_weekday_number, cron_two_days."""
    words = re.sub(r"\s*([,:])\s*", r"\1", " ".join(plain(text).lower().split()))
    if words.startswith("cron:"):
        return _parse_cron(text, words.removeprefix("cron:").split())
    days, _, hour = words.rpartition(" ")
    clock = parse_clock(hour)
    if clock is None:
        raise _unreadable(text, "time")
    days = re.sub(r"\s*([/-])\s*", r"\1", days)
    for kind, form in _FORMS:
        if found := re.fullmatch(form, days, re.ASCII):
            return _from_words(text, kind, clock, found.groupdict())
    raise _unreadable(text, "form")


def parts(schedule: Schedule) -> dict[str, object]:
    """What a template needs to phrase it: weekday names, or the day (31: the last one) and month."""
    weekdays = schedule.kind in ("weekly", "weeks", "month_last_weekday")
    return {
        "kind": schedule.kind,
        "days": tuple(WEEKDAYS[one] for one in sorted(schedule.weekdays)) if weekdays else (),
        "day": min(schedule.days) if schedule.kind in ("monthly", "month_last", "quarterly", "yearly") else None,
        "month": min(schedule.months) if schedule.kind in ("quarterly", "yearly") else None,
        "every": schedule.every,
        "time": "" if schedule.kind == "cron" else f"{schedule.times[0]:%H:%M}",
        "text": schedule.text,
    }


def falls_on(schedule: Schedule, day: date, workdays: Workdays) -> bool:
    """Whether the schedule names this day, before anything is moved for a holiday."""
    if day.month not in schedule.months or day.weekday() not in schedule.weekdays:
        return False
    match schedule.kind:
        case "workdays":
            return workdays.is_workday(day)
        case "weeks":
            return (day - EPOCH) // A_WEEK % schedule.every == 0
        case "month_last_weekday":
            return (day + A_WEEK).month != day.month
        case _:
            return day.day in schedule.days or (schedule.clamp and _stands_in(schedule.days, day))


def held_on(schedule: Schedule, day: date, workdays: Workdays, holidays: Holidays = "keep") -> bool:
    """Whether it takes place on this day, after moving: nothing but a date goes in, so a restart changes nothing."""
    if holidays == "keep":
        return falls_on(schedule, day, workdays)
    if not workdays.is_workday(day):
        return False
    if holidays == "skip" or falls_on(schedule, day, workdays):
        return falls_on(schedule, day, workdays)
    step = A_DAY if holidays == "before" else -A_DAY
    moved_from = day + step
    while not workdays.is_workday(moved_from):
        if falls_on(schedule, moved_from, workdays):
            return True
        moved_from += step
    return False


def next_after(
    schedule: Schedule, after: datetime, zone: ZoneInfo, workdays: Workdays, holidays: Holidays = "keep"
) -> datetime | None:
    """The first occurrence strictly after `after`, in UTC. None: none within two years."""
    local = after.astimezone(zone)
    first = local.date()
    for ahead in range(LOOK_AHEAD.days + 1):
        day = first + timedelta(days=ahead)
        if not held_on(schedule, day, workdays, holidays):
            continue
        passed = bisect_left(schedule.times, local.time()) if day == first else 0
        for clock in schedule.times[passed:]:
            moment = at_local(day, clock, zone)
            if moment > after:
                return moment
    return None


def occurrences(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    workdays: Workdays,
    holidays: Holidays = "keep",
) -> Iterator[datetime]:
    """Each occurrence after `start`, up to and including `end`."""
    moment = next_after(schedule, start, zone, workdays, holidays)
    while moment is not None and moment <= end:
        yield moment
        moment = next_after(schedule, moment, zone, workdays, holidays)


def _stands_in(days: frozenset[int], day: date) -> bool:
    return 27 < day.day < max(days) and day.day == monthrange(day.year, day.month)[1]


def _from_words(text: str, kind: Kind, clock: time, found: dict[str, str]) -> Schedule:
    every, month, day = int(found.get("every", 1)), int(found.get("month", 1)), int(found.get("day", 31))
    if not 1 <= every <= MOST_WEEKS:
        raise _unreadable(text, "weeks")
    if not 1 <= month <= (3 if kind == "quarterly" else 12) or not 1 <= day <= 31:
        raise _unreadable(text, "never")
    months = {"quarterly": frozenset(range(month, 13, 3)), "yearly": frozenset({month})}.get(kind, ALL_MONTHS)
    named = kind in ("monthly", "month_last", "quarterly", "yearly")
    if named and day > max(LONGEST[one - 1] for one in months):
        raise _unreadable(text, "never")
    names = found.get("weekdays", ",".join(WEEKDAYS)).split(",")
    weekdays = frozenset(WEEKDAYS.index(name) for name in names)
    days = frozenset({day}) if named else ALL_DAYS
    return Schedule(text, kind, (clock,), months, days, weekdays, every, clamp=named)


def _parse_cron(text: str, fields: list[str]) -> Schedule:
    """Read here, not by a library: those that exist fire twice when the clock goes back, skip short months
    for day 31, and disagree on which day 1 is and whether day and weekday mean both or either."""
    if len(fields) != 5:
        raise _unreadable(text, "cron_fields")
    minute, hour, day, month, weekday = fields
    if re.search(r"\d", weekday):
        raise _unreadable(text, "cron_weekday_number")
    if day != "*" and weekday != "*":
        raise _unreadable(text, "cron_two_days")
    minutes, hours = _expand(text, minute, range(60)), _expand(text, hour, range(24))
    days, months = _expand(text, day, range(1, 32)), _expand(text, month, range(1, 13), MONTHS)
    if min(days) > max(LONGEST[one - 1] for one in months):
        raise _unreadable(text, "never")
    times = tuple(time(one, other) for one in sorted(hours) for other in sorted(minutes))
    weekdays = _expand(text, weekday, range(7), WEEKDAYS)
    return Schedule(text, "cron", times, months, days, weekdays, clamp=day.replace(",", "").isdigit())


def _expand(text: str, field: str, allowed: range, names: tuple[str, ...] = ()) -> frozenset[int]:
    """The numbers one cron field stands for: `*`, `*/5`, `1-5`, `1-9/2`, `1,15`, `mon-fri`."""
    for offset, name in enumerate(names):
        field = re.sub(rf"\b{name}\b", str(allowed[offset]), field)
    chosen: set[int] = set()
    for item in field.split(","):
        found = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", item, re.ASCII)
        if not found or (found[3] and (int(found[3]) == 0 or (found[1] and not found[2]))):
            raise _unreadable(text, "cron_value")
        low = int(found[1] or allowed[0])
        high = int(found[2] or found[1] or allowed[-1])
        if low > high or low not in allowed or high not in allowed:
            raise _unreadable(text, "cron_value")
        chosen.update(range(low, high + 1, int(found[3] or 1)))
    return frozenset(chosen)


def _unreadable(text: str, hint: str) -> Unreadable:
    return Unreadable("check.schedule", found=text, hint=hint)
