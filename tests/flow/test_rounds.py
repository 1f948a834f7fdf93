"""Rounds by the calendar: asked at their hours, answered early or late, with a roster that stays as it was."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain import instant
from tests.town import ZONE, Town, town, town_with

LAST = "to = 2026-05-29"
LIAISON = 'liaison = ["zhou", "wu"]'


def asks(report: str, first: str = "2026-03-02", last: str = "2026-05-29", more: str = "") -> str:
    """The town's branch with that report rule and those days."""
    return town_with(
        ("from = 2026-03-02", f"from = {first}"),
        (LAST, f"to = {last}"),
        (LIAISON, f"{LIAISON}\nreport = {report}"),
        more=more,
    )


async def asked_at(t: Town, zone: ZoneInfo = ZONE) -> list[str]:
    rows = await t.rows("SELECT ask_at FROM round WHERE state <> 'skipped' ORDER BY ask_at")
    return [f"{instant.parse(row['ask_at']).astimezone(zone):%m-%d %H:%M}" for row in rows]


async def test_the_question_comes_at_its_hour_to_everyone_once() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:39")
        assert await t.owed("report.question") == []
        await t.until("2026-03-02 17:40")
        assert await t.owed("report.question") == ["chen", "li", "sun", "wang", "zhao"]
        assert "3月3日（周二）13:40前答就行" in (await t.heard("li"))[-1]


async def test_an_answer_the_evening_before_counts_and_she_is_not_asked() -> None:
    async with town() as t:
        await t.until("2026-03-02 18:00")
        await t.talk("li", "1")
        await t.until("2026-03-04 19:00")
        assert "提前答，算3月5日（周四）17:40那次" in await t.talk("li", "1")
        await t.until("2026-03-05 18:00")
        assert (await t.owed("report.question"))[5:] == ["chen", "sun", "wang", "zhao"]
        rows = await t.rows("SELECT late FROM report WHERE member = 'li' AND answered_at IS NOT NULL")
        assert [row["late"] for row in rows] == [0, 0]


async def test_before_the_early_hours_nothing_can_be_answered() -> None:
    async with town() as t:
        await t.until("2026-03-04 17:39")
        assert [row["id"] for row in await t.rows("SELECT id FROM round")] == ["qingfeng/2026-03-02T09:40:00Z"]
        await t.until("2026-03-04 17:40")
        assert len(await t.rows("SELECT id FROM round")) == 2


async def test_a_late_answer_is_accepted_marked_and_reaches_the_reader() -> None:
    async with town() as t:
        await t.until("2026-03-03 18:00")
        assert "晚到" in await t.talk("li", "思想一般")
        [report] = await t.rows("SELECT late FROM report WHERE member = 'li' AND answered_at IS NOT NULL")
        assert report["late"] == 1
        await t.until("2026-03-03 18:20")
        [digest] = [text for text in await t.heard("zhou") if text.startswith("📋")]
        assert "李明：思想一般（晚到）" in digest


async def test_an_answer_at_the_last_minute_is_not_late() -> None:
    async with town() as t:
        await t.until("2026-03-03 13:40")
        assert "晚到" not in await t.talk("li", "1")


async def test_the_roster_is_frozen_when_a_round_opens(tmp_path: Path) -> None:
    without = town_with(('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "wang", "zhao"]'))
    async with town(without, folder=tmp_path) as t:
        await t.until("2026-03-04 18:00")  # Thursday's round is open for early answers
    async with town(at="2026-03-04 18:01", folder=tmp_path) as t:
        assert "you are a member" in (await t.heard("sun"))[-1]
        await t.until("2026-03-05 18:00")
        assert "sun" not in await t.owed("report.question")
        await t.until("2026-03-09 18:00")
        assert (await t.owed("report.question"))[-5:] == ["chen", "li", "sun", "wang", "zhao"]


