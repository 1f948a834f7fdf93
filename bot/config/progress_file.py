"""A study platform's own export, as it was saved: found by its heads, read row by row, nothing guessed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.burst import burst
from bot.config.heads import ID, NAME, Heads, find_heads, plain
from bot.config.rows import cell_text
from bot.config.workbook import Sheet, read_sheets, sheets_of
from bot.domain.platform import Platform
from bot.domain.progress import Entry, LeftOut, amount_of, is_finished, is_total, year_of
from bot.errors import Unreadable

T = TypeVar("T")
ROLE_OF_HEAD = {"name": NAME, "number": ID}
LONGEST_COURSE, LONGEST_SHOWN = 80, 20


@dataclass(frozen=True, slots=True)
class Export:
    entries: list[Entry]
    left: list[LeftOut]


def read_progress(file: Path, platform: Platform, year: int) -> Export:
    """Raises Unreadable for what no export can be read from. `year`: that of rows that name none."""
    with burst():
        return _read(read_sheets(file), platform, year)


def progress_of(content: bytes, name: str, platform: Platform, year: int) -> Export:
    """The same of a file that was handed over."""
    with burst():
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
    read = _Reader(heads, chosen, year)
    for number, row in _filled_down(sheet, heads):
        one = read.row(number, row)
        if isinstance(one, Entry):
            export.entries.append(one)
        elif one:
            export.left.append(one)


def _chosen(heads: Heads, role: str) -> str:
    """Of several heads that would do, the one that stands first in the platform's list."""
    found = [name for name in heads.columns if name.partition(":")[0] == role]
    return min(found, key=lambda name: int(name.partition(":")[2]), default="")


def _filled_down(sheet: Sheet, heads: Heads) -> Iterator[tuple[int, Sequence[object]]]:
    """Excel's number of each row under the heads, and its cells, none missing up to the last head; what is merged
    over several rows stands in all of them."""
    over: dict[int, dict[int, object]] = {}
    for (top, column), (bottom, _) in sheet.merged:
        for index in range(top + 1, bottom + 1) if top >= heads.end else ():
            over.setdefault(index, {})[column] = sheet.rows[top][column]
    width = max(heads.columns.values()) + 1
    for index in range(heads.end, len(sheet.rows)):
        row = sheet.rows[index]
        if index in over:
            row = [over[index].get(column, cell) for column, cell in enumerate(row)]
        yield index + 1, row if len(row) >= width else [*row, *[""] * (width - len(row))]


class _Known(dict[object, T]):
    """What a cell says, worked out once: courses, years and yes or no come again and again."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: object) -> T:
        found = self[cell] = self._read("" if cell is None else cell_text(cell))
        return found


class _Reader:
    """Reads one row after the other. A role without a column is read from a cell that is always empty."""

    def __init__(self, heads: Heads, chosen: dict[str, str], year: int) -> None:
        self._heads, self._at = (
            set(heads.texts.values()),
            {role: heads.columns[one] for role, one in chosen.items() if one},
        )
        self._name, self._number = heads.columns[NAME], heads.columns.get(ID)
        self._counted = "amount" in self._at
        self._texts, self._amounts = _Known(str), _Known(amount_of)
        self._courses = _Known(lambda text: text[:LONGEST_COURSE])
        self._finished, self._years = _Known(is_finished), _Known(lambda text: year_of(text) or year)

    def row(self, number: int, row: Sequence[object]) -> Entry | LeftOut | None:
        """None: it says nothing of anybody, being empty, a total, or the heads once more."""
        name, at = self._texts[row[self._name]], self._at
        amount = self._amounts[row[at["amount"]]] if self._counted else 0
        if not name or amount is None or is_total(name):
            return self._without(number, name, self._texts[row[at["amount" if self._counted else "course"]]])
        return Entry(
            number,
            name,
            self._texts[row[self._number]] if self._number is not None else "",
            self._courses[row[at["course"]]] if "course" in at else "",
            amount,
            self._finished[row[at["finished"]]] if "finished" in at else True,
            self._years[row[at["year"]] if "year" in at else ""],
        )

    def _without(self, number: int, name: str, found: str) -> LeftOut | None:
        if is_total(name) or name in self._heads or not (name or found):
            return None
        if not name:
            return LeftOut(number, "progress.no_name", {})
        if found:
            return LeftOut(number, "progress.bad_amount", {"found": found[:LONGEST_SHOWN]})
        return LeftOut(number, "progress.no_value", {})
