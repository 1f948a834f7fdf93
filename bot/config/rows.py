"""The rows under the heads: one a person, with what merged cells say for several of them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.config.heads import BRANCHES, Heads
from bot.config.workbook import Sheet

Cells = Mapping[str, object]  # a column's name -> what its cell holds; the empty ones are left out

# A merged cell over several rows says the same of all of them; but an id or an account is one person's.
FOR_SEVERAL = ("status", "home", "group", BRANCHES, "language")

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how digits are kept from becoming a number in a CSV file


def rows_of(sheet: Sheet, heads: Heads) -> Iterator[tuple[int, Cells]]:
    """Excel's number of each row that has something, and its cells. Titles between the rows mean nothing."""
    shared, titles = _shared(sheet, heads), _titles(sheet)
    columns = list(heads.columns.items())
    for index in range(heads.end, len(sheet.rows)):
        row = sheet.rows[index]
        own = {name: row[column] for name, column in columns if column < len(row) and not _is_empty(row[column])}
        if not own or _is_title(row, titles.get(index, ())) or _is_heads_again(own, heads):
            continue
        yield index + 1, {**shared.get(index, {}), **own}


def cell_text(found: object) -> str:
    """What one reads in the cell: 1001 for the number 1001.0."""
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    if not isinstance(found, str):
        return str(found)
    text = found if found.isprintable() else found.translate(_INVISIBLE)
    kept = _FORMULA_TEXT.fullmatch(text) if text.startswith('="') else None
    return (kept[1] if kept else text).strip()


def _is_empty(found: object) -> bool:
    if not isinstance(found, str):
        return found is None
    seen = found.strip()
    return not seen or (not seen.isprintable() and not seen.translate(_INVISIBLE).strip())


def _shared(sheet: Sheet, heads: Heads) -> dict[int, dict[str, object]]:
    """What the merged cells above say, by row."""
    names = {heads.columns[name]: name for name in FOR_SEVERAL if name in heads.columns}
    shared: dict[int, dict[str, object]] = {}
    done: dict[int, int] = {}
    for (top, column), (bottom, _) in sorted(sheet.merged):
        if column not in names or top < max(heads.end, done.get(column, 0)) or column >= len(sheet.rows[top]):
            continue
        done[column] = min(bottom + 1, len(sheet.rows))
        if not _is_empty(sheet.rows[top][column]):
            for index in range(top + 1, done[column]):
                shared.setdefault(index, {})[names[column]] = sheet.rows[top][column]
    return shared


def _titles(sheet: Sheet) -> dict[int, set[int]]:
    """Columns in which a cell begins that is merged over several columns, by row."""
    titles: dict[int, set[int]] = {}
    for (top, left), (_, right) in sheet.merged:
        if right > left:
            titles.setdefault(top, set()).add(left)
    return titles


def _is_title(row: Sequence[object], wide: Sequence[int] | set[int]) -> bool:
    return bool(wide) and all(column in wide for column, cell in enumerate(row) if not _is_empty(cell))


def _is_heads_again(own: Cells, heads: Heads) -> bool:
    """As on every page of a long list."""
    return all(isinstance(cell, str) and " ".join(cell.split()) == heads.texts[name] for name, cell in own.items())
