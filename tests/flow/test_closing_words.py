"""Extend or close, as liaison officers and secretaries say it, with one branch and with several."""

import re

import pytest

from tests.flow.transcript import HAILAN, TWO, asked, play, told
from tests.town import TOWN, Town, town

OTHER = HAILAN.replace("[branches.hailan]", "[branches.second]").replace("海澜培训班", "清风专班二组临时党支部")
ALIKE = TOWN + OTHER.replace('["wu"]', '["zhou", "wu"]').replace('["chen", "zhou"]', '["chen", "ma"]')


async def closes(t: Town, branch: str = "qingfeng") -> str:
    return (await t.rows("SELECT closes FROM branch WHERE id = :id", id=branch))[0]["closes"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("延期 7天", "2026-06-05"),
        ("延期7天", "2026-06-05"),
        ("延期三天", "2026-06-01"),
        ("延期 一周", "2026-06-05"),
        ("延期 一个月", "2026-06-28"),
        ("延期 到6月30日", "2026-06-30"),
        ("延期到６月３０日", "2026-06-30"),
        ("延期 6月30日", "2026-06-30"),
        ("延期 清风 到6月30日", "2026-06-30"),
        ("延期 到6月30日 清风专班", "2026-06-30"),
        ("延长至2026年12月1日", "2026-12-01"),
        ("extend 7 days", "2026-06-05"),
        ("extend until 6/30", "2026-06-30"),
        ("延期 到5月29日", "2026-05-29"),
        ("延期 到5月1日", "2026-05-29"),
        ("延期 到昨天", "2026-05-29"),
        ("延期", "2026-05-29"),
    ],
)
async def test_a_length_counts_from_the_last_day_and_a_date_is_a_date(said: str, day: str) -> None:
    async with asked() as t:
        await t.talk("zhou", said)
        assert await closes(t) == day


async def test_what_the_closing_question_offers_works() -> None:
    async with town(TOWN) as t:
        await t.until("2026-05-26 09:20")
        question = (await t.heard("zhou"))[-1]
        offered = re.findall(r"“(延期 [^”]+)”", question)
        assert offered == ["延期 7天", "延期 到6月12日"]
        await play(t, f"zhou: {offered[0]} | 到6月5日（周五）结束\nzhou: {offered[1]} | 到6月12日（周五）结束")
        assert "延期到6月12日" in await told(t, "li")


async def test_a_question_back_is_answered_with_the_day_alone() -> None:
    async with asked() as t:
        await play(
            t,
            """
            zhou: 延期 | 延期到哪一天 | “7天”
            zhou: 到6月30日 | 到6月30日（周二）结束
            ma: 延期到6月30日 | 现在就是到6月30日 | “7天”
            ma: 7天 | 到7月7日（周二）结束
            zhou: 延期 | 延期到哪一天
            zhou: 你好 | 没看懂
            """,
        )


async def test_of_several_branches_a_piece_of_the_name_is_enough() -> None:
    async with asked(
        TWO.replace('liaison = ["wu"]', 'liaison = ["zhou"]')
        .replace('["chen", "zhou"]', '["chen"]')
        .replace('secretary = "zhou"', 'secretary = "ma"')
    ) as t:
        await play(
            t,
            """
            zhou: 延期 7天 | 是哪一个 | 海澜培训班、清风专班
            zhou: 海澜 | 「海澜培训班」到3月27日（周五）结束
            zhou: 延期 海澜 三天 | 「海澜培训班」到3月30日
            zhou: 结束 | 是哪一个
            zhou: 清风专班 | 「清风专班临时党支部」5月29日（周五）按期结束
            zhou: 结束 海澜 | 「海澜培训班」3月30日（周一）按期结束
            zhou: 立即结束 | 是哪一个
            zhou: 海澜 | 现在就结束「海澜培训班」吗
            zhou: 不 | 没有结束
            zhou: 立即结束 海澜 | “确认”
            zhou: 确定 | 「海澜培训班」已结束
            zhou: 延期 7天 | 「清风专班临时党支部」到6月5日
            """,
        )


async def test_names_that_begin_alike_are_told_apart() -> None:
    async with asked(ALIKE) as t:
        await play(
            t,
            """
            ma: 延期 7天 | 到6月5日
            zhou: 延期 清风 7天 | 是哪一个
            zhou: 二组 | 联络群」到3月27日
            zhou: 延期 清风专班临时党支部 7天 | 「清风专班临时党支部」到6月12日
            """,
        )


async def test_a_name_said_to_its_end_is_not_the_longer_one() -> None:
    text = ALIKE.replace("清风专班临时党支部", "清风专班").replace("清风专班二组临时党支部", "清风专班二组")
    async with asked(text) as t:
        await play(
            t,
            """
            zhou: 结束 清风专班 | 「清风专班」5月29日
            zhou: 结束 清风专班二组 | 「清风专班二组」3月20日
            zhou: 结束 清风专班，别的都好 | 没看懂
            """,
        )


async def test_of_two_that_are_closing_the_one_not_yet_settled_is_meant() -> None:
    async with town(ALIKE.replace("to = 2026-05-29", "to = 2026-03-20")) as t:
        await t.until("2026-03-17 10:00")
        await play(
            t, "zhou: 延期 7天 | 是哪一个\nzhou: 结束 二组 | 按期结束\nzhou: 延期 7天 | 「清风专班临时党支部」到3月27日"
        )


async def test_the_one_that_is_closing_is_meant() -> None:
    async with town(TWO.replace('liaison = ["wu"]', 'liaison = ["zhou"]').replace('["chen", "zhou"]', '["chen"]')) as t:
        await t.until("2026-03-17 10:00")
        await play(t, "zhou: 延期 7天 | 「海澜培训班」到3月27日（周五）结束")


async def test_closing_at_once_needs_a_clear_yes() -> None:
    async with asked() as t:
        await play(
            t,
            """
            zhou: 立即结束 | 现在就结束「清风专班临时党支部」吗 | “确认” | “不”
            zhou: 你好 | 没看懂
            zhou: 确认 | 没看懂
            zhou: 立即结束 | “确认”
            zhou: 不 | 照旧到5月29日
            zhou: 立即结束。 | “确认”
            zhou: ？ | 立即结束
            zhou: 确认。 | 已结束
            li: 1 | 不在进行中的支部里
            """,
        )
        assert await t.state() == "closed"
        assert "到3月2日（周一）结束了" in await told(t, "li")
        assert "（3月2日（周一）至3月2日（周一））" in await told(t, "zhou")


@pytest.mark.parametrize("who", ["li", "sun"])
async def test_a_member_closes_and_extends_nothing(who: str) -> None:
    async with asked() as t:
        for said in ("延期 7天", "结束", "立即结束", "close now", "结束 清风"):
            await t.talk(who, said)
        assert await closes(t) == "2026-05-29"
        assert await t.state() == "running"
