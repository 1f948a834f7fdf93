"""？: what each can say, no more and no less."""

import pytest

from tests.flow.transcript import TWO, asked, play

MARKS = ["？", "?", "？？", "？？？？", "帮助", "怎么用？", "Help", "“？”"]


@pytest.mark.parametrize("mark", MARKS)
async def test_it_comes_in_every_dress(mark: str) -> None:
    async with asked() as t:
        await play(t, f"li: {mark} | 1　一切正常 | 请假 3天 | !摘要")


async def test_each_hears_what_is_hers() -> None:
    async with asked(TWO) as t:
        await play(
            t,
            """
            li: ？ | 节点紧 | !学习正常 | !认领
            chen: ？ | 同上 | !认领
            zhou: ？ | 学习正常 | 认领 3 | 延期 7天
            wu: ？ | 认领 3 | !同上
            ma: ？ | 认领 3 | !同上
            sun: ? | You can say | !claim
            nobody: ？ | 名单里没有你
            """,
        )


async def test_it_fits_a_phone_and_a_glance() -> None:
    async with asked(TWO) as t:
        for who, most in (("li", 14), ("sun", 14), ("ma", 14), ("zhou", 20)):  # zhou is a member and on duty
            lines = (await t.talk(who, "？")).split("\n")
            assert len(lines) <= most
            assert max(map(len, lines)) <= 60


async def test_it_says_first_what_waits() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: ？ | 有一次提问在等你回答
            li: 1 | 已记
            li: ？ | !等你回答
            li: 胃不舒服 | 要帮忙吗
            li: ？ | 上面问的还在等你回 | “取消”
            """,
        )


async def test_more_of_one_thing_is_said_to_whom_it_concerns() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: ？请假 | 静默 48小时 | !认领
            li: ？ 诉求 | 解决了；没解决 … | !办结 3
            zhou: ？诉求 | 办结 3 … | !我的诉求
            zhou: 帮助 值班。 | 交班 姓名 3天
            li: ？值班 | !交班
            sun: ? leave | silence 48 hours
            li: ？回答 | 1　一切正常
            """,
        )


async def test_a_question_of_hers_is_no_question_to_the_bot() -> None:
    async with asked() as t:
        await play(t, "li: 帮助我买药 | !可以这样回\nli: ？怎么这么久 | !可以这样回")


async def test_asking_for_help_keeps_an_open_question_open() -> None:
    async with asked() as t:
        await play(t, "li: 胃不舒服 | 要帮忙吗\nli: ？ | 可以这样回\nli: 要 | 诉求 1 号")
