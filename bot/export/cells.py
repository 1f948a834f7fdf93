"""What is written into a cell: a text stays a text, whatever it begins with."""

import re
from collections.abc import Mapping
from datetime import date, datetime

Cell = str | int | bool | date | datetime | None
Row = Mapping[str, Cell]

# Spreadsheets take a text that begins like this for a formula, some of them also after blanks or a byte order mark.
STARTERS = "=+-@＝＋－＠"
SWALLOWED = "\t\r\0"
INVISIBLE = re.compile(r"^[\s\ufeff\u200b-\u200f\u2060]+")
GAPS = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_000  # a cell of Excel takes 32 767 characters


def harmless(text: str) -> str:
    """The text in one line, without what no spreadsheet can hold, and with ' before what could be run."""
    if text.isalnum() and len(text) <= LONGEST:  # as most are
        return text
    clean = UNWRITABLE.sub("", GAPS.sub(" ", text))
    bare = INVISIBLE.sub("", clean)
    risky = text[:1] in tuple(SWALLOWED) or bare[:1] in tuple(STARTERS)
    return ("'" if risky else "") + (clean if len(clean) <= LONGEST else clean[:LONGEST] + "…")


def shown(cell: Cell, yes: str, no: str) -> str | int:
    """As people read it in a table: a number stays a number, everything else is a text."""
    if isinstance(cell, bool):
        return yes if cell else no
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else cell


def plain(cell: Cell) -> str | int | bool | None:
    """As programs read it: true or false, times with their offset, the words untouched."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else cell
