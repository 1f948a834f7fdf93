"""Steering the simulator from another process, and the page that plays the client."""

from typing import Any

import aiohttp

from tests.simulators.calling import Caller, buttons, calling, with_bot


async def tell(app: Caller, deed: str, **body: Any) -> tuple[int, Any]:
    async with app.session.post(f"{app.wecom.url}/control/{deed}", json=body) as answer:
        return answer.status, await answer.json() if answer.content_type == "application/json" else None


async def look(app: Caller, what: str) -> Any:
    async with app.session.get(f"{app.wecom.url}/control/{what}") as answer:
        return await answer.json()


async def test_members_write_and_tap_by_control_and_their_chat_can_be_read() -> None:
    async with with_bot() as (app, bot):
        assert await tell(app, "callback") == (200, {"good": True, "trouble": ""})
        bot.says("好。")
        status, done = await tell(app, "say", userid="li", text="1")
        assert (status, done["statuses"], done["reply"]["text"]) == (200, [200], "好。")
        await app.card("li", buttons())
        assert (await tell(app, "tap", userid="li", task_id="t1", key="well"))[0] == 200
        lines = await look(app, "lines/li")
        assert [one["kind"] for one in lines] == ["text", "text", "template_card"]
        assert await look(app, f"lines/li?after={lines[1]['number']}") == lines[2:]
        card = (await look(app, "state"))["cards"][0]
        assert (card["task_id"], card["keys"]) == ("t1", ["well", "help"])
        for deed in ("voice", "image", "video", "subscribe", "unsubscribe", "enter_agent"):
            assert (await tell(app, "send", userid="li", kind=deed))[0] == 200
        assert (await tell(app, "event", userid="sys", event="low_active"))[0] == 200
        assert len((await look(app, "record"))["callbacks"]) == 9


async def test_faults_the_clock_and_the_members_are_set_by_control() -> None:
    async with calling() as app:
        assert (await tell(app, "fault", kind="code", path="message/send", code=-1))[1] == {"waiting": 1}
        assert (await app.text("li", "1"))["errcode"] == -1
        await tell(app, "fault", kind="reset")
        await tell(app, "calm")
        await tell(app, "revoke")
        assert (await app.text("li", "1"))["errcode"] == 40014
        assert (await tell(app, "clock", at="2026-03-02T09:00:00+08:00", skew=60))[1]["now"].startswith("2026-03-02T01")
        assert (await tell(app, "members", members=[{"userid": "zhou", "name": "周"}]))[1] == {"members": 4}
        calls = (await look(app, "record"))["calls"]
        assert [one["code"] for one in calls] == [0, -1, 40014]


async def test_what_cannot_be_done_is_told_and_does_nothing() -> None:
    async with calling() as app:
        for deed, body in (
            ("tap", {"userid": "li", "task_id": "t1", "key": "well"}),
            ("say", {}),
            ("send", {"kind": "song", "userid": "li"}),
            ("fault", {"sort": "hang"}),
            ("members", {"members": [{"name": "1"}]}),
        ):
            status, said = await tell(app, deed, **body)
            assert (status, "wrong" in said) == (400, True)
        assert (await tell(app, "dance"))[0] == 404


async def test_the_page_and_what_it_needs_are_served() -> None:
    async with calling() as app, aiohttp.ClientSession() as session:
        for path in ("", "page/client.js", "page/client.css"):
            async with session.get(f"{app.wecom.url}/{path}") as answer:
                assert answer.status == 200
                assert "http://" not in (await answer.text()).replace("http://www.w3.org", "")
