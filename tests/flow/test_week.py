"""The weekly digest: to each secretary one message of what the organisation did and owes, and of nobody by name."""

import re
from pathlib import Path

import pytest

from tests.flow.transcript import TWO, asked, play
from tests.town import TOWN, Town, edited, town, town_with

FRIDAY = "2026-03-06 16:40"
NEXT = "2026-03-13 16:40"
MEMBERS = 'members = ["chen", "li", "wang", "zhao", "sun"]'
NAMES = re.compile("陈晓|李明|王静|赵磊|孙悦")
HOMES = """
[homes.first]
name = "第一党支部"
secretary = "wu"
[homes.second]
name = "第二党支部"
secretary = "wu"
"""
AT_HOME = TOWN.replace('status = "full" }', 'status = "full", home = "first" }').replace(
    'status = "officer"', 'status = "officer", home = "first"'
)


async def week(t: Town, who: str = "ma", at: str = FRIDAY) -> str:
    """The weekly digest of that hour, or nothing."""
    await t.until(at)
    return "\n".join(text for text in await t.heard(who) if "🗓" in text)


async def test_it_says_what_was_asked_what_came_back_and_how_needs_stand() -> None:
    async with asked() as t:
        await play(t, "li: 1\nwang: 思想一般，生活：睡不好\nchen: 求助 换房\nzhou: 认领 1\nzhou: 答复 1 好")
        await play(t, "wang: 求助 药\nli: 求助 书\nzhou: 办结 3")
        text = await week(t)
        assert "2月27日（周五）至3月6日（周五）周报" in text
        assert "【清风专班临时党支部】到5月29日（周五），还有 84 天\n问了 2 次：10 人次，答 2 人次\n" in text
        assert "诉求：新提 3 件，了结 0 件；现在无人认领 1 件，在办 1 件，等本人回话 1 件" in text


async def test_nobody_is_named_and_nobody_quoted() -> None:
    async with asked() as t:
        await play(t, "li: 生活：睡不好\nchen: 求助 换房\nwang: 请假 3天\nzhao: 不同意")
        text = await week(t)
        assert "问了" in text
        assert not NAMES.search(text)
        assert not re.search("睡不好|换房|请假|不参加|没有回音", text)


async def test_a_small_group_has_no_figures_but_what_the_secretary_owes_it_is_said() -> None:
    async with asked(town_with((MEMBERS, 'members = ["chen", "li", "wang"]'))) as t:
        await play(t, "li: 1\nchen: 求助 换房")
        text = await week(t)
        assert "问了 2 次；人数较少，不出答复数字" in text
        assert "人次" not in text
        assert "新提" not in text
        assert "⚠ 「清风专班临时党支部」诉求 1 号，3月2日（周一）17:40起无人认领，回“认领 1”由你来办" in text
        await play(t, "ma: 认领 1 | 由你来办")


async def test_a_round_is_counted_once_when_its_time_is_over() -> None:
    async with town(town_with(more='[digest]\nweekly = "thu 18:00"\n')) as t:
        assert "问了 1 次：5 人次" in await week(t, at="2026-03-05 18:00")
        assert "问了 2 次：10 人次" in await week(t, at="2026-03-12 18:00")


async def test_when_most_were_left_alone_the_few_who_were_asked_give_no_figure() -> None:
    async with town() as t:
        await play(t, "li: 静默 20天\nwang: 静默 20天")
        assert "人数较少，不出答复数字" in await week(t)


async def test_an_end_that_is_near_is_the_secretarys_to_settle_and_a_settled_one_is_not_said() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-13"))) as t:
        assert "⚠ 「清风专班临时党支部」3月13日（周五）到期，还没有定" in await week(t)
        await play(t, "ma: 结束 | 按期结束")
        text = await week(t, at=NEXT)
        assert "今天是最后一天" in text
        assert "⚠" not in text


async def test_a_branch_that_closed_in_the_week_is_told_of_once_more_and_then_no_more() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-11"))) as t:
        await week(t)
        text = await week(t, at=NEXT)
        assert "【清风专班临时党支部】已于3月11日（周三）结束" in text
        assert "问了 1 次：5 人次，答 0 人次" in text
        assert await week(t, at="2026-03-20 16:40") == ""


async def test_an_empty_one_is_never_sent() -> None:
    quiet = town_with(more='report = { ask = "yearly 12-01 17:40" }\n')
    async with town(quiet) as t:
        assert "还有 84 天" in await week(t)
        assert await week(t, at="2026-03-27 16:40") == ""
        assert await t.skipped("bulletin.weekly") == ["no longer holds"] * 3


