"""Sending and reading lines."""

import asyncio
import json
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import StoreFailed
from bot.web.body import MOST_BYTES, read_object
from bot.web.pages import Refused
from tests.web.conftest import Open
from tests.web.fakes import FakeDesk

CHEN = "/phone/chen/messages"


async def test_what_is_said_is_answered_and_can_be_read(browse: Open) -> None:
    client = await browse(FakeDesk())
    response = await client.post(CHEN, json={"text": "收到，一切正常。"})
    assert await response.json() == {"answer": "记下了：收到，一切正常。"}
    assert await (await client.get(CHEN)).json() == [
        {"id": "000001", "from": "chen", "text": "收到，一切正常。", "at": "2026-03-02T09:00:00Z"},
        {"id": "000002", "from": "bot", "text": "记下了：收到，一切正常。", "at": "2026-03-02T09:00:00Z"},
    ]


async def test_only_what_is_later_is_given(browse: Open) -> None:
    client = await browse(FakeDesk())
    await client.post(CHEN, json={"text": "1"})
    lines = await (await client.get(CHEN, params={"after": "000001"})).json()
    assert [line["id"] for line in lines] == ["000002"]


async def test_chinese_stays_readable_in_the_answer(browse: Open) -> None:
    client = await browse(FakeDesk())
    await client.post(CHEN, json={"text": "好"})
    assert "记下了：好" in await (await client.get(CHEN)).text()


async def test_the_same_try_reaches_the_desk_under_the_same_key(browse: Open) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    for _ in range(2):
        await client.post(CHEN, json={"text": "1", "key": "k1"})
    await client.post("/phone/li/messages", json={"text": "1", "key": "k1"})
    keys = [key for _, _, key in desk.heard]
    assert keys[0] == keys[1]
    assert keys[2] != keys[0], "one member's key must not collect another's answer"
    assert len(await desk.lines("chen")) == 2


async def test_a_message_without_a_key_gets_one_of_its_own(browse: Open) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    for key in (None, ""):
        await client.post(CHEN, json={"text": "1", "key": key})
    first, second = (key for _, _, key in desk.heard)
    assert first != second


ANY_TEXT = {
    "empty": "",
    "blank": " \n\n\t",
    "controls": "\x00\x07\x1b[31m",
    "emoji": "😀🇨🇳👩\u200d👧",
    "html": "<script>alert(1)</script>",
    "backwards": "\u202e倒",
    "long": "长" * 4001,
    "100 kB": "a" * 100_000,
    "100 kB of controls": "\x01" * 100_000,
    "100 kB of emoji": "😀" * 25_000,
    "300 kB of Chinese": "汉" * 100_000,
}


@pytest.mark.parametrize("text", ANY_TEXT.values(), ids=ANY_TEXT.keys())
async def test_any_text_is_heard_as_it_is_and_answered(browse: Open, text: str) -> None:
    desk = FakeDesk()
    response = await (await browse(desk)).post(CHEN, json={"text": text})
    assert response.status == 200
    assert (await response.json())["answer"]
    assert desk.heard[0][:2] == ("chen", text)


async def test_half_a_character_becomes_a_question_mark(browse: Open) -> None:
    desk = FakeDesk()
    headers = {"Content-Type": "application/json"}
    response = await (await browse(desk)).post(CHEN, data=b'{"text": "a\\ud800b"}', headers=headers)
    assert response.status == 200
    assert desk.heard[0][1] == "a?b"


NOT_MESSAGES = [
    *(b"", b"{", b"[]", b'"text"', b"null", b"1", b"{}", b"\xff\xfe{", b"[" * 200_000),
    *(b'{"text": 1}', b'{"text": null}', b'{"text": ["1"]}', b'{"text": "1", "key": 7}'),
    b'{"text": ' + b"9" * 5000 + b"}",
    json.dumps({"text": "1", "key": "k" * 101}).encode(),
]


@pytest.mark.parametrize("body", NOT_MESSAGES, ids=range(len(NOT_MESSAGES)))
async def test_what_is_not_a_message_is_refused_in_words(browse: Open, body: bytes) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    response = await client.post(CHEN, data=body, headers={"Content-Type": "application/json; charset=utf-8"})
    assert response.status == 400
    assert list(await response.json()) == ["error"]
    assert desk.heard == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
