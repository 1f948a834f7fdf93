"""A message about others, person by person: 代报 陈晓 1, or one on each line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.domain.reading import read
from bot.domain.reading_clauses import fold
from bot.domain.reading_words import HEAD_LABEL

_NEXT_PERSON = re.compile(r"[;；]")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one person. `people`: nobody, her, or several who bear the name; `words`: what follows it."""

    text: str
    people: tuple[Member, ...]
    words: str


def lines_of(said: str, people: Sequence[Member]) -> list[Line]:
    """One for each person named at the head of a line or behind a semicolon, and one for each line that names nobody
    and does not read like more of the report before it."""
    pieces = [piece for line in said.split("\n") for piece in _pieces(line.strip(), people)]
    alone = sum(bool(piece.people) for piece in pieces) == 1
    found: list[Line] = []
    for piece in pieces:
        if found and found[-1].people and not piece.people and _goes_on(piece.text, alone=alone):
            found[-1] = _longer(found[-1], piece.text)
        else:
            found.append(piece)
    return found


def _pieces(line: str, people: Sequence[Member]) -> list[Line]:
    found: list[Line] = []
    for piece in filter(str.strip, _NEXT_PERSON.split(line)):
        named = find_named(piece, people)
        if found and not named:
            found[-1] = _longer(found[-1], piece)
        else:
            found.append(Line(piece.strip(), named.people if named else (), named.rest if named else piece.strip()))
    return found


def _longer(line: Line, more: str) -> Line:
    return replace(line, text=f"{line.text}\n{more}", words=f"{line.words}\n{more}")


def _goes_on(text: str, *, alone: bool) -> bool:
    """Among several people only a line that begins with a part's name does; a name nobody bears must not be lost."""
    if HEAD_LABEL.match(fold(text)):
        return True
    reading = read(text, "case", "gated")
    return alone and reading.understood and not reading.left_out
