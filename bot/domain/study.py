"""A study item takes place by its schedule, unless its organiser has changed that; it is reminded of before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Holidays, Schedule, next_after, occurrences
from bot.domain.workdays import Workdays

STUDIED_ALONE = ("reading", "platform")
AT_ITS_TIME = timedelta(0)
ANSWERABLE_BEFORE = timedelta(days=2)
ANSWERABLE_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Session:
    """One occurrence. `planned_at` is when the schedule has it and names it; `starts_at` is when it takes place.

    `remote_counts`: what the organiser decided of those who joined from afar; None: nothing yet.
    """

    item: str
    planned_at: datetime
    starts_at: datetime
    cancelled: bool = False
    speaker: str = ""
    material: str = ""
    roll_at: datetime | None = None
    remote_counts: bool | None = None

    @property
    def moved(self) -> bool:
        return self.starts_at != self.planned_at


@dataclass(frozen=True, slots=True)
class Timetable:
    """When an item takes place by its schedule, and the `told` occurrences of which there is more to say."""

    schedule: Schedule
    zone: ZoneInfo
    days: Workdays
    holidays: Holidays
    told: Sequence[Session] = ()

    def after(self, moment: datetime) -> datetime | None:
        """The next start strictly after `moment` of an occurrence nothing more is said of."""
        told = {one.planned_at for one in self.told}
        found = next_after(self.schedule, moment, self.zone, self.days, self.holidays)
        while found is not None and found in told:
            found = next_after(self.schedule, found, self.zone, self.days, self.holidays)
        return found

    def between(self, item: str, since: datetime, until: datetime) -> list[Session]:
        """Those that start after `since` and not after `until`, the cancelled ones too, by their hour."""
        told = {one.planned_at for one in self.told}
        planned = occurrences(self.schedule, since, until, self.zone, self.days, self.holidays)
        plain = [Session(item, at, at) for at in planned if at not in told]
        return sorted([*plain, *(one for one in self.told if since < one.starts_at <= until)], key=_hour)


def _hour(session: Session) -> datetime:
    return session.starts_at


def steps(remind: Sequence[timedelta]) -> tuple[timedelta, ...]:
    """How long before its time each message goes out, earliest first, the last one at the time itself."""
    return (*sorted({one for one in remind if one > AT_ITS_TIME}, reverse=True), AT_ITS_TIME)


def next_messages(
    timetable: Timetable, remind: Sequence[timedelta], after: datetime
) -> list[tuple[datetime, datetime]]:
    """The next moment strictly after `after` at which messages are due, with each occurrence they are about.

    There may be several: today's lesson begins at the hour at which one is reminded of tomorrow's.
    """
    starts = [(before, timetable.after(after + before)) for before in steps(remind)]
    found = sorted([*((one - before, one) for before, one in starts if one), *_told(timetable, remind, after)])
    return [one for one in found if one[0] == found[0][0]]


def _told(timetable: Timetable, remind: Sequence[timedelta], after: datetime) -> Iterator[tuple[datetime, datetime]]:
    for one in timetable.told:
        for before in steps(remind) if not one.cancelled else ():
            if one.starts_at - before > after:
                yield one.starts_at - before, one.starts_at


def open_for_answer(starts_at: datetime, now: datetime) -> bool:
    """Whether a bare 参加 / 请假 / 已学 may still mean this occurrence."""
    return starts_at - ANSWERABLE_BEFORE <= now <= starts_at + ANSWERABLE_AFTER


def fits(form: str, answer: str) -> bool:
    """已学 is said of what one studies alone, 参加 and 请假 of what takes place."""
    return (form in STUDIED_ALONE) == (answer == "done")
