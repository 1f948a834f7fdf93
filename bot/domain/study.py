"""A study item is reminded of before and at its time, for those it is for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Schedule, next_after
from bot.domain.workdays import Workdays

AT_ITS_TIME = timedelta(0)
ANSWERABLE_BEFORE = timedelta(days=2)
ANSWERABLE_AFTER = timedelta(days=3)


def steps(remind: Sequence[timedelta]) -> tuple[timedelta, ...]:
    """How long before its time each message goes out, earliest first, the last one at the time itself."""
    return (*sorted({one for one in remind if one > AT_ITS_TIME}, reverse=True), AT_ITS_TIME)


def next_message(
    schedule: Schedule, remind: Sequence[timedelta], after: datetime, zone: ZoneInfo, days: Workdays, holidays: str
) -> tuple[datetime, datetime] | None:
    """The next moment a message is due strictly after `after`, and the occurrence it is about."""
    found: list[tuple[datetime, datetime]] = []
    for before in steps(remind):
        starts = next_after(schedule, after + before, zone, days, holidays)  # pyright: ignore[reportArgumentType]
        if starts is not None:
            found.append((starts - before, starts))
    return min(found, default=None)


def open_for_answer(starts_at: datetime, now: datetime) -> bool:
    """Whether a bare 参加 / 请假 / 已学 may still mean this occurrence."""
    return starts_at - ANSWERABLE_BEFORE <= now <= starts_at + ANSWERABLE_AFTER
