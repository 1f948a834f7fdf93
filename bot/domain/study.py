"""A study item is reminded of before and at its time, for those it is for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Holidays, Schedule, next_after
from bot.domain.workdays import Workdays

STUDIED_ALONE = ("reading", "platform")
AT_ITS_TIME = timedelta(0)
ANSWERABLE_BEFORE = timedelta(days=2)
ANSWERABLE_AFTER = timedelta(days=3)


def steps(remind: Sequence[timedelta]) -> tuple[timedelta, ...]:
    """How long before its time each message goes out, earliest first, the last one at the time itself."""
    return (*sorted({one for one in remind if one > AT_ITS_TIME}, reverse=True), AT_ITS_TIME)


def next_messages(
    schedule: Schedule, remind: Sequence[timedelta], after: datetime, zone: ZoneInfo, days: Workdays, holidays: Holidays
) -> list[tuple[datetime, datetime]]:
    """The next moment strictly after `after` at which messages are due, with each occurrence they are about.

    There may be several: today's lesson begins at the hour at which one is reminded of tomorrow's.
    """
    starts = [(before, next_after(schedule, after + before, zone, days, holidays)) for before in steps(remind)]
    found = sorted((one - before, one) for before, one in starts if one is not None)
    return [one for one in found if one[0] == found[0][0]]


def open_for_answer(starts_at: datetime, now: datetime) -> bool:
    """Whether a bare 参加 / 请假 / 已学 may still mean this occurrence."""
    return starts_at - ANSWERABLE_BEFORE <= now <= starts_at + ANSWERABLE_AFTER


def fits(form: str, answer: str) -> bool:
    """已学 is said of what one studies alone, 参加 and 请假 of what takes place."""
    return (form in STUDIED_ALONE) == (answer == "done")
