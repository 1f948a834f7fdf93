"""Until when, and whether that is sure: what may mean two moments, or is far off, is asked back before it counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.span import Span, find_span
from bot.domain.when import A_DAY, plain

# two: what it may mean is not one moment; passed: the day meant may be one just gone; far: more than FAR ahead.
Doubt = Literal["two", "passed", "far"]
FAR = timedelta(days=31)
JUST_GONE = timedelta(days=7)
A_WEEK_OFF = timedelta(days=6)
SOON = timedelta(hours=6)
NIGHT_ENDS, NOON = 7, 12


@dataclass(frozen=True, slots=True)
class Until:
    """What the head of a text may mean, nearest first; nothing if no moment to come was read. `rest`: what follows."""

    readings: tuple[datetime, ...]
    rest: str
    doubt: Doubt | None = None


def read_until(text: str, now: datetime, zone: ZoneInfo) -> Until:
    """An hour without its half of the day may be tonight or tomorrow morning, a weekday that is today may be the next
    one, a day just gone is a slip or a year off; all else has one reading."""
    found = find_span(text, now, zone)
    if found is None:
        return Until((), text)
    readings = _readings(found, now, zone)
    first = readings[0]
    passed = found.named == "date" and found.gone and now - found.gone < JUST_GONE and first - found.gone > A_DAY
    doubt: Doubt | None = "two" if len(readings) > 1 else "passed" if passed else "far" if first - now > FAR else None
    return Until(readings, found.rest, doubt)


def within(found: Until, now: datetime, longest: timedelta) -> Until:
    """The same of what is never put off for longer: the hour that comes soon is meant, and nothing too far is."""
    near = tuple(one for one in found.readings if one - now <= longest) or found.readings[:1]
    if len(near) > 1 and near[0] - now > SOON:
        return replace(found, readings=near)
    return Until((min(near[0], now + longest),) if near else (), found.rest)


def _readings(found: Span, now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    first = found.ahead[0]
    if found.named == "hour" and found.half:
        return _halves([one for one in found.ahead if one - now <= A_DAY], zone) or (first,)
    if found.named == "weekday" and _day_ended(first, zone) == _day_ended(now, zone):
        return (first, *[one for one in found.ahead if one - first >= A_WEEK_OFF][:1])
    return (first,)


def _halves(ahead: Sequence[datetime], zone: ZoneInfo) -> tuple[datetime, ...]:
    """Nobody means the small hours where an hour of the day comes before them."""
    by_day = ahead[:1] and ahead[0].astimezone(zone).hour >= NIGHT_ENDS
    return tuple(one for one in ahead if not by_day or not 0 < _hour(one, zone) < NIGHT_ENDS)[:2]


def _day_ended(moment: datetime, zone: ZoneInfo) -> object:
    """The day a moment belongs to; midnight to the one that it ends."""
    return (moment - timedelta(seconds=1)).astimezone(zone).date()


def _hour(moment: datetime, zone: ZoneInfo) -> int:
    return moment.astimezone(zone).hour


# How one answers “tonight 20:00 or tomorrow 08:00?”
FIRSTS, SECONDS = ("1", "①", "一", "第一", "前", "前一", "first"), ("2", "②", "二", "第二", "后", "后一", "second")
NUMBERED = dict.fromkeys(FIRSTS, 0) | dict.fromkeys(SECONDS, 1)
TODAY = re.compile("今|today|tonight")
TOMORROW = re.compile("明|tomorrow")
NEXT_WEEK = re.compile("下|next")
MORNING = re.compile("早|上午|morning|a\\.?m")
EVENING = re.compile("晚|下午|evening|night|p\\.?m")
DRESS = re.compile(r"[\s,，。.!！、()（）“”]|个|者|的|是|选|回|the|one|option|please|吧")
LONGEST_CHOICE = 16


def chosen(text: str, readings: Sequence[datetime], now: datetime, zone: ZoneInfo) -> datetime | None:
    """Which reading an answer means, by its number or by what tells it from the other; None: it is no such answer."""
    said = DRESS.sub("", plain(text).lower())
    if not said or len(text) > LONGEST_CHOICE:
        return None
    if said in NUMBERED:
        return readings[NUMBERED[said]] if NUMBERED[said] < len(readings) else None
    tests = [one for one in (TODAY, TOMORROW, NEXT_WEEK, MORNING, EVENING) if one.search(said)]
    fits = [one for one in readings if tests and all(_fits(test, one, now, zone) for test in tests)]
    return fits[0] if len(fits) == 1 and not re.search(r"\d", said) else None


def _fits(test: re.Pattern[str], moment: datetime, now: datetime, zone: ZoneInfo) -> bool:
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    day = _day_ended(moment, zone)
    return {
        TODAY: day == today,
        TOMORROW: day == today + A_DAY,
        NEXT_WEEK: moment - now > A_WEEK_OFF,
        MORNING: time(0) < local.time() < time(NOON),
        EVENING: local.time() >= time(NOON) or local.time() == time(0),
    }[test]
