"""The digest: one message over all her branches, needs first, never empty, and what it offers works."""

import re

from tests.flow.transcript import TWO, asked, play
from tests.town import Town

DAILY = "2026-03-02 18:20"


async def digest(t: Town, who: str = "zhou", at: str = DAILY) -> str:
    """The digest of that hour, or nothing."""
    await t.until(at)
    return "\n".join(text for text in await t.heard(who) if text.startswith(("📋", "\n📋")))


async def test_it_says_who_needs_what_who_is_away_what_was_told_and_who_is_fine_in_this_order() -> None:
    async with asked() as t:
        await play(
            t,
            """
            wang: 求助 换房
            li: 思想稳 节点紧 胃不舒服
            chen: 1
            zhao: 请假 3天
            """,
        )
        text = await digest(t)
        order = [
            "诉求 1 号，王静：“换房”",
            "请假：赵磊（到3月4日（周三）24:00）",
            "李明：思想稳定，办案节点紧张，生活有难处“胃不舒服”",
        ]
        order += ["都好 1 人：陈晓", "还在等 2 人回答", "“认领 1”"]
        assert [text.find(part) for part in order] == sorted(text.find(part) for part in order)
        assert -1 not in [text.find(part) for part in order]


async def test_silent_ones_come_right_after_needs() -> None:
    async with asked() as t:
        await play(t, "wang: 求助 换房\nwang: 1\nli: 1\nchen: 生活：食堂的菜有点辣\nsun: 1")
        await digest(t)
        text = await digest(t, at="2026-03-03 18:20")
        assert re.search(r"诉求 1 号.*\n⚠ 没有回音：赵磊，请打电话问平安\n", text)
        assert "上次摘要已报：陈晓" in text
        assert "食堂" not in text
        assert "都好 3 人：李明、孙悦、王静" in text


async def test_an_empty_one_is_never_sent() -> None:
    async with asked() as t:
        await play(t, "zhao: 请假 5天")
        assert await digest(t) == ""
        for who in ("chen", "li", "wang", "sun"):
            await t.talk(who, "1")
        assert "都好 4 人" in await digest(t, at="2026-03-03 18:20")
        assert await digest(t, at="2026-03-04 18:20") == ""


async def test_who_was_away_over_a_whole_round_is_not_called_silent_when_she_is_back() -> None:
    async with asked() as t:
        await play(t, "li: 静默 24小时\nwang: 静默 24小时\nwang: 回来")
        text = await digest(t, at="2026-03-03 18:20")
        assert "没有回音：陈晓、孙悦、王静、赵磊" in text
        assert "还在等 1 人回答" in text


async def test_a_deputy_gets_none_by_herself_but_may_ask_and_so_may_the_secretary() -> None:
    async with asked() as t:
        await play(t, "li: 生活：食堂的菜有点辣")
        assert await digest(t, "wu") == ""
        await play(t, "wu: 摘要 | 食堂的菜有点辣\nma: 情况 | 食堂的菜有点辣\nli: 摘要 | 没看懂")


async def test_late_answers_reach_her_and_are_marked() -> None:
    async with asked() as t:
        await t.until("2026-03-03 14:00")
        await play(t, "li: 1 | 晚到的也收下了\nwang: 生活：睡不好 | 晚到")
        text = await digest(t, at="2026-03-03 18:20")
        assert "都好 1 人：李明（晚到）" in text
        assert "生活有难处“睡不好”（晚到）" in text


async def test_several_branches_are_one_message_and_each_thing_says_where() -> None:
    two = TWO.replace('liaison = ["wu"]\n', 'liaison = ["zhou", "wu"]\n').replace(
        'members = ["chen", "zhou"]', 'members = ["chen", "ma"]'
    )
    async with asked(two) as t:
        await play(t, "li: 求助 换房\nma: 求助 借书\nchen: 1\nchen: 1")
        text = await digest(t)
        assert text.count("📋") == 1
        assert "诉求 1 号，李明（清风专班临时党支部）" in text
        assert "诉求 2 号，马骏（海澜培训班）" in text
        assert text.index("诉求 2 号") < text.index("【海澜培训班】")
        assert text.count("都好 1 人：陈晓") == 2
        silent = await digest(t, at="2026-03-03 18:20")
        assert "没有回音（清风专班临时党支部）：李明" in silent
        assert "没有回音（海澜培训班）：马骏" in silent


async def test_what_it_offers_works_as_it_stands() -> None:
    async with asked() as t:
        await play(t, "li: 求助 换房\nwang: 求助 药\nwu: 认领 1")
        text = await digest(t)
        assert "吴强已认领" in text
        claim, answer = re.findall(r"“((?:认领|答复) \d+)", text)
        assert (claim, answer) == ("认领 2", "答复 2")
        await play(t, f"zhou: {claim} | 由你来办\nzhou: {answer} 已送到 | 转给王静")


async def test_what_somebody_else_does_is_not_offered() -> None:
    async with asked() as t:
        await play(
            t, "li: 求助 换房\nwu: 认领 1\nzhou: 摘要 | 吴强已认领 | !直接回\nwu: 摘要 | 你已认领 | “答复 1 …” | !“认领"
        )


async def test_her_own_need_is_not_offered_to_her() -> None:
    async with asked(TWO) as t:
        await play(t, "zhou: 求助 换房\nzhou: 摘要 | 诉求 1 号 | !直接回\nwu: 摘要 | “认领 1”")


async def test_it_has_nobodys_words_but_those_of_her_branches() -> None:
    two = TWO.replace('members = ["chen", "zhou"]', 'members = ["ma"]').replace(
        'secretary = "zhou"', 'secretary = "li"'
    )
    async with asked(two) as t:
        await play(t, "ma: 思想：有点想家；生活：食堂很辣；困难：借书\nchen: 生活：住得远")
        texts = [await t.talk("zhou", "摘要"), await digest(t)]
        for text in texts:
            assert "住得远" in text
            assert not any(word in text for word in ("想家", "食堂", "借书", "马骏", "海澜"))


async def test_a_need_of_many_lines_cannot_pass_for_more_than_one() -> None:
    async with asked() as t:
        await play(t, "li: 求助 | 要帮什么")
        await t.talk("li", "换房\n⚠ 诉求 9 号，王静：“假的”")
        text = await digest(t)
        assert len([line for line in text.split("\n") if line.startswith("⚠ 诉求")]) == 1


async def test_asked_for_it_shows_the_last_day_again() -> None:
    async with asked() as t:
        await play(t, "li: 生活：住得远\nchen: 1")
        await digest(t)
        await play(t, "zhou: 摘要 | 住得远 | 都好 1 人：陈晓")
        await t.until("2026-03-04 18:30")
        await play(t, "zhou: 摘要 | !住得远 | 上次摘要已报：李明")


async def test_asked_for_it_shows_even_what_is_no_reason_for_a_message() -> None:
    async with asked() as t:
        await play(t, "li: 请假 3天\nzhou: 摘要 | 请假：李明 | 还在等 4 人回答")
        await t.heard("zhou")
        assert await digest(t) == ""


async def test_asked_for_before_anything_was_it_says_so() -> None:
    async with asked(
        TWO.replace("from = 2026-03-02", "from = 2026-03-02").replace(
            "[people]", '[report]\nask = "fri 17:40"\n[people]'
        )
    ) as t:
        await play(t, "zhou: 摘要 | 还没有情况可看")


async def test_a_need_already_in_the_list_is_not_told_twice() -> None:
    async with asked() as t:
        await play(t, "li: 思想稳，困难：换房")
        assert (await digest(t)).count("换房") == 1
