"""Whatever is sent gets an answer; the same message twice gets the same one; what breaks leaves nothing behind."""

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.webchat import Webchat
from bot.flow.inbound import Ear
from bot.handling import Answer, Command, Context
from bot.message import Message
from handlers import ARRIVAL, COMMANDS, FALLBACK
from tests.flow.transcript import ASKED, TWO, asked, play
from tests.town import TOWN, Town, town

ROLES = ("li", "sun", "chen", "zhou", "wu", "ma", "nobody")
WORDS = [word for command in COMMANDS for word in command.words]
BROKEN = ("没有保存", "not saved")
ODD = {
    "nothing": "",
    "only spaces": " \u3000\t\n ",
    "control characters": "\x00\x01\x1b[31m\x7f",
    "marks of direction": "\u202e\u200f\u2066\u2069\ufeff",
    "half a character": "\ud83d",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈",
    "a combining mark": "\u0301",
    "a line separator": "思想稳\u2028生活好",
    "a formula": "=HYPERLINK(1)",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a query": "'; DROP TABLE member; --",
    "a page": "<script>alert(1)</script>",
}


async def dump(t: Town) -> dict[str, list[str]]:
    tables = [row["name"] for row in await t.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [str(dict(row)) for row in await t.rows("SELECT * FROM " + name)] for name in tables}


@pytest.mark.parametrize("what", ODD)
async def test_odd_text_gets_a_sentence_from_everyone_s_phone(what: str) -> None:
    async with asked() as t:
        for who in ROLES:
            answer = await t.talk(who, ODD[what])
            assert answer.strip()
            assert not any(broken in answer for broken in BROKEN)
            assert "49" not in answer


async def test_odd_text_is_no_need_and_no_answer_to_one() -> None:
    async with asked() as t:
        for what in ("nothing", "only spaces", "marks of direction", "emoji"):
            await t.talk("li", "求助")
            assert re.search("要帮什么|没有看到字|表情", await t.talk("li", ODD[what]))
        assert await t.rows("SELECT id FROM need") == []


async def test_what_cannot_be_seen_does_not_change_what_is_read() -> None:
    async with asked() as t:
        assert "已记：思想稳定，办案正常推进" in await t.talk("li", "\u202e１\u200b\x00")
        for who, newline in (("wang", "\r\n"), ("zhao", "\r"), ("chen", "\u2028")):
            assert "已记：思想稳定，生活都好。" in await t.talk(who, f"思想稳{newline}生活好")


@pytest.mark.parametrize(("length", "too_long"), [(4000, False), (4001, True), (100_000, True), (1_000_000, True)])
async def test_too_long_is_said_before_anything_is_read(length: int, too_long: bool) -> None:
    async with asked() as t:
        for text in ("x" * length, "1" * length, ("求助 " + "房" * length)[:length]):
            answer = await t.talk("li", text)
            assert ("太长了（最多 4000 字）" in answer) is too_long
        assert await t.rows("SELECT * FROM refusal") == []


async def test_the_same_key_gets_the_same_answer_and_changes_nothing() -> None:
    async with asked() as t:
        for number, text in enumerate(
            ("思想稳 节点紧 胃不舒服", "要", "求助 换房", "请假 3天", "案号〔2026〕1号", "？")
        ):
            first = await t.talk("li", text, key=f"k{number}")
            before = await dump(t)
            assert await t.talk("li", text, key=f"k{number}") == first
            assert await t.talk("li", "别的话", key=f"k{number}") == first
            assert await dump(t) == before


@pytest.mark.parametrize("remembers", [True, False])
async def test_a_key_heard_long_ago_is_still_known_when_its_answer_is_not(*, remembers: bool) -> None:
    async with asked(TOWN + '[keep]\nwords = "1d"\n') as t:
        t.bot.channels["chat"].can = replace(Webchat.can, remembers=remembers)
        first = await t.talk("li", "求助 换房", key="old")
        assert await t.talk("li", "求助 换房", key="old") == first
        await t.until("2026-03-05 12:00")
        await play(t, "wu: 答复 1 好了")
        assert "早就收到了" in await t.talk("li", "求助 换房", key="old")
        assert len(await t.rows("SELECT id FROM need")) == 1


def breaks(ctx: Context) -> Answer:
    ctx.tables.facts.note("half_done", ctx.work.now, None, ctx.member.id)
    raise ZeroDivisionError(ctx.text)


async def hear(t: Town, command: Command, who: str, text: str, key: str = "k") -> str:
    """As the bot would answer, had it this command too."""
    ear = Ear(t.bot.config, t.bot.renderer, (command, *COMMANDS), FALLBACK, ARRIVAL)
    heard = await ear.hear(t.bot.store, Message("chat", key, who, text), t.clock.now(), Webchat.can)
    return heard.text


async def test_a_handler_that_breaks_is_rolled_back_and_the_same_message_may_be_sent_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = Command(name="broken", words=("坏",), handle=breaks, tail="words")
    async with asked() as t:
        before = await dump(t)
        assert await hear(t, broken, "li", "坏 canary") == "这条没有保存，请再发一次。若还不行，请告诉管理员。"
        assert "not saved" in await hear(t, broken, "sun", "坏", key="s")
        assert await dump(t) == before
        assert "ZeroDivisionError" in caplog.text
        assert "canary" not in caplog.text
        assert "已记" in await t.talk("li", "1", key="k")


async def test_a_sentence_that_cannot_be_filled_is_a_broken_handler_too() -> None:
    lacking = Command(name="lacks", words=("缺",), handle=lambda ctx: ctx.say("need.unknown"))
    async with asked() as t:
        assert "请再发一次" in await hear(t, lacking, "li", "缺")
        assert "已记" in await t.talk("li", "1", key="k")


SAID = [
    *WORDS,
    "1",
    "3",
    "要",
    "不用",
    "确认",
    "3天",
    "到周五",
    "清风",
    "思想",
    "生活",
    "困难",
    "胃疼",
    "：",
    "，",
    "\n",
]
messages = st.one_of(
    st.text(max_size=60),
    st.builds(" ".join, st.lists(st.sampled_from(SAID), max_size=4)),
    st.builds("".join, st.lists(st.sampled_from(SAID), max_size=6)),
)


def test_any_text_from_anyone_gets_an_answer_and_breaks_nothing() -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        t = runner.run(stack.enter_async_context(town(TWO)))
        runner.run(t.until(ASKED))

        @settings(max_examples=300, deadline=None, suppress_health_check=(HealthCheck.too_slow,))
        @given(st.sampled_from(ROLES), messages)
        def say(who: str, text: str) -> None:
            answer = runner.run(t.bot.hear(Message("chat", f"{t.bot}{next(keys)}", who, text)))
            assert answer.strip()
            assert not any(broken in answer for broken in ("请再发一次", "not saved"))

        keys = iter(range(1_000_000))
        try:
            say()
            runner.run(t.bot.beat())
        finally:
            runner.run(stack.aclose())
