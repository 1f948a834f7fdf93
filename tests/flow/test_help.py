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
        for who in ("li", "sun", "zhou"):
            lines = (await t.talk(who, "？")).split("\n")
            assert len(lines) <= 14
            assert max(map(len, lines)) <= 60


async def test_asking_for_help_keeps_an_open_question_open() -> None:
    async with asked() as t:
        await play(t, "li: 胃不舒服 | 要帮忙吗\nli: ？ | 可以这样回\nli: 要 | 诉求 1 号")
