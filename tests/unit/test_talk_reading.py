"""What is said after the name: a day, the next one, and nothing that we would keep."""

from datetime import date

import pytest

from bot.domain.talk_reading import read_said, split_day
from tests.town import ZONE, moment

TODAY = date(2026, 3, 4)  # a Wednesday
NOW = moment("2026-03-04 10:00")


def said(text: str) -> tuple[str, str, str]:
    found = read_said(text, TODAY, NOW, ZONE)
    on, following = (f"{day:%Y-%m-%d}" if day else "" for day in (found.on, found.next_on))
    return on, following, found.wrong


DAYS = """
今天|2026-03-04
昨天|2026-03-03
昨天下午|2026-03-03
前天|2026-03-02
大前天|2026-03-01
周一|2026-03-02
周三|2026-03-04
周五|2026-02-27
上周五|2026-02-27
上周一|2026-02-23
星期天|2026-03-01
3月2日|2026-03-02
3月2号上午|2026-03-02
2月28|2026-02-28
3.2|2026-03-02
12月28日|2025-12-28
2026-03-01|2026-03-01
2026年3月1日|2026-03-01
2号|2026-03-02
28日|2026-02-28
today|2026-03-04
yesterday|2026-03-03
on 2 March|2026-03-02
March 2|2026-03-02
2nd Mar.|2026-03-02
Monday|2026-03-02
last Wednesday|2026-02-25
last fri|2026-02-27
"""


@pytest.mark.parametrize("line", DAYS.strip().split("\n"))
def test_a_day_is_the_last_that_fits(line: str) -> None:
    written, day = line.split("|")
    assert said(written) == (day, "", "")


@pytest.mark.parametrize("text", ["", "了", "过了。", "👍", "，", "一次", "已经谈话", "done"])
def test_words_that_say_nothing_are_passed_over(text: str) -> None:
    assert said(text) == ("", "", "")


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("下次 4月1日", "2026-04-01"),
        ("下次到4月1日", "2026-04-01"),
        ("，下次：下周一", "2026-03-09"),
        ("下次 明天", "2026-03-05"),
        ("下次 两周后", "2026-03-18"),
        ("下一次 10天后", "2026-03-14"),
        ("下次 一个月后", "2026-04-03"),
        ("next 1 April", "2026-04-01"),
        ("next time in two weeks", "2026-03-18"),
        ("next Friday", "2026-03-06"),
    ],
)
def test_the_next_one_is_a_day_to_come(text: str, following: str) -> None:
    assert said(text)[1:] == (following, "")


def test_both_days_may_be_said() -> None:
    assert said("昨天，下次 4月1日") == ("2026-03-03", "2026-04-01", "")
    assert said("yesterday next 1 April") == ("2026-03-03", "2026-04-01", "")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2月30日", "day"),
        ("13月1日", "day"),
        ("明天", "future"),
        ("3月20日", "future"),
        ("2027-01-01", "future"),
        ("tomorrow", "future"),
        ("下次 有空", "next"),
        ("下次", "next"),
        ("下次 昨天", "next"),
        ("她说家里老人病了", "words"),
        ("昨天 她很累", "words"),
        ("下次 4月1日 看看病好没好", "words"),
        ("she is tired", "words"),
        ("tired yesterday", "words"),
    ],
)
def test_what_cannot_be_noted_says_why(text: str, wrong: str) -> None:
    assert said(text)[2] == wrong


def test_a_day_at_the_head_leaves_the_rest() -> None:
    assert split_day("3月2日 陈晓", TODAY).rest.strip() == "陈晓"
    assert split_day("陈晓 3月2日", TODAY).rest == "陈晓 3月2日"
