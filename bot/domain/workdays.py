"""Chinese workdays: public holidays off, make-up days on, and what the admin adds to either."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import Literal, cast

SATURDAY = 5
NatureKind = Literal["workday", "weekend", "holiday", "makeup", "off", "work"]
Detail = tuple[bool, str | None]

# What the built-in calendar calls them -> the name they have in our sentences.
HOLIDAYS = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "tomb_sweeping",
    "Labour Day": "labour",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national",
}


@dataclass(frozen=True, slots=True)
class Nature:
    """What kind of day it is. `off` and `work` are the admin's own dates; `holiday` is the one it belongs to,
    or makes up for, as far as it is known."""

    kind: NatureKind
    holiday: str = ""

    @property
    def worked(self) -> bool:
        return self.kind in ("workday", "makeup", "work")


@dataclass(frozen=True, slots=True)
class Workdays:
    """The admin's own dates win over the built-in calendar. A date in both lists is a workday: a make-up
    day missed is silent, one asked in vain is heard of."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """In a year nobody knows: Monday to Friday."""
        if day in self.work or day in self.off:
            return day in self.work
        known = _national(day)
        return day.weekday() < SATURDAY if known is None else known

    def nature(self, day: date) -> Nature:
        """Why it is worked or not; agrees with `is_workday`."""
        free, named = _detail(day) or (day.weekday() >= SATURDAY, None)
        holiday = HOLIDAYS.get(named or "", "")
        by_calendar = _plain(day, free=free, marked=named is not None)
        if by_calendar.worked == self.is_workday(day):
            return Nature(by_calendar.kind, holiday)
        return Nature("work" if day in self.work else "off")

    def knows(self, year: int) -> bool:
        """Whether the holidays of the year are known, built in or because the admin gave some."""
        return _national(date(year, 1, 1)) is not None or any(day.year == year for day in self.off | self.work)


def _plain(day: date, *, free: bool, marked: bool) -> Nature:
    if free:
        return Nature("holiday" if marked else "weekend")
    return Nature("makeup" if day.weekday() >= SATURDAY else "workday")


@lru_cache(maxsize=4096)
def _national(day: date) -> bool | None:
    """None: the built-in calendar does not reach that year. Cached, because asking it takes 20 µs."""
    detail = _detail(day)
    return None if detail is None else not detail[0]


@lru_cache(maxsize=4096)
def _detail(day: date) -> Detail | None:
    """Whether it is off, and the holiday it has to do with."""
    try:
        return _calendar()(day)
    except NotImplementedError:
        return None


@cache
def _calendar() -> Callable[[date], Detail]:
    return cast("Callable[[date], Detail]", import_module("chinese_calendar").get_holiday_detail)
