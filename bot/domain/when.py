"""How long, until when, and which hours are nobody's: durations, quiet hours, and the times people write."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Unreadable

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
A_DAY = timedelta(days=1)
FARTHEST = timedelta(days=366)
LONGEST_DURATION = timedelta(days=36500)
UNITS = {"y": 525_600, "w": 10_080, "d": 1440, "h": 60, "m": 1}  # in minutes
_HALF_WIDTH = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(mark): ord(half) for half, marks in {" ": "\u3000\u00a0", "-": "–—−‐", ",": "、"}.items() for mark in marks},
}


def plain(text: str) -> str:
    """The same text, letter for letter, its full-width letters, digits and marks made half-width."""
    return text.translate(_HALF_WIDTH)


def parse_clock(text: str) -> time | None:
    """`17:40`; None: not an hour of the day."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", plain(text).strip(), re.ASCII)
    return time(int(found[1]), int(found[2])) if found else None


def at_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That hour of that day, in UTC. Of an hour that comes twice, the first; an hour that the clocks skip is
    the first moment after the gap."""
    local = datetime.combine(day, clock, zone)
    moment, other = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    if other >= moment:
        return moment
    wall = local.replace(tzinfo=None)
    while other.astimezone(zone).replace(tzinfo=None) <= wall:
        other += timedelta(minutes=1)
    return other


def parse_duration(text: str) -> timedelta:
    """`30m`, `4h`, `2d`, `2w`, `2y` (of 365 days). Raises Unreadable: anything else, a sign, over a century."""
    found = re.fullmatch(r"(\d{1,6})\s*([mhdwy])", plain(text).strip().lower(), re.ASCII)
    length = timedelta(minutes=int(found[1]) * UNITS[found[2]]) if found else None
    if length is None or length > LONGEST_DURATION:
        raise Unreadable("check.duration", found=text, hint="long" if found else "form")
    return length


def format_duration(length: timedelta) -> str:
    """The shortest text that parse_duration reads as the same whole minutes."""
    minutes = length // timedelta(minutes=1)
    unit = next(name for name, one in UNITS.items() if minutes % one == 0) if minutes else "h"
    return f"{minutes // UNITS[unit]}{unit}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is written to, from `start` until just before `end`; may cross midnight."""

    start: time
    end: time


_FROM_TO = re.compile(r"([\d:]+)\s*[-~至到]\s*([\d:]+)")


def parse_quiet(text: str) -> Quiet | None:
    """`20:00-07:30`; None for `none` or nothing. Raises Unreadable with `hint`: form, same."""
    written = plain(text).strip().lower().replace("24:00", "00:00")
    if written in ("", "none"):
        return None
    found = _FROM_TO.fullmatch(written)
    start, end = (parse_clock(found[1]), parse_clock(found[2])) if found else (None, None)
    if start is None or end is None or start == end:
        raise Unreadable("check.quiet", found=text, hint="form" if start is None or end is None else "same")
    return Quiet(start, end)


def next_allowed(moment: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    if quiet is None:
        return moment
    today = moment.astimezone(zone).date()
    for evening in (today - A_DAY, today):
        morning = evening + A_DAY if quiet.end < quiet.start else evening
        end = at_local(morning, quiet.end, zone)
        if at_local(evening, quiet.start, zone) <= moment < end:
            return end
    return moment
