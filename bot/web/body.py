"""Reading what a page sends: JSON of a bounded size, within a bounded time."""

import asyncio
import json
from typing import Any, cast

from aiohttp import web

from bot.web.pages import Refused

# 100 kB of control characters is 600 kB of JSON escapes; all of it must be heard, if only to say "too long".
MOST_BYTES = 1024 * 1024
MOST_SECONDS = 5.0


async def read_object(request: web.Request, seconds: float = MOST_SECONDS) -> dict[str, Any]:
    """The JSON object in the request; refused in plain words when it is anything else."""
    if request.content_type != "application/json":
        raise Refused(415, "web_wrong_type")
    raw = await _read(request, seconds)
    try:
        found: object = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused(400, "web_broken_json") from None
    if not isinstance(found, dict):
        raise Refused(400, "web_broken_json")
    return cast("dict[str, Any]", found)


async def _read(request: web.Request, seconds: float) -> bytes:
    try:
        if request.content.is_eof():  # it came with the head, as short ones do: nothing to wait for
            return await request.read()
        async with asyncio.timeout(seconds):
            return await request.read()
    except TimeoutError:
        raise Refused(408, "web_too_slow") from None
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "web_too_large") from None


def text_in(found: dict[str, Any], name: str, most: int | None = None) -> str | None:
    """The text under `name`, None when it is missing; half characters, which nothing can store, become "?"."""
    text = found.get(name)
    if text is None:
        return None
    if not isinstance(text, str) or (most is not None and len(text) > most):
        raise Refused(400, "web_wrong_field", name=name)
    return text.encode("utf-8", "replace").decode()
