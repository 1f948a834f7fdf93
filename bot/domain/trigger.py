"""What makes a talk or a visit due: `need talk`, `away 30d`, `14d before org-life`, `yearly 07-01`, `2027-02-01`."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.cadence import Holidays, Schedule, next_after, parse
from bot.domain.when import A_DAY, at_local, parse_duration, plain
from bot.domain.workdays import Workdays
from bot.errors import Unreadable

Kind = Literal["need", "away", "before", "dates", "schedule"]
HOUR = time(9, 0)  # a day comes up when people are at work
HOUR_WRITTEN = f" {HOUR:%H:%M}"
REQUEST = "on request"
TALK = "talk"  # the kind of need that 想聊聊 is
MOST_DAYS = 366
_ID = r"[a-z0-9][a-z0-9_-]{0,31}"
_NEED = re.compile(rf"need ({_ID}(?:,{_ID})*)")
_AWAY = re.compile(r"away (\d{1,3}[dw])(?: every (\d{1,3}[dw]))?")
_BEFORE = re.compile(rf"(\d{{1,3}}[dw]) before ({_ID})")
_DATES = re.compile(r"20\d\d-\d\d-\d\d(?:,20\d\d-\d\d-\d\d)*")


@dataclass(frozen=True, slots=True)
class Trigger:
    """`days`: of being away, or before the meeting; `every`: again after so many, 0: once."""

    text: str
    kind: Kind
    needs: frozenset[str] = frozenset()
    days: int = 0
    every: int = 0
    study: str = ""
    dates: tuple[date, ...] = ()
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where and by which calendar days are counted; `studies`: when each study item is held."""

    zone: ZoneInfo
    workdays: Workdays
    studies: Mapping[str, tuple[Schedule, Holidays]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time a trigger comes up. `meeting`: the day it has to be done by."""

    day: date
    at: datetime
    meeting: date | None = None


def parse_trigger(text: str) -> Trigger:
    """Raises Unreadable: `check.trigger`, or what is wrong with its schedule, duration or date."""
    words = re.sub(r"\s*([,:])\s*", r"\1", " ".join(plain(text).lower().split()))
    if words == REQUEST:
        return Trigger(text, "need", needs=frozenset({TALK}))
    if found := _NEED.fullmatch(words):
        return Trigger(text, "need", needs=frozenset(found[1].split(",")))
    if found := _AWAY.fullmatch(words):
        return Trigger(text, "away", days=_days(text, found[1]), every=_days(text, found[2]) if found[2] else 0)
    if found := _BEFORE.fullmatch(words):
        return Trigger(text, "before", days=_days(text, found[1]), study=found[2])
    if _DATES.fullmatch(words):
        return Trigger(text, "dates", dates=tuple(sorted(_date(text, one) for one in words.split(","))))
    return Trigger(text, "schedule", schedule=_schedule(text, words))


def _days(text: str, written: str) -> int:
    days = parse_duration(written).days
    if not 0 < days <= MOST_DAYS:
        raise Unreadable("check.trigger", found=text)
    return days


def _date(text: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unreadable("check.trigger", found=text) from None


def _schedule(text: str, words: str) -> Schedule:
    """With an hour or without; only what begins like a schedule is told of as a broken one."""
    try:
        return parse(words if re.search(r"\d:\d\d$", words) or words.startswith("cron:") else words + HOUR_WRITTEN)
    except Unreadable as refusal:
        if refusal.facts.get("hint") in ("form", "time"):
            raise Unreadable("check.trigger", found=text) from None
        raise


def current(trigger: Trigger, since: date, now: datetime, within: timedelta, place: Place) -> Occasion | None:
    """The occasion that asks for something now, of somebody away since that day; None: none does.

    Days away ask until somebody has acted, a meeting until it is held, a festival as long as one may take (`within`).
    """
    window = {"away": now - instant.start_of(since, place.zone) + A_DAY, "before": timedelta(days=trigger.days)}
    back = max(window.get(trigger.kind, within), timedelta(0))
    passed = takewhile(lambda one: one.at <= now, occasions(trigger, since, now - back, place))
    return next(iter(deque(passed, maxlen=1)), None)


def next_occasion(trigger: Trigger, since: date, now: datetime, place: Place) -> datetime | None:
    """When `current` will answer with another occasion; None: never."""
    return next((one.at for one in occasions(trigger, since, now, place)), None)


def occasions(trigger: Trigger, since: date, after: datetime, place: Place) -> Iterator[Occasion]:
    """Each one strictly after that moment, and not before she was away. A need is no matter of days."""
    each: Mapping[Kind, Callable[[Trigger, date, datetime, Place], Iterator[Occasion]]] = {
        "away": _away,
        "before": _before,
        "dates": _dates,
        "schedule": _scheduled,
    }
    found = each[trigger.kind](trigger, since, after, place) if trigger.kind in each else ()
    return (one for one in found if one.at > after and one.day >= since)


def _away(trigger: Trigger, since: date, _after: datetime, place: Place) -> Iterator[Occasion]:
    """A day off moves it to the next workday."""
    day = since + timedelta(days=trigger.days)
    while True:
        yield _on(_workday_from(day, place.workdays), place)
        if not trigger.every:
            return
        day += timedelta(days=trigger.every)


def _before(trigger: Trigger, _since: date, after: datetime, place: Place) -> Iterator[Occasion]:
    schedule, holidays = place.studies.get(trigger.study, (None, "keep"))
    ahead = timedelta(days=trigger.days)
    held = next_after(schedule, after + ahead - A_DAY, place.zone, place.workdays, holidays) if schedule else None
    while schedule and held:
        meeting = instant.day_of(held, place.zone)
        yield _on(meeting - ahead, place, meeting)
        held = next_after(schedule, held, place.zone, place.workdays, holidays)


def _dates(trigger: Trigger, _since: date, _after: datetime, place: Place) -> Iterator[Occasion]:
    return (_on(day, place) for day in trigger.dates)


def _scheduled(trigger: Trigger, _since: date, after: datetime, place: Place) -> Iterator[Occasion]:
    at = next_after(trigger.schedule, after, place.zone, place.workdays) if trigger.schedule else None
    while trigger.schedule and at:
        yield Occasion(instant.day_of(at, place.zone), at)
        at = next_after(trigger.schedule, at, place.zone, place.workdays)


def _on(day: date, place: Place, meeting: date | None = None) -> Occasion:
    return Occasion(day, at_local(day, HOUR, place.zone), meeting)


def _workday_from(day: date, workdays: Workdays) -> date:
    """Within a fortnight there is one, whatever the admin's own days off say."""
    found = (day + timedelta(days=ahead) for ahead in range(15))
    return next((one for one in found if workdays.is_workday(one)), day)
