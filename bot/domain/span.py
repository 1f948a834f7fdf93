"""Until when, as people write it: 48小时, 三天, 到周五晚上8点, until Friday 18:00."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.when import A_DAY, FARTHEST, MONTHS, WEEKDAYS, at_local, plain

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DIGITS, TEN, A_HALF_MORE = "一二三四五六七八九", "十", "个半"
_NUMBERS = {"两": 2, "俩": 2, "日": 7, "天": 7, "末": 7, "a": 1, "an": 1, "半": 0.5, "half": 0.5} | {
    word: number for row in (_DIGITS, _ENGLISH, MONTHS, WEEKDAYS) for number, word in enumerate(row, 1)
}
_SPANS = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10_080, "months": 43_200}
_WEEKS_AHEAD = {"": (0, 1), "本": (0,), "这": (0,), "this": (0,), "下": (1,), "next": (1,), "下下": (2,)}
_DAYS_AHEAD = {"今": 0, "明": 1, "后": 2, "大后": 3, "today": 0, "to": 0, "tomorrow": 1, "after": 2}
# The earliest hour each part of a day can mean, and the hour at which it is over.
_PARTS = (
    dict.fromkeys(("凌晨", "a"), (0, 6))
    | dict.fromkeys(("清晨", "早晨", "早上", "早"), (4, 9))
    | dict.fromkeys(("上午", "morning"), (4, 12))
    | dict.fromkeys(("中午", "noon"), (10, 12))
    | dict.fromkeys(("下午", "p", "afternoon"), (12, 18))
    | {"傍晚": (15, 19)}
    | dict.fromkeys(("晚上", "夜里", "半夜", "晚", "evening", "night", "midnight"), (17, 24))
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE | re.VERBOSE)


_TENS = rf"[{_DIGITS}]?十[{_DIGITS}]?"
_N = rf"(?:\d{{1,2}}|{_TENS}|[两俩{_DIGITS}])"
_LEAD = _form(r"""[\s,:;。]* (?: (?:从|自|from\s+)? (?:现在|即日|今天|今日|now|today)
    (?:起|开始|(?=\s*(?:到|至|to\b|until\b))) [\s,]* )? (?:for\s+|in\s+|再?过)?""")
_SPAN = _form(rf"""(?P<count>\d{{1,4}}(?:\.\d)?|半|{_N}|(?:half|an?|{"|".join(_ENGLISH)})\b) (?:\s+an?\b)?
    \s* (?P<half>个半|个)? \s*
    (?: (?P<minutes>分钟|min(?:ute)?s?|m) | (?P<days>天|days?|d) | (?P<weeks>周|星期|礼拜|weeks?|w)
      | (?P<hours>(?:小时|钟头|hours?|hrs?|h)(?:\s*(?:零|又|and\s)?\s*(?P<plus>{_N})\s*(?:分钟?|min(?:ute)?s?|m))?)
      | (?P<months>(?<=[个半])月|months?) ) (?![a-z]) (?P<more>半(?!夜))?
    (?! \s*(?:之前|以前|前|ago\b) | \d | \s*[-~到至]\s*{_N} )""")
_TO = _form(r"(?: 一?直到 | 截至 | 截止到? | 持续到 | 等到 | 到 | 至 | (?:until|till?|to|through|by)\s ) \s*")
_RANGE = _form(r"\s* (?: (?P<onwards>起|开始) | 到 | 至 | [-~] | (?:to|until)\s ) \s*")
_TAIL = _form(r"\s*(?: 之[内前后] | 以[内前后] | 左右 | 为止 | [内前后止](?=[\s,.;。]|$) )?[\s,.;:。-]*")
_CLOCK = _form(rf"""\s* (?:的|at\s)? \s*
    (?P<part>凌晨|清晨|早晨|早上|早(?!点)|上午|中午|下午|傍晚|晚上|晚(?!点)|夜里|半夜
      |(?:morning|noon|afternoon|evening|midnight|night)\b)? \s*
    (?: (?: (?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?!\d) | (?P<bare>\d{{1,2}})(?=\s*[ap]\.?m\b)
          | (?:at\s+)?(?P<oclock>\d{{1,2}})\s*o'?clock\b
          | (?:at\s+|(?<=at\s)|(?<=til\s)|(?<=till\s)|(?<=by\s))(?P<at>\d{{1,2}})(?![\d:.])
          | (?P<vague>{_N})\s*[点时] (?: 钟 | 整 | (?P<half>半) | 零?(?P<past>\d\d(?!\d)|{_TENS}|{_N}(?=分))分? )? )
        (?:\s*(?P<meridiem>[ap])\.?m\b\.?)? )?""")
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_DAY_FORMS = (
    _form(r"(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?:[日号]|(?!\d))"),
    _form(rf"(?P<month>{_N})\s*月份?\s*(?P<day>{_N})\s*(?:[日号]|(?![\d个十{_DIGITS}]))"),
    _form(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"),
    _form(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\b"),
    _form(rf"(?P<day>{_N})\s*号(?![楼线院室车])"),
    _form(rf"(?:本|这个?|(?P<month>{_N}))?月(?P<last>[底末])"),
    _form(r"(?P<which>下下|下|本|这)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])"),
    _form(rf"(?:(?P<which>next|this)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:day)?\b"),
    _form(r"(?P<ahead>大后|[今明后])(?:[天日]|(?=[早晚]))"),
    _form(r"(?P<ahead>today\b|to(?=night\b)|tomorrow\b)"),
    _form(r"(?:the\s+)?day\s+(?P<ahead>after)\s+tomorrow\b"),
)
# Without 到 before them these may as well be a fraction, a score or a number of days.
_DAY_FORMS_AFTER_TO = (
    _form(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?![\d:/])"),
    _form(rf"(?P<day>{_N})\s*日"),
)


Named = Literal["length", "hour", "day", "weekday", "date"]


@dataclass(frozen=True, slots=True)
class Span:
    """Every moment the head of a text may mean, nearest first: those to come within 366 days, and the last one gone.

    `named`: the words by which; `half`: they leave open which half of the day. `rest`: what follows them.
    """

    ahead: tuple[datetime, ...]
    gone: datetime | None
    named: Named
    half: bool
    rest: str


def split_span(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """Until when, in UTC, as the head of the text says, and the rest; (None, text) if it is not clear, past
    or over 366 days away.

    Hours count from now, 半天 is twelve of them. Days are calendar days: today is the first, and the last
    ends at 24:00; so does a date without an hour. What has no year, week or half of the day is the nearest to come.
    """
    found = find_span(text, now, zone)
    return (found.ahead[0], found.rest) if found else (None, text)


def find_span(text: str, now: datetime, zone: ZoneInfo) -> Span | None:
    """All that the head of the text may mean; None if it names no moment to come."""
    letters, local = plain(text), now.astimezone(zone)
    lead = _LEAD.match(letters)
    for read in (_read_span, _read_end):
        said = read(letters, lead.end() if lead else 0, local, zone)
        ahead = tuple(sorted({one for one in said.moments if now < one <= now + FARTHEST}))
        between = _RANGE.match(letters, said.end)
        begins = between and (between["onwards"] or _read_end(letters, between.end(), local, zone).moments)
        if ahead and not begins:  # the start of a stretch is not its end
            tail = _TAIL.match(letters, said.end)
            rest = text[tail.end() if tail else said.end :].rstrip()
            return Span(ahead, max((one for one in said.moments if one <= now), default=None), *said.how, rest)
    return None


def clock_times(text: str) -> list[time]:
    """The hours of a day that a text names and nothing else: 19:30; 7点半 is two of them. None: it names no hour."""
    letters = plain(text).strip()
    found = _CLOCK.match(letters)
    end = _TAIL.match(letters, found.end()) if found else None
    minutes = _minutes(found, told=False) if found and end and end.end() == len(letters) else None
    return [time(*divmod(minute % 1440, 60)) for minute in minutes or ()]


@dataclass(frozen=True, slots=True)
class _Said:
    """Every moment the words may mean, and where they end."""

    moments: list[datetime]
    end: int
    how: tuple[Named, bool] = ("length", False)


def _read_span(letters: str, start: int, local: datetime, zone: ZoneInfo) -> _Said:
    found = _SPAN.match(letters, start)
    if not found:
        return _Said([], start)
    count = _number(found["count"]) + (0.5 if found["half"] == A_HALF_MORE or found["more"] else 0)
    minutes = count * next(unit for name, unit in _SPANS.items() if found[name])
    if found["minutes"] or found["hours"] or minutes < 1440:
        return _Said([local.astimezone(UTC) + timedelta(minutes=minutes + _number(found["plus"]))], found.end())
    after = local.date() + ceil(minutes / 1440) * A_DAY
    return _Said([at_local(after, time(), zone)], found.end())


def _read_end(letters: str, start: int, local: datetime, zone: ZoneInfo) -> _Said:
    to = _TO.match(letters, start)
    days, after_day, named = _read_day(letters, to.end() if to else start, local.date(), after_to=to is not None)
    clock = _CLOCK.match(letters, after_day)
    minutes = _minutes(clock, told=to is not None or days is not None) if clock else None
    if days is None and minutes is None:
        return _Said([], start)
    end = clock.end() if clock and minutes is not None else after_day
    half = len(minutes or ()) > 1
    days = [local.date(), local.date() + A_DAY] if days is None else days
    hours = [divmod(minute, 1440) for minute in ([1440] if minutes is None else minutes)]
    moments = [at_local(day + over * A_DAY, time(*divmod(left, 60)), zone) for day in days for over, left in hours]
    return _Said(moments, end, (named, half))


def _number(written: str | None) -> float:
    """Of `12`, `1.5`, `十二`, `half`, `mar`; nothing written is none."""
    if not written or written[0] in "0123456789":
        return float(written or 0)
    tens, ten, ones = written.lower().partition(TEN)
    return 10 * _NUMBERS.get(tens, 1) + _NUMBERS.get(ones, 0) if ten else _NUMBERS[tens]


def _minutes(clock: re.Match[str], *, told: bool) -> list[int] | None:
    """Minutes after midnight the words may mean. None: they name no hour."""
    vague = clock["vague"] or clock["at"] or clock["oclock"]
    written, part = clock["hour"] or clock["bare"] or vague, (clock["part"] or clock["meridiem"] or "").lower()
    if not written:
        return [_PARTS[part][1] * 60] if part and told else None
    hour = int(_number(written))
    minute = 30 if clock["half"] else int(_number(clock["minute"] or clock["past"]))
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    if not part and not (vague and 0 < hour <= 12):
        return [hour * 60 + minute]
    earliest = _PARTS[part][0] if part else 7
    base = hour % 12 if hour <= 12 else hour
    possible = [one * 60 + minute for one in (base, base + 12, base + 24) if one >= earliest]
    return possible[:1] if part else possible[:2]


def _read_day(letters: str, start: int, today: date, *, after_to: bool) -> tuple[list[date] | None, int, Named]:
    """The days the words may mean, and by what; None: they name no day."""
    for form in (*_DAY_FORMS, *(_DAY_FORMS_AFTER_TO if after_to else ())):
        if found := form.match(letters, start):
            names = found.groupdict()
            named: Named = "day" if "ahead" in names else "weekday" if "weekday" in names else "date"
            return _days(names, today), found.end(), named
    return None, start, "hour"


def _days(found: dict[str, str | None], today: date) -> list[date]:
    if ahead := found.get("ahead"):
        return [today + _DAYS_AHEAD[ahead.lower()] * A_DAY]
    if weekday := found.get("weekday"):
        this_week = today + (int(_number(weekday)) - today.isoweekday()) * A_DAY
        return [this_week + timedelta(weeks=ahead) for ahead in _WEEKS_AHEAD[(found["which"] or "").lower()]]
    year, month, day = today.year, int(_number(found.get("month"))), int(_number(found.get("day")))
    if found.get("year"):
        months = [(int(_number(found["year"])), month)]
    elif month:
        months = [(year, month), (year + 1, month)]
    else:
        months = [(year + (today.month + ahead) // 12, (today.month + ahead) % 12 + 1) for ahead in (-1, 0, 1)]
    lasts = [date(*one, monthrange(*one)[1]) for one in months if 0 < one[1] <= 12]
    return lasts if found.get("last") else [last.replace(day=day) for last in lasts if 0 < day <= last.day]