async def test_only_json_is_taken(browse: Open, kind: str) -> None:
    client = await browse(FakeDesk())
    response = await client.post(CHEN, data=b'{"text": "1"}', headers={"Content-Type": kind})
    assert response.status == 415
    assert "JSON" in (await response.json())["error"]


async def test_a_body_without_end_is_refused_in_words(browse: Open) -> None:
    client = await browse(FakeDesk())
    body = BytesIO(json.dumps({"text": "a" * MOST_BYTES}).encode())
    response = await client.post(CHEN, data=body, headers={"Content-Type": "application/json"})
    assert response.status == 413
    assert "太长" in (await response.json())["error"]


async def test_half_a_body_is_not_waited_for() -> None:
    async def take(request: web.Request) -> web.Response:
        try:
            return web.json_response(await read_object(request, seconds=0.05))
        except Refused as refused:
            return web.Response(status=refused.status)

    async def half() -> Any:
        yield b'{"text": '
        await asyncio.Event().wait()

    app = web.Application()
    app.router.add_post("/", take)
    async with TestClient(TestServer(app)) as client:
        response = await client.post("/", data=half(), headers={"Content-Type": "application/json"})
        assert response.status == 408


async def test_what_is_not_on_disk_is_not_acknowledged(browse: Open) -> None:
    desk = FakeDesk()
    desk.breaks = StoreFailed("store_failed")
    client = await browse(desk)
    response = await client.post(CHEN, json={"text": "1"})
    assert (response.status, await response.json()) == (503, {"error": "没有保存，请再发一次。"})
    assert (await client.get(CHEN)).status == 503


@pytest.mark.parametrize(
    "query", [{"wait": "x"}, {"wait": "-1"}, {"wait": "nan"}, {"wait": "１"}, {"wait": ""}, {"after": "9" * 101}]
)
async def test_a_strange_question_is_refused_in_words(browse: Open, query: dict[str, str]) -> None:
    response = await (await browse(FakeDesk())).get(CHEN, params=query)
    assert response.status == 400
    assert (await response.json())["error"]


async def test_a_waiting_page_hears_at_once(browse: Open) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    waiting = asyncio.create_task(client.get(CHEN, params={"wait": "25"}))
    await desk.waiting.wait()
    await desk.tell("chen", "该报平安了")
    response = await asyncio.wait_for(waiting, 5)
    assert [line["text"] for line in await response.json()] == ["该报平安了"]


async def test_a_page_that_waits_in_vain_hears_nothing_and_is_let_go(browse: Open) -> None:
    client = await browse(FakeDesk())
    response = await asyncio.wait_for(client.get(CHEN, params={"wait": "1"}), 5)
    assert await response.json() == []


async def test_waiting_pages_do_not_hold_up_the_end(browse: Open) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    waiting = asyncio.create_task(client.get(CHEN, params={"wait": "25"}))
    await desk.waiting.wait()
    async with asyncio.timeout(5):
        await client.server.close()
        response = await waiting
    assert (response.status, await response.json()) == (200, [])


async def test_nobody_is_told_of_an_unknown_member(browse: Open) -> None:
    client = await browse(FakeDesk())
    page, lines = await client.get("/phone/nobody"), await client.get("/phone/nobody/messages")
    said = await client.post("/phone/nobody/messages", json={"text": "1"})
    assert (page.status, lines.status, said.status) == (404, 404, 404)
    assert "没有这个人的手机" in await page.text()
    assert await said.json() == await lines.json() == {"error": "没有这个人的手机。"}


async def test_errors_are_said_in_the_members_own_language(browse: Open) -> None:
    response = await (await browse(FakeDesk())).post("/phone/anna/messages", json={})
    assert "missing" in (await response.json())["error"]


class Leaving(FakeDesk):
    """Whoever it has let in once is gone from the file."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def knows(self, member: str) -> bool:
        self.asked += 1
        return self.asked == 1 and super().knows(member)


async def test_whoever_leaves_the_file_while_she_sends_is_told_so(browse: Open) -> None:
    desk = Leaving()
    response = await (await browse(desk)).post(CHEN, json={"text": "好"})
    assert (response.status, desk.heard) == (404, [])


async def test_quick_replies_suit_whoever_looks_after_a_branch(browse: Open) -> None:
    client = await browse(FakeDesk())
    pages = [await (await client.get(f"/phone/{one}")).text() for one in ("zhou", "chen")]
    assert ['data-says="摘要"' in page for page in pages] == [True, False]
    assert ['data-says="1"' in page for page in pages] == [False, True]
