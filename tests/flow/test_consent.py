"""A first answer is consent; 不同意 ends the asking, tells the liaison, and can be taken back."""

import pytest

from bot.store.tables import Tables
from tests.flow.transcript import TWO, asked, play, told
from tests.town import Town


async def consent(t: Town, who: str = "li") -> list[str]:
    rows = await t.rows("SELECT consent FROM membership WHERE member = :who ORDER BY branch", who=who)
    return [row["consent"] for row in rows]


async def test_the_first_answer_is_consent_and_a_question_is_not() -> None:
    async with asked() as t:
        await play(t, "li: ？ | 1　一切正常\nli: 哈哈 | 没看懂")
        assert await consent(t) == ["unasked"]
        await play(t, "li: 1 | 已记")
        assert await consent(t) == ["given"]


@pytest.mark.parametrize("word", ["不同意", "不同意。", "我不同意", "不同意，不想被问", "退出", "disagree", "Stop."])
async def test_a_refusal_ends_the_asking_and_tells_the_liaison_once(word: str) -> None:
    async with asked() as t:
        await play(t, f"li: {word} | 以后不再向你提问 | 不影响 | “求助 …” | “同意”\nli: 不同意 | 以后不再向你提问")
        assert (await told(t, "zhou")).count("李明选择不参加") == 1
        assert await told(t, "wu") == ""
        await t.heard("li")
        await t.until("2026-03-06 12:00")
        assert await t.heard("li") == []


async def test_who_refused_is_named_in_no_list_of_the_silent() -> None:
    async with asked() as t:
        await play(t, "li: 不同意")
        await t.until("2026-03-04 18:30")
        heard = (await told(t, "zhou")).replace("李明选择不参加", "")
        assert "没有回音" in heard
        assert "李明" not in heard
        assert "不参加提问：1 人" in heard


async def test_what_is_said_after_a_refusal_is_kept_nowhere_and_help_still_works() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 不同意
            li: 思想稳 节点紧 | 这条没有记 | “同意” | “求助 …”
            li: 求助 换房 | 诉求 1 号
            """,
        )
        rows = await t.rows("SELECT said FROM report WHERE member = 'li'")
        assert [row["said"] for row in rows] == [""]
        lines = await t.bot.store.read(lambda tx: Tables(tx).lines.of("li", 0))
        assert not any("节点紧" in line.text for line in lines)


async def test_consent_given_back_brings_the_questions_back() -> None:
    async with asked() as t:
        await play(t, "li: 不同意\nli: 同意 | 欢迎")
        assert await consent(t) == ["given"]
        await t.heard("li")
        await t.until("2026-03-05 17:40")
        assert "这几天怎么样" in await told(t, "li")
        await play(t, "li: 1 | 已记")


async def test_words_given_before_a_refusal_go_into_no_digest_after_it() -> None:
    async with asked() as t:
        await play(t, "li: 生活：食堂的菜有点辣 | 已记\nli: 不同意")
        await t.until("2026-03-02 18:20")
        assert "食堂" not in await told(t, "zhou")


async def test_a_refusal_is_for_all_her_branches() -> None:
    async with asked(TWO) as t:
        await play(t, "chen: 不同意 | 以后不再向你提问\nchen: 1 | 这条没有记")
        assert await consent(t, "chen") == ["refused", "refused"]
        assert "陈晓选择不参加" in await told(t, "zhou")
        assert "陈晓选择不参加" in await told(t, "wu")
