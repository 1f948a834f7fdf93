"""A need from the first word to the answer: asked for, offered, claimed by one, answered, heard of at each step."""

import pytest

from tests.flow.transcript import TWO, asked, play, told
from tests.town import TOWN

NO_LIAISON_BUT_HER = TOWN.replace('liaison = ["zhou", "wu"]', 'liaison = ["chen"]')


async def test_from_the_first_word_to_the_answer_everyone_hears_each_step() -> None:
    async with asked() as t:
        await play(t, "li: 求助 想换个近一点的住处 | 诉求 1 号，已转给周敏，每一步都会告诉你")
        for liaison in ("zhou", "wu"):
            heard = await told(t, liaison)
            assert "诉求 1 号，李明：“想换个近一点的住处”" in heard
            assert "“认领 1”" in heard
            assert "“答复 1 …”" in heard
        assert await t.heard("ma") == []
        await play(t, "zhou: 认领 1 | 由你来办 | “答复 1 …”")
        assert "周敏已认领" in await told(t, "li")
        assert "已由周敏认领" in await told(t, "wu")
        await play(t, "zhou: 答复1：已联系好，周五搬。 | 转给李明")
        assert "周敏答复：已联系好，周五搬" in await told(t, "li")


@pytest.mark.parametrize("words", ["求助", "困难", "诉求", "需要帮忙", "2", "Need", "need help", "help me", "求助！"])
async def test_a_bare_cry_for_help_is_asked_what_is_needed(words: str) -> None:
    async with asked() as t:
        await play(t, f"li: {words} | 要帮什么\nli: 换个住处 | 诉求 1 号")
        assert "李明：“换个住处”" in await told(t, "zhou")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("求助 想换房", "想换房"),
        ("困难：孩子没人接，周三", "孩子没人接，周三"),
        ("困难 住得太远", "住得太远"),
        ("诉求：１号楼太吵", "１号楼太吵"),
        ("need a room nearer by", "a room nearer by"),
        ("help me call my wife", "call my wife"),
        ("Need: a doctor, please", "a doctor, please"),
    ],
)
async def test_the_words_of_a_need_reach_the_liaison_as_written(text: str, words: str) -> None:
    async with asked() as t:
        await play(t, f"li: {text} | 诉求 1 号")
        assert f"“{words}”" in await told(t, "zhou")
        assert (await t.rows("SELECT answered_at FROM report WHERE member = 'li'"))[0]["answered_at"] is None


@pytest.mark.parametrize("answer", ["1", "一切正常", "思想稳 节点紧 生活好", "同上", "想聊聊", "请假 3天"])
async def test_a_report_or_a_command_is_never_taken_for_the_need_that_was_asked_about(answer: str) -> None:
    async with asked() as t:
        await play(t, f"li: 求助 | 要帮什么\nli: {answer} | !要帮什么")
        assert await t.rows("SELECT id FROM need WHERE kind = 'words'") == []


@pytest.mark.parametrize("answer", ["", "好", "👍", "4", "。"])
async def test_an_answer_without_words_is_asked_again(answer: str) -> None:
    again = "没有看到字" if answer in ("", "。") else "要帮什么"
    async with asked() as t:
        await play(t, f"li: 求助 | 要帮什么\nli: {answer} | {again}\nli: 不用了 | “求助 …”")
        assert await t.rows("SELECT id FROM need") == []


