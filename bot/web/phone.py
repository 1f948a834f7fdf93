"""The web chat: everyone's phone on a page, live without reload."""

import asyncio
from datetime import UTC
from typing import Any

from aiohttp import web

from bot import clock, ids
from bot.web import session
from bot.web.body import read_object, text_in
from bot.web.desk import Desk, Line
from bot.web.pages import Refused, answer, page, path_of, words_for_script

LONGEST_WAIT = 30.0
LONGEST_ID = 100
QUICK_REPLIES = ("well", "help", "same")
DUTY_REPLIES = ("digest", "help")
SPOKEN_BY_SCRIPT = (
    "web_bot",
    "web_me",
    "web_sending",
    "web_not_sent",
    "web_resend",
    "web_not_kept",
    "web_reword",
    "web_lost",
    "web_too_slow",
)


async def people(desk: Desk, request: web.Request) -> web.Response:
    """GET /phone"""
    if desk.open_phones:
        session.only_here(request)
        facts = {"phones": await desk.phones(), "own": False, "demo": desk.demo is not None}
        return page(desk, "list.html", desk.language, facts)
    phone = await session.own_phone(desk, request)
    return page(desk, "list.html", phone.language, {"phones": [phone], "own": True, "demo": False})


async def chat(desk: Desk, request: web.Request) -> web.Response:
    """GET /phone/{member}"""
    if "key" in request.query and not desk.open_phones:
        return session.sign_in(desk, request, request.match_info["member"])
    phone = await session.admitted_phone(desk, request)
    words = words_for_script(desk, SPOKEN_BY_SCRIPT, phone.language)
    facts = {"phone": phone, "url": f"{path_of(phone.member)}/messages", "zone": desk.time_zone}
    quick = DUTY_REPLIES if phone.on_duty else QUICK_REPLIES
    return page(desk, "chat.html", phone.language, {**facts, "words": words, "quick": quick})


async def messages(desk: Desk, closing: asyncio.Event, request: web.Request) -> web.Response:
    """GET /phone/{member}/messages?after=ID&wait=SECONDS"""
    member = session.admitted(desk, request)
    after = request.query.get("after", "")
    seconds = _wait_in(request.query.get("wait", "0"))
    if len(after) > LONGEST_ID:
        raise Refused(400, "web_wrong_field", name="after")
    lines = await desk.lines(member, after)
    if not lines and seconds:
        await _wait_for_lines(desk, closing, member, after, seconds)
        lines = await desk.lines(member, after)
    return answer([_as_json(line) for line in lines])


async def say(desk: Desk, request: web.Request) -> web.Response:
    """POST /phone/{member}/messages"""
    session.same_site(request)
    member = session.admitted(desk, request)
    found = await read_object(request)
    text = text_in(found, "text")
    if text is None:
        raise Refused(400, "web_wrong_field", name="text")
    key = text_in(found, "key", most=LONGEST_ID) or ids.new_id(clock.real())
    if not desk.knows(member):  # the file may be another one since the message began to arrive
        raise Refused(404, "web_no_such_member")
    # The member's name goes before the key, so that nobody can collect another's answer by using her key.
    return answer({"answer": await desk.hear(member, text, f"{member}:{key}")})


def _wait_in(text: str) -> float:
    if not (text.isascii() and text.isdigit()):
        raise Refused(400, "web_wrong_field", name="wait")
    return min(float(text), LONGEST_WAIT)


async def _wait_for_lines(desk: Desk, closing: asyncio.Event, member: str, after: str, seconds: float) -> None:
    waits: list[asyncio.Future[Any]] = [
        asyncio.ensure_future(desk.wait_for_lines(member, after, seconds)),
        asyncio.ensure_future(closing.wait()),
    ]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def _as_json(line: Line) -> dict[str, str]:
    at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"id": line.id, "from": line.sender, "text": line.text, "at": at}
