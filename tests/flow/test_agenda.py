"""The calendar says what the real program does."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.agenda.branches import of_the_file
from bot.agenda.lines import Line, View, lines, unknown_years
from bot.config.load import read
from bot.config.model import Config
from bot.preview import messages
from tests.town import ZONE, moment, town_with

URUMQI = """
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-04-28
to = 2026-05-08
time_zone = "Asia/Urumqi"
liaison = ["wu"]
members = ["zhao"]
report = { ask = "daily 19:30", holidays = "keep" }
[study.friday]
title = "周五课堂"
when = "fri 19:50"
remind = ["1d", "30m"]
holidays = "after"
[limits]
together = "0m"
prompts_per_day = 20
"""
MAY = town_with(
    ("from = 2026-03-02", "from = 2026-04-27"),
    ("to = 2026-05-29", "to = 2026-05-12"),
    ("approval", 'report = { ask = "mon,thu 17:40", holidays = "before" }\napproval'),
    ('language = "en"', 'language = "zh"'),
    more=URUMQI,
)


def config_of(text: str) -> Config:
    return read(text, Path("config.toml"))


def seen(config: Config, first: str, days: int) -> list[Line]:
    start = date.fromisoformat(first)
    return lines(View(config, tuple(of_the_file(config)), start, start + timedelta(days=days - 1)))


@pytest.fixture(scope="module")
def heard() -> list[tuple[datetime, str]]:
    letters = asyncio.run(messages(config_of(MAY), moment("2026-04-27 00:00"), 17))
    return [(one.at, one.text) for one in letters]


SAID = {
    "opens": "你是成员",
    "asks": "这几天怎么样？",
    "extends": "延期还是结束？",
    "closes": "结束了，辛苦了！",
    "reminds": "【课堂】周五课堂，5月",
    "studies": "【课堂】周五课堂，时间到了",
}


@pytest.mark.parametrize("what", SAID)
def test_every_message_comes_when_the_calendar_says_and_no_other(what: str, heard: list[tuple[datetime, str]]) -> None:
    told = {line.sent_at for line in seen(config_of(MAY), "2026-04-27", 17) if line.what == what and line.sent_at}
    assert told == {at for at, text in heard if SAID[what] in text} != set()


def test_a_digest_comes_at_no_other_hour_than_the_calendar_says(heard: list[tuple[datetime, str]]) -> None:
    told = {line.sent_at for line in seen(config_of(MAY), "2026-04-27", 17) if line.what == "digest_daily"}
    assert {at for at, text in heard if "摘要：" in text} <= told


def hours(found: list[Line], what: str) -> list[str]:
    return [f"{line.at.astimezone(ZONE):%m-%d %H:%M}" if line.at else "-" for line in found if line.what == what]


def test_what_a_holiday_moves_out_of_the_branch_is_said_where_it_was_named() -> None:
    text = town_with(("2026-03-02", "2026-05-01"), ("approval", 'report = { holidays = "before" }\napproval'))
    found = [line for line in seen(config_of(text), "2026-05-01", 7) if line.what == "asks"]
    assert [(line.day.day, line.at is None, [why.kind for why in line.reasons]) for line in found] == [
        (4, True, ["before", "outside"]),
        (7, False, []),
    ]


def test_a_question_that_quiet_hours_make_too_late_is_not_sent() -> None:
    text = town_with(("approval", 'report = { ask = "daily 23:00", due = "2h" }\napproval'))
    (line,) = [line for line in seen(config_of(text), "2026-03-03", 1) if line.what == "asks"]
    assert (line.at is not None, line.sent_at) == (True, None)


def test_a_reminder_stands_under_its_own_day() -> None:
    text = town_with(more='[study.a]\ntitle = "周五课堂"\nwhen = "fri 15:10"\nremind = ["3d"]\n')
    assert hours(seen(config_of(text), "2026-03-10", 1), "reminds") == ["03-10 15:10"]
    assert hours(seen(config_of(text), "2026-03-10", 4), "studies") == ["03-13 15:10"]


def test_digests_are_shown_only_while_a_branch_runs() -> None:
    found = seen(config_of(town_with()), "2026-02-26", 200)
    assert hours(found, "digest_daily")[0] == "03-02 18:20"
    assert hours(found, "digest_daily")[-1] == "05-29 18:20"
    weekly, monthly = hours(found, "digest_weekly"), hours(found, "digest_monthly")
    assert (weekly[0], weekly[-1]) == ("03-06 16:40", "06-05 16:40")
    assert monthly == ["03-03 09:10", "04-03 09:10", "05-03 09:10", "06-03 09:10"]


def test_a_year_nobody_knows_is_named_where_something_goes_by_it() -> None:
    far = town_with(("2026-05-29", "2027-05-29"))
    view = View(config_of(far), (), date(2026, 12, 1), date(2027, 2, 1))
    assert unknown_years(view) == [2027]
    without = config_of(
        far + '[digest]\ndaily = "none"\nweekly = "none"\nmonthly = "none"\n[calendar]\noff = [2027-01-01]\n'
    )
    assert unknown_years(View(without, (), date(2026, 12, 1), date(2027, 2, 1))) == []
    nothing_minds = config_of(far + '[digest]\ndaily = "none"\nweekly = "none"\nmonthly = "none"\n')
    assert unknown_years(View(nothing_minds, (), date(2026, 12, 1), date(2027, 2, 1))) == []
