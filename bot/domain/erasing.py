"""Taking what one person wrote out of texts that others keep: digests on a phone, news still to be sent."""

import re
from collections.abc import Iterable

from bot.domain.digest import one_line

MARK = "…"
TELLING, SHORTEST = 6, 2  # letters: so many are nobody else's by chance; fewer only where she is named
_QUOTED = re.compile(r"“[^“”]*”")


def pieces_of(written: Iterable[str]) -> list[str]:
    """What she wrote as it may stand elsewhere: whole, in one line, or line by line; the longest first."""
    forms = {form for text in written for form in (text, one_line(text), *text.split("\n"))}
    return sorted({form.strip() for form in forms if len(form.strip()) >= SHORTEST}, key=lambda one: (-len(one), one))


def without(text: str, name: str, pieces: Iterable[str]) -> str:
    """The text with a mark in place of what she wrote.

    In a line that names her, what is quoted is hers too: of a report she has changed since only that line is left.
    """
    known = list(pieces)
    for piece in (one for one in known if len(one) >= TELLING):
        text = text.replace(piece, MARK)
    return "\n".join(_without(line, name, known) if name in line else line for line in text.split("\n"))


def _without(line: str, name: str, pieces: Iterable[str]) -> str:
    head, found, tail = line.partition(name)
    tail = _QUOTED.sub(f"“{MARK}”", tail)
    for piece in (one for one in pieces if one not in name):
        tail = tail.replace(piece, MARK)
    return head + found + tail
