"""Before the first real message the admins see what would go and say yes; until then nobody else is written to."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.config.model import ChannelConfig
from bot.message import Message
from tests.channels.wecom_town import USERS, WecomTown, people, wecom_town
from tests.simulators.wecom import Wecom, simulator
from tests.town import TOWN

Patch = pytest.MonkeyPatch
ONLY_THE_WEB_CHAT = property(lambda one: one.kind == "webchat")
TWO_ADMINS = TOWN.replace('admins = ["zhou"]', 'admins = ["zhou", "wu"]')


@asynccontextmanager
async def real(
    monkeypatch: Patch,
    folder: Path | None = None,
    at: str = "2026-03-02 08:00",
    wecom: Wecom | None = None,
    text: str = TWO_ADMINS,
) -> AsyncGenerator[WecomTown]:
    """The simulator taken for the real platform."""
    monkeypatch.setattr(ChannelConfig, "on_this_machine", ONLY_THE_WEB_CHAT)
    async with wecom_town(monkeypatch, folder, at, wecom, text) as w:
        await w.t.bot.ask_before_first_send()
        await w.t.bot.beat()
        yield w


def written_to(w: WecomTown) -> set[str]:
    return {who for who in USERS if w.chat(who)}


async def test_nobody_but_admins_is_written_to_and_they_see_what_would_go(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-02 18:30")
        assert written_to(w) == {"zhou", "wu"}
        assert w.wecom.chats == {}
        (first,) = [one for one in w.chat("zhou") if "还没有对外发过消息" in one]
        assert "17:40" in first
        assert "提问：陈晓、李明、孙悦 等 5 人" in first
        assert "确认发送" in first


async def test_after_the_word_what_still_holds_goes_at_once_and_the_other_admin_hears(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-02 17:50")
        assert "从现在起对外发消息" in await w.say("zhou", "确认发送")
        await w.t.until("2026-03-02 17:53")
        assert {"li", "chen", "wang"} <= written_to(w)
        assert any("周敏已确认" in one for one in w.chat("wu"))
        await w.t.until("2026-03-02 18:00")
        assert len(w.wecom.chats) == 1


async def test_what_is_out_of_date_by_then_is_not_said(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-04 09:00")
        await w.say("zhou", "确认发送")
        await w.t.until("2026-03-04 09:10")
        assert not any("这几天怎么样" in one for one in w.chat("li"))


async def test_nothing_bursts_out_in_the_night(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-02 23:00")
        await w.say("zhou", "确认发送")
        await w.t.until("2026-03-03 06:00")
        assert written_to(w) == {"zhou", "wu"}
        await w.t.until("2026-03-03 07:40")
        assert "li" in written_to(w)


async def test_whoever_writes_is_answered_meanwhile(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        assert "已记" in await w.say("li", "1")


async def test_without_an_answer_they_are_asked_again_the_next_day(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        await w.t.until("2026-03-03 09:00")
        assert sum("还没有人确认对外发消息" in one for one in w.chat("zhou")) == 1


async def test_only_admins_may_say_it(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        assert "由管理员确认：周敏、吴强" in await w.say("li", "确认发送")
        await w.say("zhou", "确认发送")
        assert "没有等待确认" in await w.say("zhou", "确认发送")


async def test_it_is_asked_once_for_an_app_and_again_for_another(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with real(monkeypatch, tmp_path, wecom=platform) as w:
            await w.say("zhou", "确认发送")
        async with real(monkeypatch, tmp_path, "2026-03-02 09:00", platform) as w:
            assert "没有等待确认" in await w.say("zhou", "确认发送")
        platform.corp.app.agentid = 1000003
        async with real(monkeypatch, tmp_path, "2026-03-02 10:00", platform) as w:
            assert "从现在起" in await w.say("zhou", "确认发送")


async def test_an_english_unit_is_asked_in_english(monkeypatch: Patch) -> None:
    text = TWO_ADMINS.replace("[channels", 'language = "en"\n[channels', 1)
    async with real(monkeypatch, text=text) as w:
        await w.t.until("2026-03-03 09:00")
        await w.say("zhou", "confirm sending")
        await w.t.until("2026-03-03 09:10")
        told = [one for who in ("zhou", "wu") for one in w.chat(who) if "end" in one]
        assert any("confirm sending" in one for one in told)
        assert any("has confirmed sending" in one for one in told)
        assert not any(word in one for one in told for word in ("确认", "发送", "等"))


async def test_a_bare_word_is_enough_where_nothing_else_waits_for_one(monkeypatch: Patch) -> None:
    async with real(monkeypatch) as w:
        assert "从现在起对外发消息" in await w.say("zhou", "确认")


async def test_who_is_reached_by_the_web_chat_is_neither_held_nor_shown(monkeypatch: Patch) -> None:
    text = TWO_ADMINS.replace("[people]", '[channels.here]\nkind = "webchat"\n[people]', 1)
    async with real(monkeypatch, text=text) as w:
        await w.t.bot.hear(Message("here", "1", "li", "渠道 here"))
        await w.t.bot.beat()
        found = await w.t.bot.ask_before_first_send()
        assert found
        assert "li" not in found.names
        assert "wang" in found.names
        await w.t.until("2026-03-02 17:45")
        assert any("这几天怎么样" in one for one in await w.t.heard("li"))


async def test_a_real_channel_that_is_put_into_the_file_later_is_asked_about(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        monkeypatch.setattr(ChannelConfig, "on_this_machine", ONLY_THE_WEB_CHAT)
        await w.t.bot.apply()
        await w.t.bot.beat()
        await w.t.until("2026-03-02 08:05")
        assert any("还没有对外发过消息" in one for one in w.chat("zhou"))


async def test_a_trial_writes_to_admins_only_whatever_was_confirmed(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 08:03")
        before = {who: len(w.chat(who)) for who in USERS}
        w.t.bot.only_admins = True
        await w.say("li", "求助 换个住处")
        await w.t.until("2026-03-02 18:30")
        grown = {who for who in USERS if len(w.chat(who)) > before[who]}
        assert grown == {"li", "zhou"}
        assert not any("这几天怎么样" in one for one in w.chat("li"))
        assert w.wecom.chats == {}


async def test_a_simulator_and_the_web_chat_ask_nobody(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert await w.t.bot.ask_before_first_send() is None
        assert "没有等待确认" in await w.say("zhou", "确认发送")
