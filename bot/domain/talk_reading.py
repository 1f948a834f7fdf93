"""What is said of a talk that was held: the day, and the next one. Whatever goes beyond that is not for us."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.span import split_span
from bot.domain.when import A_DAY, MONTHS, WEEKDAYS, plain

Wrong = Literal["", "words", "day", "future", "next"]

FARTHEST_BACK = timedelta(days=180)  # “12月28日” said in January is last year's, “12月28日” said in March is to come
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3, "today": 0, "yesterday": 1, "明": -1, "后": -2, "tomorrow": -1}
_WEEKDAYS = (
    {name: number for number, name in enumerate("一二三四五六日")}
    | {"天": 6}
    | {name: number for number, name in enumerate(WEEKDAYS)}
)
_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_DAYS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?",
        r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?",
        r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*{_MONTH}",
        r"(?P<day>\d{1,2})[日号]",
        r"(?P<ago>大前|[今昨前明后])[天日晚]",
        r"(?P<ago>today|yesterday|tomorrow)\b",
        r"(?P<last>上)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])",
        rf"(?P<last>last\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:day)?\b",
    )
)
_BEFORE = re.compile(r"[\s,，。.;；:：、]*(?:(?:on|在|是|于)\s*(?=[\d今昨前大上周星a-z]))?", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\s*的?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚|早)?")
_NEXT = re.compile(r"(?:下次|下一次|再约|next(?:\s+time|\s+talk)?)[\s:：,，]*(?:在|是|约|on\s)?\s*", re.IGNORECASE)
# 两周后 is that very day, while a leave of two weeks ends on the evening before it.
_LENGTH = re.compile(
    r"\s*(?:in\s+)?(?:\d{1,3}|[一二两三四五六七八九十半]+|an?|one|two|three|four|five|six)\s*"
    r"(?:天|周|星期|礼拜|个半?(?:月|星期|礼拜)|days?|weeks?|months?)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:[\W_]|了|过|一次|已经|谈话|走访|(?:a )?talk\b|visit\b|done\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """`on`: the day of it, None: today. `wrong`: why it cannot be noted like that."""

    on: date | None = None
    next_on: date | None = None
    rest: str = ""
    wrong: Wrong = ""


def split_day(text: str, today: date) -> Said:
    """The day at the head of the text, if one stands there, and the rest."""
    letters = plain(text)
    start = _BEFORE.match(letters)
    begins = start.end() if start else 0
    for form in _DAYS:
        if found := form.match(letters, begins):
            on, after = _day(found.groupdict(), today), _PART_OF_DAY.match(letters, found.end())
            wrong: Wrong = "day" if on is None else "future" if on > today else ""
            return Said(on, rest=text[after.end() if after else found.end() :], wrong=wrong)
    return Said(rest=text)


def read_said(text: str, today: date, now: datetime, zone: ZoneInfo) -> Said:
    """What follows the name: a day, 下次 and a day, and nothing else."""
    said = split_day(text, today)
    before, *after = _NEXT.split(said.rest, maxsplit=1)
    if said.wrong:
        return said
    if not _NOTHING.fullmatch(plain(before)):
        return replace(said, wrong="words")
    if not after:
        return replace(said, rest="")
    until, rest = split_span(after[0], now, zone)
    if until is None:
        return replace(said, wrong="next")
    back = timedelta(0) if _LENGTH.match(plain(after[0])) else timedelta(seconds=1)
    next_on = instant.day_of(until - back, zone)
    return replace(said, next_on=next_on, rest="", wrong="" if _NOTHING.fullmatch(plain(rest)) else "words")


def _day(found: dict[str, str | None], today: date) -> date | None:
    """The last day that fits, up to today; one to come where that is half a year ago. None: there is no such day."""
    if ago := found.get("ago"):
        return today - _AGO[ago.lower()] * A_DAY
    if weekday := found.get("weekday"):
        return _weekday(weekday.lower(), today, last=bool(found.get("last")))
    day = int(found["day"] or 0)
    name = found.get("name")
    month = MONTHS.index(name.lower()) + 1 if name else int(found.get("month") or 0)
    if found.get("year"):
        return _date(int(found["year"] or 0), month, day)
    if month:
        here, before = _date(today.year, month, day), _date(today.year - 1, month, day)
        recent = before is not None and today - before <= FARTHEST_BACK
        return before if recent and (here is None or here > today) else here
    here = _date(today.year, today.month, day)
    end_of_last = today.replace(day=1) - A_DAY
    return here if here and here <= today else _date(end_of_last.year, end_of_last.month, day)


def _weekday(written: str, today: date, *, last: bool) -> date:
    number = _WEEKDAYS[written]
    monday = today - today.weekday() * A_DAY
    if last and not written.isascii():
        return monday + (number - 7) * A_DAY
    back = (today.weekday() - number) % 7
    return today - (back or (7 if last else 0)) * A_DAY


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