async def test_trouble_is_offered_help_and_yes_no_and_something_else_are_all_understood() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 思想稳 节点紧 胃不舒服 | 要帮忙吗 | “要” | “不用”
            li: “要” | 诉求 1 号
            wang: 生活：睡不好 | 要帮忙吗
            wang: 不用了，谢谢 | 好，有需要随时
            zhao: 生活：感冒了 | 要帮忙吗
            zhao: 办案：节点紧 | 已改：办案节点紧张，生活有难处“感冒了”
            zhao: 要 | 没看懂
            chen: 不好 | 没看懂，所以没有记 | 要帮忙吗
            chen: 好的 | 诉求 2 号
            wu: 你好 | 没看懂
            li: 不好，今天提审了三个人 | 只记这几种 | 要帮忙吗
            li: 要 | 要帮什么
            li: 不用了 | “求助 …”
            sun: upset stomach, can't sleep | Would you like help?
            sun: no thanks | Say “need …”
            """,
        )
        assert [row["number"] for row in await t.rows("SELECT number FROM need")] == [1, 2]


async def test_one_is_all_well_even_when_help_was_just_offered() -> None:
    async with asked() as t:
        await play(t, "li: 胃不舒服 | 要帮忙吗\nli: 1 | 已改：思想稳定，办案正常推进，生活都好。 | !诉求")


async def test_what_sounds_bad_in_thoughts_is_what_is_offered_help_for() -> None:
    async with asked() as t:
        await play(t, "li: 思想：情绪低落；生活：食堂的菜有点辣 | 要帮忙吗\nli: 要 | 诉求 1 号")
        assert "情绪低落" in await told(t, "zhou")


async def test_of_two_who_claim_the_second_hears_who_was_first() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 求助 换房
            wu: 认领1 | 由你来办
            zhou: 认领 1 | 已由吴强认领，请找吴强商量
            zhou: 答复 1 好 | 已由吴强认领
            wu: 认领 1 | 已经在你手上
            wu: 答复 1 | 请在号码后写上答复 | “答复 1 车票已订好”
            wu: 答复 1 好了 | 转给李明
            zhou: 认领 1 | 已由吴强认领
            wu: 答复 1 又好了 | 转给李明
            """,
        )


async def test_who_answers_without_claiming_has_claimed_and_the_others_hear_it() -> None:
    async with asked() as t:
        await play(t, "li: 求助 换房\nwu: 答复 1 好了 | 转给李明")
        assert "已由吴强认领" in await told(t, "zhou")
        assert "已认领" not in await told(t, "li")


async def test_numbers_that_are_none() -> None:
    async with asked() as t:
        await play(
            t,
            """
            zhou: 认领 | 请写上诉求号码 | “摘要”
            zhou: 认领三 | 请写上诉求号码
            zhou: 答复：车票订好了 | 请写上诉求号码
            zhou: 认领 999999999999 | 请写上诉求号码
            zhou: 认领 9 | 没有诉求 9 号
            zhou: 认领 0 | 没有诉求 0 号
            zhou: 答复 9 好 | 没有诉求 9 号
            li: 认领 1 | !诉求 1 号
            """,
        )


async def test_a_need_of_ones_own_is_for_somebody_else() -> None:
    async with asked(TWO) as t:
        await play(
            t,
            """
            zhou: 求助 换房 | 诉求 1 号，已转给吴强
            zhou: 认领 1 | 你自己提的
            wu: 认领 1 | 由你来办
            """,
        )
    async with asked(NO_LIAISON_BUT_HER) as t:
        await play(t, "chen: 求助 换房 | 诉求 1 号，已转给马骏\nchen: 认领 1 | 你自己提的\nma: 认领 1 | 由你来办")


async def test_a_need_of_another_branch_is_as_if_it_were_not() -> None:
    async with asked(TWO) as t:
        await play(t, "li: 求助 换房 | 周敏\nzhou: 求助 换房 | 吴强\nma: 认领 2 | 没有诉求 2 号\nma: 认领 1 | 由你来办")


async def test_a_need_of_a_closed_branch_is_settled_by_phone() -> None:
    async with asked() as t:
        await play(t, "li: 求助 换房\nma: 立即结束 | 现在就结束\nma: 确认 | 已结束")
        await play(t, "ma: 认领 1 | !由你来办\nzhou: 认领 1 | !由你来办")
    async with asked(TWO) as t:
        await play(t, "li: 求助 换房\nzhou: 立即结束 清风 | 现在就结束「清风专班临时党支部」\nzhou: 确认 | 已结束")
        await play(t, "zhou: 认领 1 | 已经结束 | 直接打电话")


async def test_saying_it_again_makes_no_second_need() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 求助 换房 | 诉求 1 号
            li: 求助 换房 | 诉求 1 号
            wang: 想聊聊 | 诉求 2 号
            wang: 想聊聊 | 诉求 2 号
            li: 求助 还要药 | 诉求 3 号
            """,
        )
        assert len(await told(t, "zhou")) > 0
        assert await t.owed("need.raised") == ["zhou", "wu"] * 3


async def test_needs_raised_by_one_report_are_each_numbered() -> None:
    async with asked() as t:
        await play(t, "li: 思想：想聊聊；办案：需要支援；困难：换房 | 诉求 1 号 | 诉求 2 号 | 诉求 3 号")
        heard = await told(t, "zhou")
        for wanted in ("想聊聊", "需要支援", "“换房”"):
            assert wanted in heard
