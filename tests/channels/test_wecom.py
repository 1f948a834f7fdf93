"""WeCom end to end: what is asked arrives, what is answered is kept once, and the answer comes back sealed."""

from pathlib import Path

import aiohttp
import pytest

from bot.errors import CannotStart
from tests.channels.wecom_seal import xml_of
from tests.channels.wecom_town import USERS, on_wecom, wecom_town
from tests.town import town

Patch = pytest.MonkeyPatch


async def test_a_question_goes_out_in_one_call_and_a_report_costs_one_message(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:40")
        await w.t.until("2026-03-02 17:43")
        asked = [call for call in w.wecom.calls if "这几天怎么样" in call.text]
        assert [sorted(call.touser) for call in asked if len(call.touser) > 1] == [
            sorted(USERS[one] for one in ("chen", "li", "wang", "zhao"))
        ]
        assert await w.say("li", "1") == "已记：思想稳定，办案正常推进，生活都好。"


async def test_the_address_is_proved_with_the_bare_text(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        sealed = w.wecom.seal.seal("1616140317555161061")
        query = {"msg_signature": w.wecom.seal.signature("1772444400", "n1", sealed), "echostr": sealed}
        url = w.pages.make_url("/callback/wecom").with_query(query | {"timestamp": "1772444400", "nonce": "n1"})
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            assert (response.status, await response.read()) == (200, b"1616140317555161061")
        async with aiohttp.ClientSession() as session, session.get(url.update_query(nonce="n2")) as response:
            assert (response.status, await response.read()) == (403, b"")


async def test_a_repeated_call_gets_the_same_answer_sealed_anew_and_counts_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        first = await w.say("li", "求助 换个住处", 71)
        assert await w.say("li", "求助 换个住处", 71) == first
        assert len(await w.t.rows("SELECT id FROM need")) == 1


async def test_what_the_bot_says_by_itself_arrives_and_a_need_is_settled_over_wecom(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        await w.say("li", "求助 换个住处")
        await w.t.until("2026-03-02 17:46")
        assert any("诉求 1 号" in one for one in w.chat("zhou"))
        assert "由你来办" in await w.say("zhou", "认领 1")
        assert any("周敏已认领" in one for one in w.chat("li"))


@pytest.mark.parametrize("kind", ["voice", "image", "video", "location", "link", "file"])
async def test_what_has_no_words_is_told_how_to_send_text(monkeypatch: Patch, kind: str) -> None:
    async with wecom_town(monkeypatch) as w:
        assert "请打字" in await w.wecom.post({"MsgType": kind, "MediaId": "m", "MsgId": "9"}, "LiMing")
        assert await w.t.rows("SELECT 1 FROM report WHERE said <> ''") == []


async def test_opening_the_app_greets_once_a_day(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert "李明同志，你好" in await w.wecom.event("LiMing", "enter_agent", EventKey="")
        await w.t.until("2026-03-02 12:00")
        assert await w.wecom.event("LiMing", "subscribe", EventKey="2") == ""
        await w.t.until("2026-03-03 08:00")
        assert "你好" in await w.wecom.post({"MsgType": "event", "Event": "enter_agent"}, "LiMing", "1772530800")


async def test_a_menu_button_is_what_it_says_and_a_tap_is_answered_by_a_message(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        assert "已记" in await w.wecom.event("WangJing", "click", EventKey="1")
        tapped = {"EventKey": "1|round", "TaskId": "t1", "CardType": "button_interaction", "ResponseCode": "r"}
        assert await w.wecom.event("LiMing", "template_card_event", **tapped) == ""
        await w.t.bot.beat()
        assert w.chat("li")[-1] == "已记：思想稳定，办案正常推进，生活都好。"


async def test_unknown_events_are_nothing_and_governance_is_told_to_the_admins(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert await w.wecom.event("LiMing", "view", EventKey="https://example.org") == ""
        assert await w.wecom.event("sys", "change_contact", ChangeType="create_user") == ""
        assert await w.wecom.event("sys", "inactive_alert", EffectTime="1") == ""
        await w.t.bot.beat()
        await w.t.until("2026-03-02 08:10")
        assert any("inactive_alert" in one for one in w.chat("zhou"))


async def test_a_stranger_hears_whom_to_ask_and_another_corporation_nothing(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert "名单里没有你" in await w.wecom.say("Nobody", "1")
        w.wecom.seal.corp_id = "wwffffffffffffffff"
        sealed = w.wecom.seal.seal(xml_of({"FromUserName": "LiMing", "MsgType": "text", "Content": "1", "MsgId": "5"}))
        assert (await w.wecom.send_envelope(sealed, "1772444400", "n"))[0] == 403


async def test_a_secret_is_refused_here_too_and_kept_nowhere(monkeypatch: Patch, tmp_path: Path) -> None:
    async with wecom_town(monkeypatch, tmp_path) as w:
        assert "没有保存" in await w.say("li", f"({2026})示{9999}刑初{1}号的事")
    assert "刑初".encode() not in (tmp_path / "town.db").read_bytes()


@pytest.mark.parametrize("env", ["WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY"])
async def test_without_a_secret_it_does_not_start_and_says_which(monkeypatch: Patch, env: str) -> None:
    async with wecom_town(monkeypatch):
        pass
    monkeypatch.delenv(env)
    with pytest.raises(CannotStart) as refused:
        async with town(on_wecom("http://127.0.0.1:9")):
            pass
    assert (refused.value.key, refused.value.facts["env"]) == ("start.no_secret", env)