async def test_who_refuses_is_not_asked_and_who_agrees_again_is() -> None:
    async with town() as t:
        await t.talk("li", "不同意")
        await t.until("2026-03-02 18:00")
        assert "li" not in await t.owed("report.question")
        await t.until("2026-03-04 18:00")
        assert len(await t.rows("SELECT 1 FROM report WHERE member = 'li'")) == 1  # Monday's roster was made before
        await t.talk("li", "同意")
        await t.until("2026-03-09 18:00")
        assert "li" in await t.owed("report.question")


# Spring Festival 2026: off from 15 to 23 February; 14 and 28 February (Saturdays) are workdays.
HOLIDAYS: Sequence[tuple[str, str, list[str]]] = [
    ("mon,thu 17:40", "skip", ["02-09", "02-12", "02-26"]),
    ("mon,thu 17:40", "keep", ["02-09", "02-12", "02-16", "02-19", "02-23", "02-26"]),
    ("mon,thu 17:40", "before", ["02-09", "02-12", "02-14", "02-26"]),
    ("mon,thu 17:40", "after", ["02-09", "02-12", "02-24", "02-26"]),
    (
        "workdays 17:40",
        "skip",
        ["02-09", "02-10", "02-11", "02-12", "02-13", "02-14", "02-24", "02-25", "02-26", "02-27", "02-28"],
    ),
    ("sat 17:40", "skip", ["02-14", "02-28"]),
    ("monthly 15 17:40", "before", ["02-14"]),
    ("monthly 15 17:40", "after", ["02-24"]),
    ("monthly 15 17:40", "skip", []),
]


@pytest.mark.parametrize(("schedule", "holidays", "days"), HOLIDAYS)
async def test_holidays_and_make_up_workdays_of_the_spring_festival(
    schedule: str, holidays: str, days: list[str]
) -> None:
    rule = f'{{ ask = "{schedule}", holidays = "{holidays}" }}'
    async with town(asks(rule, first="2026-02-09", last="2026-02-28"), at="2026-02-09 08:00") as t:
        await t.until("2026-03-02 08:00")
        assert await asked_at(t) == [f"{day} 17:40" for day in days]
        assert await t.owed("branch.unknown_year") == []


async def test_the_admin_s_own_days_off_and_workdays_win() -> None:
    days = "[calendar]\noff = [2026-03-05]\nwork = [2026-03-07]\n"
    rule = '{ ask = "workdays 17:40" }'
    async with town(asks(rule, last="2026-03-08", more=days)) as t:
        await t.until("2026-03-09 08:00")
        assert await asked_at(t) == [f"03-0{day} 17:40" for day in (2, 3, 4, 6, 7)]


@pytest.mark.parametrize(
    ("schedule", "holidays", "times"), [("mon,thu 17:40", "skip", 3), ("workdays 17:40", "keep", 7)]
)
async def test_of_an_unknown_year_the_admins_hear_once(schedule: str, holidays: str, times: int) -> None:
    rule = f'{{ ask = "{schedule}", holidays = "{holidays}" }}'
    text = asks(rule, "2031-01-06", "2031-01-17", '[digest]\ndaily = "none"\n')
    async with town(text.replace('["zhou"]\n[', '["zhou", "ma"]\n['), at="2031-01-06 08:00") as t:
        await t.until("2031-01-14 08:00")
        assert await t.owed("branch.unknown_year") == ["zhou", "ma"]
        assert "2031 年" in "".join(await t.heard("ma"))
        assert len(await asked_at(t)) == times


async def test_the_digest_of_workdays_needs_to_know_the_year_too() -> None:
    text = asks('{ ask = "daily 17:40", holidays = "keep" }', "2031-01-06", "2031-01-17")
    async with town(text, at="2031-01-06 08:00") as t:
        assert await t.owed("branch.unknown_year") == ["zhou"]


async def test_a_year_that_is_far_off_is_not_spoken_of_yet() -> None:
    text = asks('{ ask = "quarterly 1/15 17:40" }', "2030-01-10", "2031-03-01", '[digest]\ndaily = "none"\n')
    async with town(text, at="2030-10-15 08:00") as t:
        await t.until("2030-12-01 08:00")
        assert await t.rows("SELECT 1 FROM outbox WHERE reason = 'unknown_year:2031:zhou'") == []
        await t.until("2031-01-15 08:00")
        assert len(await t.rows("SELECT 1 FROM outbox WHERE reason = 'unknown_year:2031:zhou'")) == 1


