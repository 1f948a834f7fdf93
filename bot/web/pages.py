"""Pages and JSON answers, in the language of whoever reads them."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.errors import LianxinError
from bot.web.desk import Desk

TEMPLATES = Path(__file__).parents[2] / "templates" / "phone"
# autoescape=True, because select_autoescape() goes by the file's ending and leaves some endings unescaped
ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
READER = web.RequestKey("reader", str)
TONES = 6
AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


class Refused(LianxinError):
    """A page that is not given: HTTP status, and the key of the sentence that says why."""

    def __init__(self, status: int, key: str, **facts: object) -> None:
        super().__init__(key, **facts)
        self.status = status


def speak_to(request: web.Request, member: str) -> None:
    """From here on errors are said in her language."""
    request[READER] = member


async def language_of(desk: Desk, request: web.Request) -> str:
    """Looked up only when there is something to say, so that a message that goes well costs no look."""
    return await desk.language_of(request[READER]) if READER in request else desk.language


def page(desk: Desk, template: str, language: str, facts: Mapping[str, Any], status: int = 200) -> web.Response:
    """A page of templates/phone; `w` in it gives a sentence in the reader's language."""
    common = {"w": partial(desk.words, language=language), "language": language, "unit": desk.unit}
    html = ENVIRONMENT.get_template(template).render({**common, **facts})
    return web.Response(text=html, content_type="text/html", status=status)


def answer(facts: Any, status: int = 200) -> web.Response:
    """JSON that a person can read too: Chinese stays Chinese."""
    return web.Response(body=AS_JSON(facts).encode(), status=status, content_type="application/json", charset="utf-8")


def words_for_script(desk: Desk, keys: tuple[str, ...], language: str) -> str:
    """The sentences a page's script says, as JSON; keys lose their `web_`."""
    return json.dumps({key.removeprefix("web_"): desk.words(key, language) for key in keys}, ensure_ascii=False)


def path_of(member: str) -> str:
    """The clean address of a phone."""
    return f"/phone/{quote(member, safe='')}"


def initials(name: str) -> str:
    """What stands in a person's round picture: the last two Chinese characters, or one letter."""
    return name[-2:] if name.isalpha() and not name.isascii() else name[:1].upper()


def tone(member: str) -> int:
    """Which of the quiet colours a person's round picture has; always the same for one person."""
    return sum(map(ord, member)) % TONES


def with_code(sentence: str) -> Markup:
    """A sentence in which what stands between `backticks` is to be typed as it is."""
    parts = [escape(part) for part in sentence.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in enumerate(parts)
    )


FILTERS: dict[str, Any] = {"initials": initials, "tone": tone, "with_code": with_code, "path_of": path_of}
ENVIRONMENT.filters.update(FILTERS)
