"""Calendars, material and handed-over exports on the web: who gets them, and what becomes of what is no file."""

from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.desk import BotDesk
from bot.web import session
from tests.place import unit
from tests.test_import_study import ROWS, known
from tests.web.conftest import Client, Open
from tests.web.fakes import FakeDemo, FakeDesk
from tests.workbooks import xlsx


async def phone_of(browse: Open, desk: FakeDesk, member: str) -> Client:
    client = await browse(desk)
    await client.get(session.link(desk, member, 1))
    return client


def closed_desk() -> FakeDesk:
    return FakeDesk(open_phones=False, demo=False)


async def test_a_calendar_opens_by_its_address_alone(browse: Open) -> None:
    client = await browse(closed_desk())
    response = await client.get("/calendar/unit/abc.ics")
    assert (response.status, response.content_type) == (200, "text/calendar")
    for address in ("/calendar/unit/abd.ics", "/calendar/member.li/abc.ics", "/calendar/unit/zzz.ics"):
        assert (await client.get(address)).status == 404


async def test_material_opens_by_its_address_and_a_missing_file_is_said(browse: Open) -> None:
    client = await browse(closed_desk())
    response = await client.get("/material/lesson/abc")
    assert response.status == 200
    assert response.headers["Content-Disposition"] == "attachment"
    assert (await client.get("/material/lesson/abd")).status == 404
    assert "材料还没有放上来" in await (await client.get("/material/gone/abc")).text()
    assert (await client.get("/material/nothing/abc")).status == 404


async def test_only_a_duty_holder_gets_the_page(browse: Open) -> None:
    desk = closed_desk()
    assert (await (await browse(desk)).get("/phone/zhou/study-file")).status == 403
    assert (
        "安徽干部教育在线" in await (await (await phone_of(browse, desk, "zhou")).get("/phone/zhou/study-file")).text()
    )
    refused = await (await phone_of(browse, desk, "chen")).get("/phone/chen/study-file")
    assert (refused.status, "给联络员、书记和管理员用" in await refused.text()) == (403, True)


async def test_a_file_is_looked_at_and_entered_only_when_that_was_pressed(browse: Open) -> None:
    desk = closed_desk()
    client = await phone_of(browse, desk, "zhou")
    for more in ({}, {"enter": "1"}):
        form = aiohttp.FormData({"platform": "xuexi", **more})
        form.add_field("file", b"123", filename="a.xlsx")
        page = await (await client.post("/phone/zhou/study-file", data=form)).text()
        assert "张三" in page
        assert '<option value="xuexi" selected>' in page
    assert desk.exports == [("a.xlsx", b"123", "xuexi", False), ("a.xlsx", b"123", "xuexi", True)]


@pytest.mark.parametrize(
    ("size", "status"), [(2 * 2**20, 200), (21 * 2**20, 413)], ids=["two megabytes", "twenty-one megabytes"]
)
async def test_a_file_may_be_as_long_as_a_workbook_and_no_longer(browse: Open, size: int, status: int) -> None:
    desk = closed_desk()
    client = await phone_of(browse, desk, "zhou")
    form = aiohttp.FormData({"platform": "xuexi"})
    form.add_field("file", BytesIO(b"x" * size), filename="a.xlsx")
    response = await client.post("/phone/zhou/study-file", data=form)
    assert response.status == status
    assert len(desk.exports) == (status == 200)


async def test_another_site_hands_nothing_over(browse: Open) -> None:
    desk = closed_desk()
    client = await phone_of(browse, desk, "zhou")
    form = aiohttp.FormData({"platform": "xuexi"})
    form.add_field("file", b"x", filename="a.xlsx")
    response = await client.post("/phone/zhou/study-file", data=form, headers={"Origin": "https://evil.example"})
    assert (response.status, desk.exports) == (403, [])
    assert (await client.post("/phone/zhou/study-file", json={})).status == 415


async def test_a_liaison_hands_it_over_on_her_page_with_the_same_result(tmp_path: Path, browse: Open) -> None:
    async with unit(tmp_path) as t:
        client = await browse(BotDesk(t.bot, demo=FakeDemo(t.clock)))
        file = xlsx(tmp_path / "export.xlsx", ROWS).read_bytes()

        async def hand(**more: str) -> str:
            form = aiohttp.FormData({"platform": "ah-cadre", **more})
            form.add_field("file", file, filename="export.xlsx")
            response = await client.post("/phone/zhou/study-file", data=form)
            assert response.status == 200
            return await response.text()

        assert "会新记 2 条" in await hand()
        assert await known(t) == []
        page = await hand(enter="1")
        assert "第 4 行：名单里没有 张三" in page
        assert await known(t) == [("chen", 1200), ("li", 3050)]
        assert (await client.get("/phone/chen/study-file")).status == 403
