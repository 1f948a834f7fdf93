"""What study needs of the web: calendars to follow, material to read, and an export handed over by a liaison."""

import hmac

from aiohttp import BodyPartReader, web

from bot.config.workbook import MOST_BYTES
from bot.web import session
from bot.web.desk import Desk
from bot.web.pages import Refused, page, path_of

CHUNK = 256 * 1024


async def calendar(desk: Desk, request: web.Request) -> web.Response:
    """GET /calendar/{whose}/{key}.ics"""
    found = await desk.calendar(request.match_info["whose"], request.match_info["key"])
    if found is None:
        raise Refused(404, "web_not_found")
    return web.Response(body=found, content_type="text/calendar", charset="utf-8")


async def material(desk: Desk, request: web.Request) -> web.FileResponse:
    """GET /material/{item}/{key}: the file an item of the settings file names."""
    found = desk.material(request.match_info["item"])
    if found is None or not hmac.compare_digest(found[1].encode(), request.match_info["key"].encode()):
        raise Refused(404, "web_not_found")
    if found[0] is None:
        raise Refused(404, "web_no_material")
    return web.FileResponse(found[0], headers={"Content-Disposition": "attachment"})


async def form(desk: Desk, request: web.Request) -> web.Response:
    """GET /phone/{member}/study-file"""
    phone = await session.admitted_phone(desk, request)
    await _only_holders(desk, phone.member)
    return page(desk, "study_file.html", phone.language, _facts(desk, phone.member, phone.language))


async def take(desk: Desk, request: web.Request) -> web.Response:
    """POST /phone/{member}/study-file: looked at, and with `enter` taken in. The lines are those of the command."""
    session.same_site(request)
    phone = await session.admitted_phone(desk, request)
    await _only_holders(desk, phone.member)
    fields, name, content = await _parts(request)
    outcome = await desk.take_export(name, content, fields.get("platform", ""), enter="enter" in fields)
    lines = [desk.words(key, phone.language, **facts) for key, facts in outcome]
    facts = {**_facts(desk, phone.member, phone.language), "lines": lines, "chosen": fields.get("platform", "")}
    return page(desk, "study_file.html", phone.language, facts)


async def _only_holders(desk: Desk, member: str) -> None:
    if not await desk.may_import(member):
        raise Refused(403, "web_not_for_you")


def _facts(desk: Desk, member: str, language: str) -> dict[str, object]:
    return {"platforms": desk.platforms(language), "back": path_of(member), "lines": [], "chosen": ""}


async def _parts(request: web.Request) -> tuple[dict[str, str], str, bytes]:
    """The fields, the file's name, and what is in it, read no further than a workbook may be long."""
    if request.content_type != "multipart/form-data":
        raise Refused(415, "web_wrong_type")
    fields, name, content = dict[str, str](), "", b""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refused(400, "web_wrong_type")
        if part.name == "file":
            name, content = part.filename or "", await _read(part)
        elif part.name:
            fields[part.name] = (await part.read_chunk(CHUNK)).decode("utf-8", "replace")
    return fields, name, content


async def _read(part: BodyPartReader) -> bytes:
    read = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        read += chunk
        if len(read) > MOST_BYTES:
            raise Refused(413, "web_file_too_large")
    return bytes(read)
