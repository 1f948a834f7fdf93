"""What the app may ask about itself and the members, and uploads."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.simulators.calling import Caller, calling
from tests.simulators.wecom import App, Corp, Member

FRAME = bytes([0x3C]) + bytes(31)  # 20 ms of AMR


async def test_the_app_sees_its_visible_range() -> None:
    async with calling() as app:
        found = await app.get("agent/get", agentid="1000002")
        assert (found["errcode"], found["allow_partys"]) == (0, {"partyid": [1]})
        app.wecom.corp.app.root = False
        users = (await app.get("agent/get", agentid="1000002"))["allow_userinfos"]["user"]
        assert [one["userid"] for one in users] == ["Li", "wang", "zhao"]


@pytest.mark.parametrize(("agentid", "code"), [("7", 40056), ("1000009", 301002)])
async def test_another_app_is_not_shown(agentid: str, code: int) -> None:
    async with calling() as app:
        assert (await app.get("agent/get", agentid=agentid))["errcode"] == code


@pytest.mark.parametrize(("userid", "code"), [("LI", 0), ("nobody", 60111), ("", 40003), ("好", 40003), ("wu", 60011)])
async def test_a_member_in_range_is_shown(userid: str, code: int) -> None:
    async with calling([Member("Li", "李娜"), Member("wu", visible=False)]) as app:
        found = await app.get("user/get", userid=userid)
        assert (found["errcode"], found.get("name")) == (code, "李娜" if code == 0 else None)


async def test_lists_of_members_and_departments_are_given() -> None:
    async with calling() as app:
        names = [one["name"] for one in (await app.get("user/simplelist", department_id="7"))["userlist"]]
        assert names == ["赵敏"]
        assert [one["id"] for one in (await app.get("department/simplelist"))["department_id"]] == [1, 7]
        assert (await app.get("user/simplelist"))["errcode"] == 40058


async def test_all_ids_are_only_for_the_contact_secret_and_come_in_pages() -> None:
    async with calling() as app:
        assert (await app.post("user/list_id", {}))["errcode"] == 48002
    async with calling(corp=Corp(app=App(contacts=True))) as app:
        first = await app.post("user/list_id", {"limit": 3})
        rest = await app.post("user/list_id", {"limit": 3, "cursor": first["next_cursor"]})
        assert len(first["dept_user"]) + len(rest["dept_user"]) == 4
        assert "next_cursor" not in rest


async def test_the_platforms_addresses_are_given() -> None:
    async with calling() as app:
        for path in ("getcallbackip", "get_api_domain_ip"):
            assert (await app.get(path))["ip_list"] == ["127.0.0.1"]


async def upload(app: Caller, kind: str, content: bytes) -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("media", BytesIO(content), filename="f", content_type="application/octet-stream")
    query = {"access_token": app.token, "type": kind}
    async with app.session.post(f"{app.wecom.url}/cgi-bin/media/upload", params=query, data=form) as answer:
        return await answer.json()


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("image", b"123456", 0),
        ("image", b"12345", 45001),
        ("image", bytes(5 * 1024 * 1024 + 1), 45001),
        ("voice", b"#!AMR\n" + FRAME * 3000, 0),
        ("voice", b"#!AMR\n" + FRAME * 3001, 45007),
        ("voice", b"RIFF0000", 301017),
        ("poem", b"123456", 40004),
    ],
)
async def test_an_upload_is_taken_within_its_limits(kind: str, content: bytes, code: int) -> None:
    async with calling() as app:
        await app.get("getcallbackip")
        assert (await upload(app, kind, content))["errcode"] == code


async def test_what_was_uploaded_can_be_sent_for_three_days() -> None:
    async with calling() as app:
        await app.get("getcallbackip")
        body: dict[str, Any] = {"touser": "li", "agentid": 1000002, "msgtype": "image"}
        body["image"] = {"media_id": (await upload(app, "image", b"123456"))["media_id"]}
        assert (await app.post("message/send", body))["errcode"] == 0
        app.clock.later(days=3)
        app.token = ""
        assert (await app.post("message/send", body))["errcode"] == 40007
