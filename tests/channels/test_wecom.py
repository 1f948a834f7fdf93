"""WeCom end to end: what is asked arrives, what is answered is kept once, and the answer comes back sealed."""

from pathlib import Path

import aiohttp
import pytest

from bot.errors import CannotStart
from tests.channels.wecom_town import USERS, on_wecom, said, wecom_town
from tests.simulators.wecom.crypto import seal
from tests.town import town

Patch = pytest.MonkeyPatch


async def test_a_question_goes_out_in_one_call_and_a_report_costs_one_message(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        asked = [call.body["touser"].split("|") for call in w.wecom.record.of("message/send")]
        question, card = (sorted(users) for users in asked if len(users) == 4)
        assert question == card == sorted(USERS[one] for one in ("chen", "li", "wang", "zhao"))
        assert await w.say("li", "1") == "已记：思想稳定，办案正常推进，生活都好。"


async def test_the_address_is_proved_with_the_bare_text(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert (await w.wecom.verify()).good
        w.wecom.corp.app.token = "another"
        assert (await w.wecom.verify()).status == 403


async def test_what_is_refused_has_no_reason_in_it(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        url = w.pages.make_url("/callback/wecom").with_query(msg_signature="0" * 40, timestamp="1772444400", nonce="n")
        async with aiohttp.ClientSession() as session, session.post(url, data=b"<xml/>") as response:
            assert (response.status, await response.read()) == (403, b"")


async def test_a_repeated_call_gets_the_same_answer_sealed_anew_and_counts_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        first = await w.wecom.say("LiMing", "求助 换个住处")
        (again,) = await w.wecom.again(first)
        assert said(again) == said(first)
        assert len(await w.t.rows("SELECT id FROM need")) == 1


async def test_an_answer_lost_on_the_way_is_asked_for_again_and_counts_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        w.wecom.callback.lose = 2
        assert "1 号" in said(await w.wecom.say("LiMing", "求助 换个住处"))
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
        more = {"location": ("30.1", "117.2", "x"), "link": ("x", "https://example.org"), "file": ("x.pdf",)}
        said(await getattr(w.wecom, kind)("LiMing", *more.get(kind, ())))
        await w.t.bot.beat()
        assert "请打字" in w.chat("li")[-1]
        assert await w.t.rows("SELECT 1 FROM report WHERE said <> ''") == []


async def test_opening_the_app_greets_once_a_day(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert "李明同志，你好" in said(await w.wecom.enter_agent("LiMing"))
        await w.t.until("2026-03-02 12:00")
        assert said(await w.wecom.subscribe("LiMing")) == ""
        await w.t.until("2026-03-03 08:00")
        assert "你好" in said(await w.wecom.enter_agent("LiMing"))


async def test_a_menu_button_is_what_it_says(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        assert "已记" in said(await w.wecom.click("WangJing", "1"))


async def test_unknown_events_are_nothing_and_governance_is_told_to_the_admins(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert said(await w.wecom.event("LiMing", "view", EventKey="https://example.org")) == ""
        assert said(await w.wecom.event("sys", "change_contact", ChangeType="create_user")) == ""
        assert said(await w.wecom.governance("inactive_alert", EffectTime="1")) == ""
        await w.t.bot.beat()
        await w.t.until("2026-03-02 08:10")
        assert any("inactive_alert" in one for one in w.chat("zhou"))


async def test_a_stranger_hears_whom_to_ask_and_another_corporation_nothing(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        assert "名单里没有你" in said(await w.wecom.say("Nobody", "1"))
        other = seal(w.wecom.corp.app.aes_key, "<xml><MsgType>text</MsgType></xml>", "wwffffffffffffffff")
        query, body = w.wecom.callback.envelope(other)
        url = w.wecom.corp.app.callback_url
        async with aiohttp.ClientSession() as session, session.post(url, params=query, data=body) as response:
            assert (response.status, await response.read()) == (403, b"")


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
