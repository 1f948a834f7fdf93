"""The monthly bulletin: last month in figures of the whole, to secretaries and admins, and nobody is known by them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import instant
from tests.flow.transcript import asked, play
from tests.town import Town, edited, moment, town, town_with

HOUR = "2026-04-03 09:10"
MEMBERS = 'members = ["chen", "li", "wang", "zhao", "sun"]'
NAMES = re.compile("陈晓|李明|王静|赵磊|孙悦|换房")
ALL = ("chen", "li", "wang", "zhao", "sun")
SMALL = """
[branches.xiao]
name = "小分队"
kind = "training"
from = 2026-03-02
to = 2026-04-20
secretary = "ma"
liaison = ["zhou"]
members = ["wu", "ma"]
"""
STUDY = """
[study.class]
title = "周五课堂"
when = "fri 15:10"
[study.july]
title = "七一党课"
form = "lecture"
when = "yearly 04-20 09:00"
[study.read]
title = "读书"
form = "reading"
when = "monthly 10 09:00"
"""


async def month(t: Town, who: str = "ma", at: str = HOUR) -> str:
    await t.until(at)
    return "\n".join(text for text in await t.heard(who) if "📊" in text)


async def test_it_says_what_was_opened_asked_needed_held_and_what_comes() -> None:
    async with asked(town_with(("to = 2026-05-29", "to = 2026-04-30"), more=STUDY)) as t:
        for who in ALL:
            await play(t, f"{who}: 1\n{who}: 求助 换房")
        for number in range(1, 6):
            await play(t, f"zhou: 认领 {number}")
        await t.until("2026-03-04 17:40")
        for number in range(1, 6):
            await play(t, f"zhou: 办结 {number} 好\n{ALL[number - 1]}: 解决了")
        text = await month(t)
        for line in (
            "📊 2026年3月通报",
            "支部：新开 1 个，结束 0 个；现有 1 个",
            "在外：5 人",
            "联络：问 45 人次，答 5 人次",
            "诉求：新提 5 件，其中已了结 5 件；认领用时（中位数）不到 1 小时，办结用时（中位数）2 天",
            "学习：周五课堂 4 次、读书 1 次",
            "清风专班临时党支部4月30日（周四）到期",
            "七一党课，4月20日（周一）09:00",
        ):
            assert line in text, (line, text)


async def test_it_goes_once_to_each_secretary_and_admin_and_names_nobody() -> None:
    async with asked(town_with(('admins = ["zhou"]', 'admins = ["zhou", "ma", "wu"]'))) as t:
        await play(t, "li: 求助 换房\nzhou: English please")
        assert not NAMES.search(await month(t))
        assert "📊 Bulletin, 3/2026" in await month(t, "zhou")
        assert sorted(await t.owed("bulletin.monthly")) == ["ma", "wu", "zhou"]


async def test_of_needs_of_few_people_there_is_no_figure() -> None:
    async with asked() as t:
        for who in ALL[:4]:
            await play(t, f"{who}: 求助 一\n{who}: 求助 二")
        assert "诉求：提的人不足 5 人，不出数字" in await month(t)
    async with town() as t:
        assert "诉求：没有新提的" in await month(t)


async def test_a_small_branch_is_neither_shown_nor_to_be_computed_by_whoever_looks_after_the_other() -> None:
    """ma is the secretary of both and zhou the liaison of both; of wu, an admin, nothing is known but the bulletin."""
    async with town(town_with(('secretary = "ma"', 'secretary = "chen"'), more=SMALL)) as t:
        text = await month(t, "chen")
        assert "清风专班临时党支部：问 45 人次" in text
        assert "联络：" not in text
        assert "小分队：" not in text
        assert "不足 5 人的、能推算出来的，不出数字" in text


async def test_where_everybody_knows_both_the_whole_is_shown_and_the_part_is_not() -> None:
    async with town(town_with(more=SMALL)) as t:
        text = await month(t)
        assert "联络：问 63 人次，答 0 人次" in text
        assert "：问 45" not in text


async def test_a_town_of_few_hears_of_its_branches_and_of_nobody() -> None:
    async with town(town_with((MEMBERS, 'members = ["chen", "li"]'))) as t:
        text = await month(t)
        assert "新开 1 个" in text
        assert "在外" not in text
        assert "人次" not in text


async def test_the_hours_the_bot_was_not_there_are_said(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-10 10:00")
    async with edited(tmp_path, "2026-03-10 13:00") as t:
        assert "连心停机 1 次，共 3 小时" in await month(t)


async def test_a_branch_that_never_ran_was_neither_opened_nor_closed() -> None:
    past = SMALL.replace("from = 2026-03-02", "from = 2026-01-05").replace("to = 2026-04-20", "to = 2026-01-09")
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-20"), more=past)) as t:
        assert "新开 1 个，结束 1 个；现有 0 个" in await month(t)


@pytest.mark.parametrize("back", ["2026-04-03 09:11", "2026-04-20 22:00"])
async def test_a_missed_hour_loses_it_not_and_neither_restart_nor_another_day_in_the_file_doubles_it(
    tmp_path: Path, back: str
) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-04-03 09:09")
    async with edited(tmp_path, back, more='[digest]\nmonthly = "monthly 25 09:10"\n') as t:
        await t.until("2026-04-26 09:00")
        assert sorted(await t.owed("bulletin.monthly")) == ["ma", "zhou"]
        assert "2026年3月通报" in await month(t, at="2026-04-26 09:00")


async def test_none_switches_it_off_and_there_is_none_where_nothing_is_to_be_said() -> None:
    async with town(town_with(more='[digest]\nmonthly = "none"\n')) as t:
        assert await month(t) == ""
    later = town_with(("from = 2026-03-02", "from = 2026-08-03"), ("to = 2026-05-29", "to = 2026-09-29"))
    async with town(later) as t:
        assert await month(t) == ""


async def test_what_has_been_forgotten_since_breaks_neither(tmp_path: Path) -> None:
    short = '[keep]\nwords = "0d"\nfacts = "20d"\n'
    ends = ("to = 2026-05-29", "to = 2026-03-30")
    async with edited(tmp_path, "2026-03-02 08:00", ends, more=short) as t:
        await play(t, "li: 求助 换房")
        text = await month(t)
        assert "结束 1 个；现有 0 个" in text
        assert "数字不全" in text
        await t.until("2026-05-08 17:00")
        assert await t.rows("SELECT * FROM outbox WHERE note LIKE 'broke%'") == []
        assert await t.rows("SELECT * FROM need") == []
        rings = {row["kind"]: instant.parse(row["at"]) for row in await t.rows("SELECT kind, at FROM alarm")}
        assert rings["weekly"] - moment("2026-05-08 17:00") < timedelta(days=8)
        assert rings["monthly"] > moment("2026-06-03 09:00")