async def test_who_asks_on_fixed_days_whatever_the_calendar_needs_to_know_no_year() -> None:
    text = asks(
        '{ ask = "daily 17:40", holidays = "keep" }',
        first="2031-01-06",
        last="2031-01-17",
        more='[digest]\ndaily = "none"\n',
    )
    async with town(text, at="2031-01-06 08:00") as t:
        await t.until("2031-01-10 08:00")
        assert await t.owed("branch.unknown_year") == []


async def test_the_hour_is_that_of_the_branch_s_place() -> None:
    text = town_with((LIAISON, f'{LIAISON}\ntime_zone = "America/New_York"'), (LAST, "to = 2026-03-12"))
    async with town(text) as t:
        await t.until("2026-03-14 08:00")
        assert await asked_at(t) == [
            "03-03 06:40",
            "03-06 06:40",
            "03-10 05:40",
            "03-13 05:40",
        ]  # clocks forward on 8 March


async def test_an_hour_the_clocks_skip_is_asked_once_and_so_is_one_that_comes_twice() -> None:
    gap = asks('{ ask = "daily 02:30", holidays = "keep" }', first="2026-03-07", last="2026-03-09")
    gap = gap.replace(LIAISON, f'{LIAISON}\ntime_zone = "America/New_York"')
    async with town(gap, at="2026-03-07 08:00") as t:
        await t.until("2026-03-11 08:00")
        assert await asked_at(t, ZoneInfo("UTC")) == ["03-07 07:30", "03-08 07:00", "03-09 06:30"]
    twice = asks('{ ask = "daily 01:30", holidays = "keep" }', first="2026-10-31", last="2026-11-02")
    twice = twice.replace(LIAISON, f'{LIAISON}\ntime_zone = "America/New_York"')
    async with town(twice, at="2026-10-31 08:00") as t:
        await t.until("2026-11-04 08:00")
        assert await asked_at(t, ZoneInfo("UTC")) == ["10-31 05:30", "11-01 05:30", "11-02 06:30"]


async def test_day_31_is_the_last_day_of_a_shorter_month() -> None:
    rule = '{ ask = "monthly 31 17:40", holidays = "keep" }'
    async with town(asks(rule, first="2026-02-20", last="2026-04-30"), at="2026-02-20 08:00") as t:
        await t.until("2026-05-02 08:00")
        assert await asked_at(t) == ["02-28 17:40", "03-31 17:40", "04-30 17:40"]


async def test_no_round_is_due_after_the_end() -> None:
    async with town(asks('{ ask = "daily 17:40" }', last="2026-03-04")) as t:
        await t.until("2026-03-04 18:00")
        assert "3月5日（周四）00:00前" in (await t.heard("li"))[-1]
        await t.until("2026-03-06 18:00")
        assert await asked_at(t) == ["03-02 17:40", "03-03 17:40", "03-04 17:40"]


async def test_a_question_at_the_very_first_minute_is_not_lost() -> None:
    async with town(asks('{ ask = "daily 00:00", due = "20h" }', last="2026-03-03"), at="2026-03-01 08:00") as t:
        await t.until("2026-03-03 23:00")
        assert await asked_at(t) == ["03-02 00:00", "03-03 00:00"]


async def test_two_branches_ask_one_member_and_two_messages_answer_both() -> None:
    second = """
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-02
to = 2026-05-29
liaison = ["wu"]
members = ["li"]
"""
    async with town(town_with(more=second)) as t:
        await t.until("2026-03-02 17:40")
        assert len([text for text in await t.heard("li") if "这几天怎么样" in text]) == 1  # merged
        assert "也在等你的回答" in await t.talk("li", "1")
        assert "也在等你的回答" not in await t.talk("li", "1")
        rows = await t.rows("SELECT round FROM report WHERE member = 'li' AND answered_at IS NOT NULL")
        assert {row["round"].split("/")[0] for row in rows} == {"qingfeng", "hailan"}
