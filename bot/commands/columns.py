"""Columns in a terminal, where a Chinese character takes the room of two letters."""

import unicodedata
from collections.abc import Sequence

WIDE, NO_WIDTH = ("W", "F"), ("Mn", "Me", "Cf", "Cc")
GAP = "  "
MORE = "…"


def width(text: str) -> int:
    """How many columns it takes."""
    return sum(map(_width, text))


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits with a mark that there is more."""
    if width(text) <= columns:
        return text
    kept, room = "", columns - width(MORE)
    for one in text:
        room -= _width(one)
        if room < 0:
            break
        kept += one
    return kept + MORE


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row as one line; every column but the last as wide as its widest cell."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)][:-1]
    cells = ([padded(cell, room) for cell, room in zip(row, widths, strict=False)] + [row[-1]] for row in rows)
    return [GAP.join(row).rstrip() for row in cells]


def _width(one: str) -> int:
    if unicodedata.category(one) in NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(one) in WIDE else 1
