"""A unit that speaks English hears English over WeCom too: in cards, in the group, and when something is wrong."""

import re

import pytest

from bot.flow.kinds import KINDS
from tests.channels.wecom_town import USERS, WecomTown, people, said, wecom_town
from tests.simulators.wecom import Fault, Line, simulator
from tests.town import town_with

HAN = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = town_with(
    ("[channels", 'language = "en"\n[channels'),
    ("清风专班临时党支部", "Qingfeng temporary Party branch"),
    ("机关党委", "the Party committee"),
    ("机党〔2026〕7号", "2026-7"),
)
NAMES = {"陈晓", "李明", "王静", "赵磊", "孙悦", "周敏", "吴强", "马骏", "示例县人民检察院"}
WANTED = {kind for kind in KINDS if kind.startswith(("channel.", "group_chat."))}


async def live(w: WecomTown) -> None:
    await w.t.until("2026-03-02 09:05")
    w.wecom.corp.members["liming"].visible = False
    await w.wecom.governance("low_active_alert", EffectTime="1")
    await w.t.until("2026-03-02 17:39")
    w.wecom.faults.add(Fault("code", "message/send", code=60020))
    await w.t.until("2026-03-02 18:00")
    card = [one for one in w.wecom.record.lines(USERS["wang"]) if one.kind == "template_card"][-1]
    said(await w.wecom.tap(USERS["wang"], card.task_id, card.card["button_list"][0]["key"]))
    await w.say("zhou", "close now")
    await w.say("zhou", "yes")
    await w.t.until("2026-03-03 18:10")


async def test_all_that_wecom_adds_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, wecom=platform, text=ENGLISH) as w:
            await live(w)
            kinds = {row["kind"] for row in await w.t.rows("SELECT DISTINCT kind FROM outbox")}
            assert WANTED - kinds == {"group_chat.without"}
        lines: list[Line] = [one for user in USERS.values() for one in platform.record.lines(user, None)]
        told = [line.text for line in lines if line.sender == "app"]
        assert any("group chat" in one for one in told)
        assert any("[all well]" in one for one in told)
        for one in told:
            assert not set(HAN.findall(one)) - NAMES, one


async def test_why_there_is_no_group_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    async with wecom_town(monkeypatch, text=ENGLISH) as w:
        w.wecom.corp.app.root = False
        await w.t.until("2026-03-02 09:00")
        (why,) = [one for one in w.chat("zhou") if "no group chat" in one]
        assert not set(HAN.findall(why)) - NAMES
