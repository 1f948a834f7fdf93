"""A filled-in sheet as it was saved in Excel: its rows, and the hidden page that says which branch it is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.config.heads import ID, NAME, Heads, find_heads
from bot.config.rows import Cells, cell_text, rows_of
from bot.config.words import folded
from bot.config.workbook import Sheet, read_sheets
from bot.domain.paper import COLUMNS, PaperRow
from bot.errors import Unreadable

MARK = "lianxin-reports"  # the name of the hidden page, and what its first cell says
DAY = "day"
MOST_ROWS = 5000
WORDS_OF_HEADS: dict[str, tuple[str, ...]] = {
    DAY: ("日期", "日子", "哪天", "date", "day"),
    ID: ("编号", "成员编号", "人员编号", "工号", "id", "memberid"),
    NAME: ("姓名", "名字", "name"),
    "thoughts": ("思想", "思想情况", "思想状况", "thoughts"),
    "work": (
        "办案",
        "学习",
        "工作",
        "办案情况",
        "学习情况",
        "工作情况",
        "办案学习工作",
        "work",
        "study",
        "workorstudy",
    ),
    "living": ("生活", "生活情况", "living"),
    "need": ("困难", "诉求", "困难诉求", "need", "needs", "difficulty"),
}
KNOWN = {word: name for name, words in WORDS_OF_HEADS.items() for word in words}
NEEDED = (DAY, NAME)
Choices = Mapping[tuple[str, str], str]  # what a cell of the column holds, folded -> the value it stands for


@dataclass(frozen=True, slots=True)
class Paper:
    """`branch` empty: the sheet does not say. `empty`: rows nobody has filled in."""

    rows: Sequence[PaperRow]
    branch: str
    empty: int


def read_paper(path: Path, choices: Choices) -> Paper:
    """Raises Unreadable, with the sentences of the roster's workbook, for what no sheet can be read from."""
    sheets = read_sheets(path, hidden=True)
    page = next((one for one in sheets if one.name == MARK and not one.visible), None)
    known = {**choices, **(_choices(page) if page else {})}
    found = [(one, heads) for one in sheets if one.visible and (heads := find_heads(one, KNOWN))]
    found = [(one, heads) for one, heads in found if heads.columns.keys() & set(COLUMNS)]
    if not found:
        raise Unreadable("roster.no_heads")
    for _, heads in found:
        if missing := [name for name in NEEDED if name not in heads.columns]:
            raise Unreadable(f"roster.no_{missing[0]}_column")
    rows = [_row(one.name, number, cells, known) for one, heads in found for number, cells in _all_rows(one, heads)]
    filled = [row for row in rows if row.chosen or row.words]
    if not filled:
        raise Unreadable("roster.no_rows")
    return Paper(filled, _branch(page) if page else "", len(rows) - len(filled))


def _all_rows(sheet: Sheet, heads: Heads) -> list[tuple[int, Cells]]:
    rows = list(rows_of(sheet, heads))
    if len(rows) > MOST_ROWS:
        raise Unreadable("roster.too_many_rows", row=rows[-1][0], most=MOST_ROWS)
    return rows


def _row(sheet: str, number: int, cells: Cells, choices: Choices) -> PaperRow:
    texts: dict[str, str] = {one: text for one in COLUMNS if (text := cell_text(cells.get(one, "")))}
    chosen = {one: value for one, text in texts.items() if (value := choices.get((one, folded(text))))}
    words = {one: text for one, text in texts.items() if one not in chosen}
    id_, name = (cell_text(cells.get(one, "")) for one in (ID, NAME))
    return PaperRow(sheet, number, _day(cells.get(DAY, "")), id_, name, chosen, words)


def _day(cell: object) -> str:
    """A day that Excel knows for one as 2026-03-02; anything else as it stands there."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell_text(cell)


def _branch(page: Sheet) -> str:
    return next((str(row[1]) for row in page.rows if len(row) > 1 and row[0] == "branch"), "")


def _choices(page: Sheet) -> dict[tuple[str, str], str]:
    rows = [row for row in page.rows if len(row) > 3 and row[0] == "choice"]
    return {(column, folded(str(row[3]))): str(row[2]) for row in rows for column in COLUMNS if row[1] == column}
