"""Chinese workdays: public holidays off, make-up days on, and what the admin adds to either."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import cast

SATURDAY = 5


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

    def knows(self, year: int) -> bool:
        """Whether the holidays of the year are known, built in or because the admin gave some."""
        return _national(date(year, 1, 1)) is not None or any(day.year == year for day in self.off | self.work)


@lru_cache(maxsize=4096)
def _national(day: date) -> bool | None:
    """None: the built-in calendar does not reach that year. Cached, because asking it takes 20 µs."""
    try:
        return _calendar()(day)
    except NotImplementedError:
        return None


@cache
def _calendar() -> Callable[[date], bool]:
    return cast("Callable[[date], bool]", import_module("chinese_calendar").is_workday)
