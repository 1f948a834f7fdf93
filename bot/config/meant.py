"""The schedule that was probably meant by one that cannot be read."""

import re
from contextlib import suppress
from difflib import get_close_matches

from bot.domain import cadence
from bot.domain.when import WEEKDAYS, plain
from bot.errors import Unreadable

WORDS = ("daily", "workdays", "every", "weeks", "monthly", "last", "quarterly", "yearly", *WEEKDAYS)
FULL_NAMES = {
    name: name[:3] for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
} | {"tues": "tue", "thur": "thu", "thurs": "thu", "everyday": "daily", "workday": "workdays", "weekdays": "workdays"}
SAID = (
    (re.compile(r"每[天日]"), "daily "),
    (re.compile(r"每?个?工作日"), "workdays "),
    (re.compile(r"每月\s*(\d{1,2})\s*[日号]"), r"monthly \1 "),
    (re.compile(r"每月(?:最后一天|月?底)"), "monthly last "),
    (re.compile(r"(\d)\s*点\s*(\d\d)\s*分?"), r"\1:\2"),
    (re.compile(r"(\d)\s*点"), r"\1:00"),
    (re.compile(r"[和及]|\s+and\s+"), ","),
)
ON_WEEKDAY = re.compile(r"每?(?:周|星期|礼拜)([一二三四五六日天])\s*")
FROM_TO = re.compile(rf"\b({'|'.join(WEEKDAYS)})\s*[-~]\s*({'|'.join(WEEKDAYS)})\b")
NUMERALS = "一二三四五六日天"


def schedule_meant(text: str) -> str | None:
    """Chinese words, whole names of days, `mon-fri` and misspelt words put right; None: even so it is no schedule."""
    words = plain(text).lower()
    for said, means in SAID:
        words = said.sub(means, words)
    words = ON_WEEKDAY.sub(lambda found: f"{WEEKDAYS[min(NUMERALS.index(found[1]), 6)]} ", words)
    words = re.sub(r"[a-z]+", _word, words)
    words = re.sub(r"\s*,\s*", ",", FROM_TO.sub(_days_between, words)).strip()
    with suppress(Unreadable):
        cadence.parse(words)
        return " ".join(words.split())
    return None


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if word in WORDS or word in FULL_NAMES:
        return FULL_NAMES.get(word, word)
    return next(iter(get_close_matches(word, WORDS, 1, 0.6)), word)


def _days_between(found: re.Match[str]) -> str:
    first, last = WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2])
    return ",".join(WEEKDAYS[first : last + 1]) if first < last else found[0]
