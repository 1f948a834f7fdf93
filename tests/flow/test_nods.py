"""收到, 好的, 👍: a word of thanks for what asks nothing, and no answer to what does."""

import pytest

from bot.domain.nod import nods
from tests.flow.transcript import TWO, asked, play, told
from tests.town import Town, town, town_with

NODS = "Thank you so much|收到|收到！|好|好的|好的，谢谢|嗯|嗯嗯|👍|👍👍🏻|🙏"
STICKERS = "[OK]|[强]|ok|OK!|Okay, thanks|知道了|明白，辛苦了|行|got it"
NO_NODS = "|。。。|哈哈|😭|[流泪]|好烦|好累|好吗？|辛苦|麻烦|1|在吗|不好|收到，1|好的 一切正常|okra|行李丢了|思想稳"
LESSON = '[study.class]\ntitle = "周五课堂"\nwhen = "mon 14:00"\nremind = ["30m"]\n'


@pytest.mark.parametrize("text", [*NODS.split("|"), *STICKERS.split("|")])
def test_it_is_known_in_every_dress(text: str) -> None:
    assert nods(text)


@pytest.mark.parametrize("text", NO_NODS.split("|"))
def test_what_says_anything_else_is_none(text: str) -> None:
    assert not nods(text)


def test_a_long_one_is_read_at_once() -> None:
    assert nods("嗯" * 40)
    assert not nods("嗯" * 39 + "累")


async def answers(t: Town) -> int:
    return len(await t.rows("SELECT 1 FROM report WHERE answered_at IS NOT NULL OR amended_at IS NOT NULL"))


@pytest.mark.parametrize("said", ["收到", "好", "👍", "ok", "嗯"])
async def test_where_nothing_is_asked_it_gets_a_friendly_word_and_is_no_report(said: str) -> None:
    async with town() as t:
        await play(t, f"li: {said} | 好的，有需要随时说 | !没看懂\nma: {said} | 好的\nsun: {said} | All right.")
        assert await answers(t) == 0


async def test_after_an_answer_it_changes_nothing_of_it() -> None:
    async with asked() as t:
        await play(t, "li: 思想一般 | 已记：思想一般。\nli: ok | 好的 | !已改\nli: 好的，谢谢 | 好的")
        await play(t, "zhou: 摘要 | 李明：思想一般")


@pytest.mark.parametrize("said", ["收到", "好", "👍", "嗯"])
async def test_while_a_question_is_open_it_is_asked_back_in_one_line(said: str) -> None:
    async with asked() as t:
        answer = await t.talk("li", said)
        assert "还在等你的回答" in answer
        assert "\n" not in answer
        assert await answers(t) == 0


async def test_whoever_is_away_or_has_put_it_off_or_takes_no_part_is_asked_nothing() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 请假 3天 | 不问你
            li: 好的 | 好的，有需要随时说
            wang: 稍后 | 再问你
            wang: 好 | 好的
            zhao: 不同意 | 以后不再向你提问
            zhao: 收到 | 好的 | !没有记
            """,
        )


async def test_an_offer_of_help_takes_it_for_yes() -> None:
    async with asked() as t:
        await play(t, "li: 胃不舒服 | 要帮忙吗\nli: 好的 | 诉求 1 号")


async def test_it_claims_no_need_and_settles_no_end() -> None:
    async with asked(town_with(("to = 2026-05-29", "to = 2026-03-12"))) as t:
        await play(t, "li: 求助 换房\nzhou: 收到 | 诉求 1 号还没有人认领 | “认领 1”\nwu: 认领 1\nzhou: 收到 | !认领")
        await t.until("2026-03-10 09:20")
        await play(t, "zhou: 好的 | 3月12日（周四）到期 | “延期 7天” | “结束”\nzhou: 结束\nzhou: 好的 | !到期")
        assert await t.state() == "closing"


async def test_it_does_not_say_whether_somebody_comes_to_a_class() -> None:
    async with town(TWO + LESSON) as t:
        await t.until("2026-03-02 13:30")
        await play(t, "li: 收到 | 「周五课堂」 | “参加” | “请假”\nli: 参加\nli: 好的 | !周五课堂")
        await t.until("2026-03-02 17:00")
        await play(t, "wang: 收到 | !周五课堂")


async def test_a_need_raised_at_night_says_when_it_is_heard_of() -> None:
    async with town(at="2026-03-02 21:00") as t:
        await play(
            t,
            """
            li: 求助 换房 | 周敏在3月3日（周二）07:30收到 | !已转给 | 每一步都会告诉你 | 急事请直接打电话
            sun: need a doctor | 周敏 gets it on Tue 3 Mar 07:30 | !passed
            """,
        )
        assert "诉求" not in await told(t, "zhou")
        await t.until("2026-03-03 07:30")
        assert "“换房”" in await told(t, "zhou")
        await play(t, "li: 求助 借书 | 已转给周敏 | !免打扰")


async def test_the_wish_to_talk_is_read_back_once() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 思想：想聊聊；办案：正常 | 已记：想聊聊，办案正常推进。 | !想想
            sun: I want to talk | Noted: Would like to talk. | !Thoughts
            """,
        )
        await t.until("2026-03-02 18:20")
        assert "李明：想聊聊" in await told(t, "zhou")
