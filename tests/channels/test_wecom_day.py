"""A day of a branch of thirty over WeCom, with faults and restarts, hears what the same day hears in the web chat."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.store.tables import Tables
from tests.channels.wecom_day import DAY, END, EVERYBODY, MEMBERS, START, UNIT, USER, Deed, play
from tests.channels.wecom_town import WecomTown, said, wecom_town
from tests.simulators.wecom import Fault, Line, Member, Wecom, simulator
from tests.town import town

Heard = dict[str, list[str]]
NOTICE = "明早七点半在大院门口集合\n不用答复"
BETWEEN = "\n（要回答，请在应用里单独对我说；群里说的话我看不到。）"
# What belongs to WeCom alone: the group's first and last words, the plea to dissolve it, the card's pointer.
OF_WECOM = ("这里是「", "「清风专班临时党支部」结束了，这个群", "「清风专班临时党支部」的群聊已改名", "见下一条消息。")


async def on_web_chat() -> Heard:
    """The script in the web chat; a tap is what it says."""
    async with town(UNIT, START) as t:

        async def act(deed: Deed) -> None:
            if deed.how in ("say", "tap"):
                await t.talk(deed.who, deed.what)

        await play(DAY, t.until, act)
        await t.until(END)
        return {one: await t.heard(one) for one in EVERYBODY}


class _Day:
    """The bot on WeCom, stopped and started again on the same file while the platform goes on."""

    def __init__(self, start: Callable[[str], Awaitable[WecomTown]], stop: Callable[[], Awaitable[None]]) -> None:
        self._start, self._stop = start, stop
        self.w: WecomTown

    async def until(self, at: str) -> None:
        await self.w.t.until(at)

    async def act(self, deed: Deed) -> None:
        match deed.how:
            case "say":
                said(await self.w.wecom.say(USER[deed.who], deed.what))
            case "tap":
                await self._tap(USER[deed.who], deed.what)
            case "fault":
                self.w.wecom.faults.add(Fault("revoke" if deed.what == "revoke" else "rate", "message/send"))
            case "restart":
                await self._stop()
                self.w = await self._start(deed.at)
        await self.w.t.bot.beat()

    async def _tap(self, user: str, words: str) -> None:
        card = [one for one in self.w.wecom.record.lines(user) if one.kind == "template_card"][-1]
        key = next(one["key"] for one in card.card["button_list"] if one["text"] == words)
        said(await self.w.wecom.tap(user, card.task_id, key))


async def on_wecom(monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[Heard, Wecom]:
    people = [Member(user, one) for one, user in USER.items()]
    async with simulator(people) as platform, AsyncExitStack() as stack:

        async def start(at: str) -> WecomTown:
            return await stack.enter_async_context(wecom_town(monkeypatch, folder, at, platform, UNIT, users=USER))

        day = _Day(start, stack.aclose)
        day.w = await start(START)
        await play(DAY, day.until, day.act)
        await day.until(END)
        closed = await day.w.t.bot.store.read(lambda tx: Tables(tx).branches.get("qingfeng"))
        assert closed
        assert closed.state == "closed"
        return {one: _heard(platform, USER[one]) for one in EVERYBODY}, platform


def _heard(platform: Wecom, user: str) -> list[str]:
    lines = [_words(line) for line in platform.record.lines(user, None) if line.sender == "app"]
    return [one for one in lines if one and not one.startswith(OF_WECOM)]


def _words(line: Line) -> str:
    """What is said; of a card that was tapped the answer alone, and nothing of one that only asks."""
    if line.kind == "template_card":
        return ""
    if line.kind == "card_update":
        return "\n".join(line.text.split("\n")[1:-2])
    return line.text.removesuffix(BETWEEN)


async def test_everybody_hears_the_same_as_in_the_web_chat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = await on_web_chat()
    heard, platform = await on_wecom(monkeypatch, tmp_path)
    (notice,) = {one for one in heard["p01"] if NOTICE in one}
    for one in ("p21", "zhou", "wu", "ma"):  # in the group, but it was not for them: one in silence, those on duty
        heard[one].remove(notice)
    assert heard == wanted
    assert [call.code for call in platform.record.calls if call.code not in (0, 40014, 42001, 45009)] == []
    assert {call.code for call in platform.record.calls} >= {0, 45009}
    assert {call.code for call in platform.record.calls} & {40014, 42001}
    assert platform.record.dropped == []
    (group,) = platform.chats.values()
    assert group.name.startswith("[已结束]")
    assert {USER[one].lower() for one in MEMBERS} <= set(group.members)
    assert sum("摘要：清风专班" in one for one in heard["zhou"]) == 3  # by itself on both days, and asked for
