"""A study platform's own export, as it was saved: found by its heads, read row by row, nothing guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.config.heads import ID, NAME, Heads, find_heads, plain
from bot.config.rows import Cells, cell_text, rows_of
from bot.config.workbook import Sheet, read_sheets, sheets_of
from bot.domain.platform import Platform
from bot.domain.progress import Entry, LeftOut, amount_of, is_finished, is_total, year_of
from bot.errors import Unreadable

ROLE_OF_HEAD = {"name": NAME, "number": ID}
LONGEST_COURSE, LONGEST_SHOWN = 80, 20


@dataclass(frozen=True, slots=True)
class Export:
    entries: list[Entry]
    left: list[LeftOut]


def read_progress(file: Path, platform: Platform, year: int) -> Export:
    """Raises Unreadable for what no export can be read from. `year`: that of rows that name none."""
    return _read(read_sheets(file), platform, year)


def progress_of(content: bytes, name: str, platform: Platform, year: int) -> Export:
    """The same of a file that was handed over."""
    return _read(sheets_of(content, name), platform, year)


def _read(sheets: list[Sheet], platform: Platform, year: int) -> Export:
    known = _known(platform)
    export, found = Export([], []), 0
    for sheet in sheets:
        heads = find_heads(sheet, known)
        if heads and NAME in heads.columns:
            found += 1
            _take(sheet, heads, platform, year, export)
    if not found:
        raise Unreadable("progress.no_heads", heads=[one[0] for one in platform.columns.values() if one])
    if not export.entries and not export.left:
        raise Unreadable("progress.no_rows")
    return export


def _known(platform: Platform) -> dict[str, str]:
    """Each head that is read, and the column it makes: `amount:0` goes before `amount:1` where both are there."""
    known: dict[str, str] = {}
    for role, heads in platform.columns.items():
        for place, head in enumerate(heads):
            known.setdefault(plain(head), ROLE_OF_HEAD.get(role, f"{role}:{place}"))
    return known


def _take(sheet: Sheet, heads: Heads, platform: Platform, year: int, export: Export) -> None:
    chosen = {role: _chosen(heads, role) for role in platform.columns if role not in ROLE_OF_HEAD}
    if not chosen.get("amount") and not chosen.get("course"):
        raise Unreadable("progress.no_amount", heads=list(platform.columns.get("amount", ())))
    for number, cells in rows_of(sheet, heads, (NAME, ID)):
        for one in _entry(number, cells, chosen, year):
            if isinstance(one, Entry):
                export.entries.append(one)
            else:
                export.left.append(one)


def _chosen(heads: Heads, role: str) -> str:
    """Of several heads that would do, the one that stands first in the platform's list."""
    found = [name for name in heads.columns if name.partition(":")[0] == role]
    return min(found, key=lambda name: int(name.partition(":")[2]), default="")


def _entry(row: int, cells: Cells, chosen: dict[str, str], year: int) -> Iterator[Entry | LeftOut]:
    """What a row says; one of totals says nothing of anybody."""
    name = cell_text(cells.get(NAME, ""))
    if is_total(name):
        return
    if not name:
        yield LeftOut(row, "progress.no_name", {})
        return
    texts = {role: cell_text(cells.get(column, "")) if column else "" for role, column in chosen.items()}
    amount = amount_of(texts.get("amount", "")) if chosen.get("amount") else 0
    if amount is None:
        found = texts["amount"]
        key = "progress.bad_amount" if found else "progress.no_value"
        yield LeftOut(row, key, {"found": found[:LONGEST_SHOWN]} if found else {})
        return
    said = texts.get("year", "")
    whose = (name, cell_text(cells.get(ID, "")), texts.get("course", "")[:LONGEST_COURSE])
    yield Entry(row, *whose, amount, is_finished(texts.get("finished", "")), (year_of(said) if said else None) or year)
