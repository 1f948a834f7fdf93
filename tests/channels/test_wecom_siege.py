"""Twenty thousand hostile requests: each is refused or answered, nothing is stored twice, and memory stays flat."""

import asyncio
import logging
import re
import resource
from collections import Counter
from collections.abc import Generator, Iterable
from pathlib import Path

import aiohttp
import pytest

from bot.channels import wecom_door
from tests.channels.hostile import Hostile, hostile, signed
from tests.channels.wecom_town import USERS, WecomTown, wecom_town
from tests.simulators.wecom.corp import DEMO_KEY, DEMO_SECRET, DEMO_TOKEN

Patch = pytest.MonkeyPatch
COUNT, CONNECTIONS, SEED = 20_000, 16, 20260302
REFUSED = {400, 403, 404, 405, 413}
ROOM = 40 * 1024  # KiB that the process may grow by, once it is warm


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in head else 0
    body = await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), body, b"connection: close" in head


async def _post_all(port: int, requests: Iterable[Hostile], seen: Counter[tuple[int, bool]]) -> None:
    """One connection after the other, as long as each is kept open."""
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for one in requests:
        streams = streams or await asyncio.open_connection("127.0.0.1", port)
        streams[1].write(one.wire())
        status, body, closed = await _answer(streams[0])
        assert status == 200 if one.ours else status in REFUSED, (status, one)
        assert status != 403 or body == b""
        seen[status, one.ours] += 1
        if closed:
            streams[1].close()
            streams = None
    if streams:
        streams[1].close()


async def _besieged(w: WecomTown, requests: list[Hostile]) -> Counter[tuple[int, bool]]:
    seen: Counter[tuple[int, bool]] = Counter()
    lots = [requests[at::CONNECTIONS] for at in range(CONNECTIONS)]
    await asyncio.gather(*(_post_all(w.port, lot, seen) for lot in lots))
    return seen


def _size() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Leaks(logging.Handler):
    """Keeps no line but those that tell a secret."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found, self.lines = list[str](), 0

    def emit(self, record: logging.LogRecord) -> None:
        line, self.lines = record.getMessage(), self.lines + 1
        if any(secret in line for secret in (DEMO_SECRET, DEMO_TOKEN, DEMO_KEY)):
            self.found.append(line)


@pytest.fixture
def leaks() -> Generator[Leaks]:
    handler, root = Leaks(), logging.getLogger("lianxin")
    before, passed_on = root.level, root.propagate
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    root.propagate = False
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    root.propagate = passed_on


async def test_twenty_thousand_hostile_requests(monkeypatch: Patch, tmp_path: Path, leaks: Leaks) -> None:
    requests = list(hostile(SEED, COUNT, (*USERS.values(), "Nobody")))
    async with wecom_town(monkeypatch, tmp_path) as w:
        await w.t.until("2026-03-02 17:43")
        warm = await _besieged(w, requests[: COUNT // 4])
        before = _size()
        seen = warm + await _besieged(w, requests[COUNT // 4 :])
        assert _size() - before < ROOM
        assert sum(seen.values()) == COUNT
        assert seen[200, True] == COUNT * 3 // 10
        stored = await w.t.rows("SELECT id FROM inbound")
        assert len({row["id"] for row in stored}) == len(stored) <= seen[200, True]
        doubled = await w.t.rows("SELECT 1 FROM report GROUP BY round, member HAVING count(*) > 1")
        assert doubled == []
    assert leaks.lines > COUNT // 2
    assert leaks.found == []


async def test_a_replay_by_the_thousand_is_one_message(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        one = signed(
            "<xml><FromUserName>LiMing</FromUserName><ToUserName>x</ToUserName><MsgType>text</MsgType>"
            "<Content>求助 换个住处</Content><MsgId>99</MsgId></xml>",
            ours=True,
        )
        assert (await _besieged(w, [one] * 1000))[200, True] == 1000
        assert len(await w.t.rows("SELECT 1 FROM need")) == 1


async def test_what_is_signed_wrongly_never_reaches_the_parser(monkeypatch: Patch) -> None:
    def broken(_: str) -> None:
        raise AssertionError("parsed")

    async with wecom_town(monkeypatch) as w:
        monkeypatch.setattr(wecom_door.ElementTree, "fromstring", broken)
        good = signed(message_of("1"))
        bad = Hostile("POST", re.sub("msg_signature=[0-9a-f]{40}", f"msg_signature={'0' * 40}", good.target), good.body)
        assert (await _besieged(w, [bad] * 100))[403, False] == 100


async def test_where_nothing_can_be_stored_nothing_is_acknowledged(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.bot.store.close()
        query, body = w.wecom.callback.envelope(
            signed(message_of("1")).body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        )
        async with aiohttp.ClientSession() as session:
            url = w.wecom.corp.app.callback_url
            async with session.post(url, params=query, data=body) as response:
                assert (response.status, await response.read()) == (503, b"")


async def test_a_body_that_trickles_is_given_up(monkeypatch: Patch) -> None:
    monkeypatch.setattr("bot.web.callback.MOST_SECONDS", 0.2)
    async with wecom_town(monkeypatch) as w:
        reader, writer = await asyncio.open_connection("127.0.0.1", w.port)
        writer.write(b"POST /callback/wecom HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<xml>")
        status, body, closed = await _answer(reader)
        assert (status, body, closed) == (403, b"", True)
        writer.close()


def message_of(words: str) -> str:
    head = "<xml><FromUserName>LiMing</FromUserName><MsgType>text</MsgType>"
    return f"{head}<Content>{words}</Content><MsgId>5</MsgId></xml>"


def test_the_requests_are_what_they_are_meant_to_be() -> None:
    found = list(hostile(SEED, 1000, ("LiMing",)))
    assert sum(one.ours for one in found) == 300
    assert any(len(one.body) > wecom_door.MOST_BYTES for one in found)
