"""What holds for every address."""

import asyncio
import logging
import re

import pytest
from aiohttp import web

from bot.web.server import build, runner
from tests.web.conftest import Open
from tests.web.fakes import FakeDesk

ADDRESSES = {
    "/": "GET",
    "/healthz": "GET",
    "/phone": "GET",
    "/phone/chen": "GET",
    "/phone/chen/messages": "GET POST",
    "/demo": "GET",
    "/demo/state": "GET",
    "/demo/clock": "POST",
    "/static/chat.js": "GET",
}


@pytest.mark.parametrize(("path", "allowed"), ADDRESSES.items())
async def test_other_methods_are_refused(browse: Open, path: str, allowed: str) -> None:
    client = await browse(FakeDesk())
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - set(allowed.split()):
        response = await client.request(method, path)
        assert response.status == 405
        assert set(allowed.split()) <= set(response.headers["Allow"].split(","))


@pytest.mark.parametrize("path", [*ADDRESSES, "/nowhere", "/phone/nobody", "/static/nothing.js"])
async def test_every_answer_carries_the_safe_headers(browse: Open, path: str) -> None:
    response = await (await browse(FakeDesk())).get(path, allow_redirects=False)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self';" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in response.headers


KEPT = [
    ("/phone", "no-store"),
    ("/phone/chen", "no-store"),
    ("/phone/chen/messages", "no-store"),
    ("/demo", "no-store"),
    ("/static/nothing.css", "no-store"),
    ("/static/base.css", "no-cache"),
]


@pytest.mark.parametrize(("path", "kept"), KEPT)
async def test_pages_are_not_kept_by_browsers(browse: Open, path: str, kept: str) -> None:
    assert (await (await browse(FakeDesk())).get(path)).headers["Cache-Control"] == kept


FRAMES = [
    (True, "/phone/chen", "'self'"),
    (True, "/demo", "'none'"),
    (True, "/phone", "'none'"),
    (False, "/phone/chen", "'none'"),
]


@pytest.mark.parametrize(("demo", "path", "frames"), FRAMES)
async def test_only_the_demo_frames_phones(browse: Open, demo: bool, path: str, frames: str) -> None:
    response = await (await browse(FakeDesk(demo=demo))).get(path)
    assert f"frame-ancestors {frames}" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/phone", "/phone/chen", "/demo", "/phone/nobody"])
async def test_no_page_has_a_script_or_style_inside(browse: Open, path: str) -> None:
    text = await (await (await browse(FakeDesk())).get(path)).text()
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"<[^>]*\son\w+=", text)
    assert text.count("<script") == text.count('<script type="module" src="/static/')


@pytest.mark.parametrize(("demo", "place"), [(True, "/demo"), (False, "/phone")])
async def test_the_front_door_leads_on(browse: Open, demo: bool, place: str) -> None:
    response = await (await browse(FakeDesk(demo=demo))).get("/", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, place)


@pytest.mark.parametrize(("status", "code"), [("ok", 200), ("behind", 503)])
async def test_health_is_told_by_the_status_too(browse: Open, status: str, code: int) -> None:
    desk = FakeDesk(open_phones=False)
    desk.status = status
    response = await (await browse(desk)).get("/healthz", headers={"Host": "monitor.example"})
    assert response.status == code
    assert (await response.json())["status"] == status


@pytest.mark.parametrize("path", ["/phone/chen/messages", "/phone/chen/messages?after=secret"])
async def test_a_break_is_told_without_a_traceback_and_logged_without_words(
    browse: Open, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    desk = FakeDesk()
    desk.breaks = RuntimeError("陈晓 wrote: secret")
    client = await browse(desk)
    for response in (await client.get(path), await client.post(path, json={"text": "secret"})):
        assert response.status == 500
        assert "Traceback" not in await response.text()
    assert "RuntimeError" in caplog.text
    assert "fakes.py:" in caplog.text
    assert "secret" not in caplog.text


async def test_a_name_that_is_html_stays_text(browse: Open) -> None:
    desk = FakeDesk()
    nasty = """"'><script>alert(1)</script>"""
    desk.roster = [type(desk.roster[0])("x", nasty, nasty, "zh")]
    client = await browse(desk)
    for path in ("/phone", "/phone/x", "/demo"):
        text = await (await client.get(path)).text()
        assert "<script>" not in text
        assert "alert(1)" in text


@pytest.mark.parametrize(("member", "lang"), [("chen", "zh-CN"), ("anna", "en")])
async def test_a_phone_speaks_its_owners_language(browse: Open, member: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in await (await (await browse(FakeDesk())).get(f"/phone/{member}")).text()


async def test_what_is_no_request_at_all_leaves_no_bytes_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    serving: web.AppRunner = runner(build(FakeDesk()))
    await serving.setup()
    await web.TCPSite(serving, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection(*serving.addresses[0][:2])
    writer.write(b"POST /phone HTTP/1.1\r\nHost: x\r\nsecret words\r\n\r\n")
    assert b" 400 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
    await serving.cleanup()
    assert "bot.web.wire" in {record.name for record in caplog.records}
    assert "secret" not in caplog.text
