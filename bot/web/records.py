"""A member's own file, from the link in her chat: good for an hour, and only where her phone is open."""

from typing import Protocol

from aiohttp import web

from bot.web import session
from bot.web.desk import Desk
from bot.web.pages import Refused, path_of

DOOR = "records"
HOUR_SECONDS = 3600
TYPES = {"html": "text/html", "json": "application/json"}


class Signer(Protocol):
    def sign(self, text: str) -> str: ...


def link(signer: Signer, public_url: str, member: str, page: str) -> str:
    """The address of a page of hers, for an hour of real time."""
    key = session.key_for(signer, member, HOUR_SECONDS, DOOR)
    return f"{public_url.rstrip('/')}{path_of(member)}/{page}?key={key}"


async def own_file(desk: Desk, request: web.Request) -> web.Response:
    """GET /phone/{member}/my-records.{form}?key=…"""
    member = session.admitted(desk, request)
    if not session.seconds_left(desk, member, request.query.get("key", ""), DOOR):
        raise Refused(403, "web_records_over")
    form = request.match_info["form"]
    body = await desk.records(member, form)
    name = f'attachment; filename="my-records.{form}"'
    headers = {"Content-Disposition": name}
    return web.Response(body=body, content_type=TYPES[form], charset="utf-8", headers=headers)
