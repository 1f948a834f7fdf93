"""A member's own file on the web: her link, her phone, one hour."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.desk import BotDesk
from bot.web import session
from bot.web.records import link
from tests.town import town
from tests.web.conftest import Open
from tests.web.fakes import FakeDesk


def closed_desk() -> FakeDesk:
    return FakeDesk(open_phones=False, demo=False)


def path_of(address: str) -> str:
    found = urlsplit(address)
    return f"{found.path}?{found.query}"


def hers(desk: Any, member: str = "chen", form: str = "html") -> str:
    return path_of(link(desk, "http://127.0.0.1:8080/", member, f"my-records.{form}"))


@pytest.mark.parametrize(("form", "type_"), [("html", "text/html"), ("json", "application/json")])
async def test_the_link_gives_her_file_to_keep(browse: Open, form: str, type_: str) -> None:
    desk = closed_desk()
    client = await browse(desk)
    await client.get(session.link(desk, "chen", 1))
    response = await client.get(hers(desk, form=form))
    assert (response.status, response.content_type, await response.text()) == (200, type_, f"{form} of chen")
    assert response.headers["Content-Disposition"] == f'attachment; filename="my-records.{form}"'
    assert response.headers["Cache-Control"] == "no-store"


async def test_without_her_phone_the_link_opens_nothing(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    assert (await client.get(hers(desk))).status == 403
    await client.get(session.link(desk, "li", 1))
    assert (await client.get(hers(desk))).status == 403


async def test_without_the_link_her_phone_opens_nothing(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    await client.get(session.link(desk, "chen", 1))
    phone_key = session.key_for(desk, "chen", 600)
    over = session.key_for(desk, "chen", -1, "records")
    others = session.key_for(desk, "li", 600, "records")
    for key in ("", "x", phone_key, over, others):
        response = await client.get("/phone/chen/my-records.html", params={"key": key})
        assert response.status == 403
        assert "再回一次“我的数据”" in await response.text()


def test_the_link_is_good_for_an_hour() -> None:
    desk = closed_desk()
    key = hers(desk).partition("key=")[2]
    assert 3590 < session.seconds_left(desk, "chen", key, "records") <= 3600
    assert session.seconds_left(desk, "chen", key) == 0


async def test_other_forms_are_no_page(browse: Open) -> None:
    desk = FakeDesk()
    assert (await (await browse(desk)).get(hers(desk, form="xlsx"))).status == 404


async def test_in_the_demo_it_opens_at_this_machine_only(browse: Open) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    assert (await client.get(hers(desk))).status == 200
    assert (await client.get(hers(desk), headers={"Host": "evil.example"})).status == 403


async def test_the_address_said_in_the_chat_opens_all_that_is_held(browse: Open, tmp_path: Path) -> None:
    async with town(at="2026-03-02 17:40", folder=tmp_path) as t:
        await t.talk("chen", "求助 金丝雀病了")
        said = await t.talk("chen", "我的数据")
        page, table = (line for line in said.split("\n") if line.startswith("http://127.0.0.1:8080/phone/chen/"))
        desk = BotDesk(t.bot)
        client = await browse(desk)
        await client.get(session.link(desk, "chen", 1))
        assert "金丝雀病了" in await (await client.get(path_of(page))).text()
        held = json.loads(await (await client.get(path_of(table))).text())["held"]
        assert held["need"][0]["words"] == "金丝雀病了"
