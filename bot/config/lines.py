"""On which line of the file each table and key stands, since the parser does not say."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, cast

Place = tuple[str, ...]

_DEEPEST = 8  # no table of ours lies deeper; a thousand dots in a row are somebody's mistake
_STARTS = re.compile(r"""\s*(?:\[|(?:[\w-]+|"[^"]*"|'[^']*')\s*[.=])""")


def line_numbers(text: str) -> dict[Place, int]:
    """The first line of every table and key of a text that parses; keys of inline tables have their outer key's."""
    found: dict[Place, int] = {}
    table: Place = ()
    for number, header, statement in _statements(text):
        places = list(_places(statement, () if header else table))
        for place in places:
            found.setdefault(place, number)
        if header and places:
            table = places[-1]
    return found


def line_of(place: Place, numbers: Mapping[Place, int]) -> int | None:
    """The line of the place, or of the table it is missing from. None: of the whole file."""
    while place and place not in numbers:
        place = place[:-1]
    return numbers.get(place)


def _statements(text: str) -> Iterator[tuple[int, bool, dict[str, Any]]]:
    """Each header or `key = value` with the line it begins on, read by the real parser: what does not parse
    alone goes on in the next lines."""
    held: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), "["], 1):
        if not _STARTS.match(line):
            held += [line] if held else []
            continue
        if held and (statement := _parsed("\n".join(held))) is not None:
            yield start, held[0].lstrip().startswith("["), statement
            held = []
        start = start if held else number
        held.append(line)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def _places(statement: Mapping[str, Any], base: Place) -> Iterator[Place]:
    for key, value in statement.items():
        yield (*base, key)
        inner = cast("object", value[0] if isinstance(value, list) and value else value)
        if isinstance(inner, dict) and len(base) < _DEEPEST:
            yield from _places(cast("dict[str, Any]", inner), (*base, key))