async def test_without_a_secretary_there_is_none() -> None:
    async with asked(town_with(('secretary = "ma"\n', ""))) as t:
        await t.until(NEXT)
        assert await t.owed("bulletin.weekly") == []


async def test_the_secretary_of_two_branches_hears_of_both_in_one_message_and_of_no_other() -> None:
    two = TWO.replace('secretary = "zhou"', 'secretary = "ma"').replace('members = ["chen", "zhou"]', MEMBERS)
    other = '[branches.other]\nname = "外一组"\nkind = "training"\nfrom = 2026-03-02\nto = 2026-05-01\n'
    async with town(two + other + 'liaison = ["wu"]\nmembers = ["li"]\n') as t:
        text = await week(t)
        assert text.count("🗓") == 1
        assert text.index("【海澜培训班】") != text.index("【清风专班临时党支部】")
        assert "外一组" not in text


async def test_a_home_branch_hears_how_many_are_away_and_what_came_back_as_a_whole() -> None:
    async with asked(AT_HOME + HOMES) as t:
        await play(t, "li: 1")
        text = await week(t, "wu")
        assert "【第一党支部】在外 5 人，问 10 人次，答 1 人次" in text
        assert "第二" not in text
        assert "清风" not in text
        await t.until("2026-03-06 16:41")
        assert "第一党支部" not in "".join(await t.heard("ma"))


async def test_a_home_branch_with_few_away_gets_no_figure_and_for_that_alone_no_message() -> None:
    few = AT_HOME.replace(MEMBERS, 'members = ["chen", "li", "wang"]')
    async with town(few + HOMES) as t:
        assert await week(t, "wu") == ""
    async with town(few.replace('secretary = "ma"', 'secretary = "wu"') + HOMES) as t:
        assert "【第一党支部】在外不足 5 人，不出数字" in await week(t, "wu")


async def test_what_is_left_of_a_branch_beside_the_home_cannot_be_computed() -> None:
    """Five of first and one of second are in qingfeng: with the bulletin's figure of it, the one would be known."""
    mixed = AT_HOME.replace('ma = { name = "马骏" }', 'ma = { name = "马骏", home = "second" }')
    async with town(mixed.replace(MEMBERS, MEMBERS[:-1] + ', "ma"]') + HOMES) as t:
        text = await week(t, "wu")
        assert text == "" or "【第一党支部】在外 5 人\n" in text + "\n"
        assert "人次" not in text


async def test_it_comes_in_her_language() -> None:
    async with asked(AT_HOME + HOMES) as t:
        await play(t, "ma: English please\nwu: English please\nchen: 求助 换房")
        text = await week(t)
        assert "The week, Fri 27 Feb to Fri 6 Mar" in text
        assert "until Fri 29 May, days left: 84\nRounds: 2; answers: 0 of 10\nNeeds: 1 raised, 0 settled" in text
        assert "“claim 1” takes it" in text
        assert "away: 5; answers: 0 of 10" in await week(t, "wu")


async def test_in_quiet_hours_it_waits_for_the_morning_and_says_what_is_still_to_do() -> None:
    async with asked(town_with(more='[digest]\nweekly = "fri 22:00"\n')) as t:
        await play(t, "li: 求助 换房")
        assert await week(t, at="2026-03-06 23:00") == ""
        await play(t, "wu: 认领 1")
        text = await week(t, at="2026-03-07 07:30")
        assert "⚠" not in text
        assert "在办 1 件" in text


async def test_none_switches_it_off_and_back_on_it_says_nothing_of_the_time_between(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        assert await week(t) != ""
    async with edited(tmp_path, "2026-03-06 17:00", more='[digest]\nweekly = "none"\n') as t:
        await t.heard("ma")
        assert await week(t, at=NEXT) == ""
    async with edited(tmp_path, "2026-03-15 10:00") as t:
        await t.heard("ma")
        assert await week(t, at="2026-03-19 10:00") == ""
        assert "3月13日（周五）至3月20日（周五）" in await week(t, at="2026-03-20 16:40")


@pytest.mark.parametrize("back", ["2026-03-06 16:41", "2026-03-08 11:00", "2026-03-12 10:00"])
async def test_a_missed_hour_loses_it_not_and_a_restart_doubles_it_not(tmp_path: Path, back: str) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-06 16:39")
    async with edited(tmp_path, back) as t:
        assert "🗓 2月27日（周五）至" in await week(t, at=back)
    async with edited(tmp_path, back) as t:
        await t.until("2026-03-13 16:39")
        assert await t.owed("bulletin.weekly") == ["ma"]
        told = sum(map(int, re.findall(r"问了 (\d) 次", await week(t, at=NEXT))))
        assert told == len(await t.rows("SELECT 1 FROM round WHERE state IN ('due', 'told')")) >= 3
