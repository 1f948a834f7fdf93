"""Where WeCom calls: proves that the address is ours, hands what was said to the bot, and answers sealed.

What is not signed and sealed for us is refused without a reason: 403, and nothing of it is kept or logged but why.
"""

import asyncio
import logging

from aiohttp import web

from bot import clock
from bot.channels.wecom_door import MOST_BYTES, NotOurs
from bot.channels.wecom_inbox import Received
from bot.errors import StoreFailed
from bot.web.desk import Desk, Door

LOG = logging.getLogger("lianxin.callback")
MOST_SECONDS = 4.0  # the platform waits five
STRANGE = 600  # seconds between its clock and ours


async def verify(desk: Desk, request: web.Request) -> web.Response:
    """GET /callback/{channel}: the bare text that was sealed, nothing else."""
    door = _door(desk, request)
    try:
        return web.Response(body=door.echo(request.query), content_type="text/plain")
    except NotOurs as refusal:
        return _refused(request, refusal)


async def receive(desk: Desk, request: web.Request) -> web.Response:
    """POST /callback/{channel}. 200 only for what is on disk; what could not be stored is 503, and comes again."""
    door = _door(desk, request)
    try:
        found = door.receive(request.query, await _body(request))
    except NotOurs as refusal:
        return _refused(request, refusal)
    _mind_the_clock(request)
    try:
        answer = await _heard(desk, request.match_info["channel"], found)
    except StoreFailed:
        return web.Response(status=503)
    if not answer:
        return web.Response(content_type="application/xml")
    sealed = door.reply(found, answer, int(clock.real().timestamp()), request.query["nonce"])
    return web.Response(text=sealed, content_type="application/xml")


async def _heard(desk: Desk, channel: str, found: Received) -> str:
    if found.alarm:
        await desk.mind(channel, found.alarm)
    return await desk.hear_message(found.message) if found.message else ""


async def _body(request: web.Request) -> bytes:
    """Raises NotOurs for what is too large, too slow, or breaks off."""
    if (request.content_length or 0) > MOST_BYTES:
        raise NotOurs("too large")
    if "Content-Encoding" in request.headers:
        raise NotOurs("encoding")
    if request.content.is_eof():
        return request.content.read_nowait()  # all of it has come with the head
    raw = b""
    try:
        async with asyncio.timeout(MOST_SECONDS):
            async for piece in request.content.iter_any():
                raw += piece
                if len(raw) > MOST_BYTES:
                    raise NotOurs("too large")
    except TimeoutError:
        raise NotOurs("too slow") from None
    return raw


def _door(desk: Desk, request: web.Request) -> Door:
    door = desk.door(request.match_info["channel"])
    if door is None:
        raise web.HTTPNotFound
    return door


def _mind_the_clock(request: web.Request) -> None:
    apart = int(request.query["timestamp"]) - clock.real().timestamp()
    if abs(apart) > STRANGE:
        LOG.warning("strange timestamp seconds=%d", apart)


def _refused(request: web.Request, refusal: NotOurs) -> web.Response:
    LOG.info("refused channel=%s why=%s", request.match_info["channel"], refusal.why.replace(" ", "_"))
    response = web.Response(status=403)
    if not request.content.is_eof():
        response.force_close()  # what is still to come of it would be read as another request
    return response
