"""A month, as people name it: 3月, 上个月, 2026年3月, March."""

import re
from datetime import date, timedelta

from bot.domain.when import MONTHS, plain

DIGITS = "一二三四五六七八九"
NUMBERS = {word: number for number, word in enumerate((*DIGITS, "十", "十一", "十二"), 1)}
THIS, LAST = ("本月", "这个月", "这月", "当月", "this month"), ("上月", "上个月", "last month")
_NUMBERED = re.compile(
    rf"(?:(?P<year>20\d\d)\s*[年/.-]\s*)?0?(?P<month>\d{{1,2}}|十[一二]?|[{DIGITS}])\s*月?份?", re.ASCII
)
_NAMED = re.compile(rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?(?:\s+(?P<year>20\d\d))?", re.ASCII | re.IGNORECASE)
_DRESS = " 的,。.!?？的份"


def month_named(text: str, today: date) -> tuple[date, date] | None:
    """Its first day and that of the next one. Without a year it is the last one that has begun. None: no month."""
    said = plain(text).strip(_DRESS).lower()
    if said in THIS:
        return _bounds(today.year, today.month)
    if said in LAST:
        before = today.replace(day=1) - timedelta(days=1)
        return _bounds(before.year, before.month)
    found = _NUMBERED.fullmatch(said) or _NAMED.fullmatch(said)
    month = _number(found["month"]) if found else 0
    if found is None or not 1 <= month <= 12:
        return None
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    return _bounds(year, month)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return NUMBERS.get(written) or MONTHS.index(written[:3].lower()) + 1


def _bounds(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1)
