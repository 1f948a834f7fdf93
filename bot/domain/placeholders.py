"""A sentence in the unit's own words: plain text with {{ names }} where the program puts something. Nothing is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import Unreadable

_PLACE = re.compile(r"\{\{ *([a-z_]+) *(?:\| *([a-z_]+) *)?\}\}")
_BRACE = re.compile(r"[{｛][^}｝]*[}｝]*|[}｝]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is put in; `form` says how it is written, such as `day`. Empty: as it is."""

    name: str
    form: str = ""


Line = tuple[str | Place, ...]
Lines = tuple[Line, ...]


def split(text: str) -> Lines:
    """The lines of a text in parts. Braces stand for nothing else: raises Unreadable for what is in other ones."""
    return tuple(tuple(_parts(line)) for line in text.strip().split("\n"))


def places(lines: Lines) -> Iterator[Place]:
    return (part for line in lines for part in line if isinstance(part, Place))


def plain(lines: Lines) -> str:
    """The unit's own words alone."""
    return "\n".join(" ".join(part for part in line if isinstance(part, str)) for line in lines)


def _parts(line: str) -> Iterator[str | Place]:
    at = 0
    for found in _PLACE.finditer(line):
        yield from _words(line[at : found.start()])
        yield Place(found[1], found[2] or "")
        at = found.end()
    yield from _words(line[at:])


def _words(text: str) -> Iterator[str]:
    if brace := _BRACE.search(text):
        raise Unreadable("check.own_code", found=brace[0])
    if text:
        yield text
