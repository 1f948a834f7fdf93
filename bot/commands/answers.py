"""What is typed at a question of `lianxin init`, read as the file's own readers read it."""

import re
from dataclasses import dataclass
from datetime import date

from bot.config import fields
from bot.domain import gate
from bot.domain.when import WEEKDAYS, parse_clock, plain
from bot.errors import Unreadable

NOTHING = "-"
APPROVAL_PARTS = ("by", "number", "date")
LANGUAGES = {"1": "zh", "2": "en", "中文": "zh", "english": "en"}
KINDS = {"1": "case", "2": "training", "3": "secondment", "办案": "case", "培训": "training", "借调": "secondment"}
TELLING = {
    "training": r"培训|轮训|学习|training|course",
    "secondment": r"借调|挂职|second",
    "case": r"专班|专案|办案|\bcase",
}
DAYS_OF_ASKING = "mon,thu"
BETWEEN_NAMES = re.compile(r"[、，,；;]+")
HAN = re.compile(r"[\u3400-\u9fff]")
BETWEEN_PARTS = re.compile(r"\s*[，,；;]\s*")
DATE = re.compile(r"(?:(?P<year>20\d\d)\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?")
EVERY_DAY, EVERY_WORKDAY = re.compile(r"每[天日]\s*"), re.compile(r"(?:每个?)?工作日\s*")
WEEK = r"(?:周|星期|礼拜)"
ON_WEEKDAYS = re.compile(rf"每?{WEEK}[一二三四五六日天](?:\s*[,和及]?\s*{WEEK}?[一二三四五六日天])*\s*")
NUMERALS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


@dataclass(frozen=True, slots=True)
class Approval:
    by: str
    number: str
    date: date


def language(typed: str) -> str:
    return fields.choice("zh", "en")(LANGUAGES.get(typed.lower(), typed))


def kind(typed: str) -> str:
    return fields.choice("case", "training", "secondment")(KINDS.get(typed, typed))


def kind_told_by(name: str) -> str:
    """What the branch's name says it is for; empty: nothing."""
    return next((kind for kind, words in TELLING.items() if re.search(words, name, re.IGNORECASE)), "")


def branch_name(typed: str) -> str | None:
    """None: no branch yet. A case number is refused, as in the file."""
    if typed == NOTHING:
        return None
    if gate.scan(typed):
        raise Unreadable("check.secret_name")
    return fields.name(typed)


def names(typed: str) -> tuple[str, ...]:
    """People, with a comma between them; between Chinese names a space will do."""
    parts = [part.split() for part in BETWEEN_NAMES.split(typed)]
    found = tuple(fields.name(one) for part in parts for one in _whole_names(part))
    for one in found:
        if found.count(one) > 1:
            raise Unreadable("init.twice", found=fields.shown(one))
    return found or (fields.word(""),)


def _whole_names(pieces: list[str]) -> list[str]:
    """A single character is a name that was spread out to look even: it goes with what follows."""
    if not HAN.search("".join(pieces)):
        return [" ".join(pieces)] if pieces else []
    found: list[str] = []
    for piece in pieces:
        if found and len(found[-1]) == 1:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def names_or_later(typed: str) -> tuple[str, ...]:
    """None at all: they come by workbook."""
    return () if typed == NOTHING else names(typed)


def some_of(typed: str, members: tuple[str, ...]) -> tuple[str, ...]:
    found = () if typed == NOTHING else names(typed)
    for one in found:
        if one not in members:
            raise Unreadable("init.no_member", found=fields.shown(one))
    return found


def first_and_last(typed: str, today: date) -> tuple[date, date]:
    """Two days. Without a year the first is this year's, and the last the next such day after it."""
    found = list(DATE.finditer(plain(typed)))
    if len(found) != 2:
        raise Unreadable("check.not_date", found=fields.shown(typed))
    opens = _day(found[0], today.year)
    closes = _day(found[1], opens.year)
    if closes < opens and not found[1]["year"]:
        closes = _day(found[1], opens.year + 1)
    if closes < opens:
        raise Unreadable("check.dates_backwards", opens=opens, closes=closes)
    if closes < today:
        raise Unreadable("init.over", closes=closes.isoformat())
    return opens, closes


def _day(found: re.Match[str], year: int) -> date:
    try:
        return fields.day(date(int(found["year"] or year), int(found["month"]), int(found["day"])))
    except ValueError as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable("check.not_date", found=fields.shown(found[0])) from None


def approval(typed: str, today: date) -> Approval | None:
    """By whom, its number and its date; None: there is none."""
    if typed == NOTHING:
        return None
    parts = [part for part in BETWEEN_PARTS.split(typed) if part]
    if len(parts) > len(APPROVAL_PARTS):
        raise Unreadable("init.approval_long", count=len(parts))
    if len(parts) < len(APPROVAL_PARTS):
        raise Unreadable("check.approval_incomplete", names=", ".join(APPROVAL_PARTS[len(parts) :]))
    found = DATE.search(plain(parts[2]))
    given = _day(found, today.year) if found else fields.day(parts[2])
    return Approval(fields.name(parts[0]), fields.name(parts[1]), given)


def ask(typed: str) -> str:
    """A schedule as the file writes it. An hour alone is asked at on the usual days; Chinese days are read too."""
    words = EVERY_WORKDAY.sub("workdays ", EVERY_DAY.sub("daily ", plain(typed)))
    words = " ".join(ON_WEEKDAYS.sub(_weekdays, words).split())
    return fields.schedule(f"{DAYS_OF_ASKING} {words}" if parse_clock(words) else words).text


def _weekdays(found: re.Match[str]) -> str:
    named = [NUMERALS[one] for one in found[0] if one in NUMERALS]
    return ",".join(WEEKDAYS[one] for one in dict.fromkeys(named)) + " "


def port(typed: str) -> int:
    """Of this machine."""
    return int(fields.listen(f"127.0.0.1:{plain(typed)}").rpartition(":")[2])
