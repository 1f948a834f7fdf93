"""What is in a message: checked by the documents' limits and made into what a member would see.

Channels.md 1.5 and 1.6 (page 90236). Text past 2048 bytes is cut without a word; everything else that is too long is
refused (45002, 45008), the stricter reading where the documents only give a size.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from tests.simulators.wecom import cards
from tests.simulators.wecom.reading import (
    Json,
    Refusal,
    bytes_in,
    cut,
    object_of,
    objects_of,
    text_of,
    wrong,
)

MOST_BYTES = 2048
MEDIA = frozenset({"image", "voice", "video", "file"})
TO_MEMBERS = MEDIA | {"text", "textcard", "markdown", "news", "template_card"}
TO_CHATS = MEDIA | {"text", "textcard", "markdown", "news"}
NOT_IN_WECHAT = frozenset({"markdown", "template_card"})  # the WeChat plugin shows neither
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Content:
    kind: str
    text: str
    card: Json = field(default_factory=dict[str, object])
    cut: bool = False

    @property
    def task_id(self) -> str:
        return text_of(self.card, "task_id")


def read(body: Json, allowed: Collection[str], media: Collection[str]) -> Content:
    kind = text_of(body, "msgtype")
    if kind not in allowed:
        raise Refusal(40008, f"invalid message type {kind!r}")
    part = object_of(body, kind)
    if kind == "text":
        return _text(part)
    if kind in MEDIA:
        return _media(kind, part, media)
    return {"textcard": _textcard, "markdown": _markdown, "news": _news, "template_card": _card}[kind](part)


def _text(part: Json) -> Content:
    text = text_of(part, "content")
    if not text:
        raise Refusal(44004, "content is empty")
    return Content("text", cut(text, MOST_BYTES), cut=bytes_in(text) > MOST_BYTES)


def _markdown(part: Json) -> Content:
    text = text_of(part, "content")
    if not text:
        raise Refusal(44004, "content is empty")
    if bytes_in(text) > MOST_BYTES:
        raise Refusal(45002, "markdown.content is too long")
    return Content("markdown", text)


def _textcard(part: Json) -> Content:
    title, description, url = (text_of(part, name) for name in ("title", "description", "url"))
    if not title or not description or not url:
        raise wrong("textcard needs title, description and url")
    if len(title) > 128 or len(description) > 512 or bytes_in(url) > MOST_BYTES or len(text_of(part, "btntxt")) > 4:
        raise Refusal(45002, "textcard: title 128, description 512, url 2048 bytes, btntxt 4")
    return Content("textcard", f"{title}\n{TAG.sub('', description)}", {"url": url, **part})


def _news(part: Json) -> Content:
    articles = objects_of(part, "articles")
    if not 1 <= len(articles) <= 8:
        raise Refusal(45008, "news.articles: 1 to 8")
    if not all(text_of(one, "title") for one in articles):
        raise wrong("news.articles.title is missing")
    return Content("news", "\n".join(text_of(one, "title") for one in articles), part)


def _media(kind: str, part: Json, media: Collection[str]) -> Content:
    media_id = text_of(part, "media_id")
    if media_id not in media:
        raise Refusal(40007, "invalid media_id")
    return Content(kind, f"[{kind}]", {"media_id": media_id})


def _card(part: Json) -> Content:
    cards.check(part)
    return Content("template_card", cards.text(part), part)
