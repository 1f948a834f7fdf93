"""A table as CSV, JSON or XLSX, row by row, so that a large one needs no more memory than a small one."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, get_args

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.exceptions import XlsxWriterException  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from bot.errors import LianxinError
from bot.export.cells import Row, harmless, plain, shown

Format = Literal["csv", "json", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
MOST_ROWS = 1_048_576  # of a sheet in Excel, the heads among them
WIDTH = 18


@dataclass(frozen=True, slots=True)
class Heads:
    """`columns`: stable English key -> what stands above it. `name`: of the sheet."""

    name: str
    columns: Mapping[str, str]
    yes: str
    no: str


def write(form: Format, heads: Heads, rows: Iterable[Row], out: IO[bytes]) -> int:
    """How many rows there were."""
    return WRITERS[form](heads, rows, out)


def _csv(heads: Heads, rows: Iterable[Row], out: IO[bytes]) -> int:
    """With a byte order mark: without it Excel shows Chinese as gibberish."""
    count = 0
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    table = csv.writer(text)
    table.writerow([harmless(head) for head in heads.columns.values()])
    for count, row in enumerate(rows, 1):  # noqa: B007
        table.writerow([shown(row[key], heads.yes, heads.no) for key in heads.columns])
    text.detach()
    return count


def _json(heads: Heads, rows: Iterable[Row], out: IO[bytes]) -> int:
    count = 0
    out.write(b"[")
    for count, row in enumerate(rows, 1):
        one = json.dumps({key: plain(row[key]) for key in heads.columns}, ensure_ascii=False)
        out.write((b"\n" if count == 1 else b",\n") + one.encode())
    out.write(b"\n]\n")
    return count


def _xlsx(heads: Heads, rows: Iterable[Row], out: IO[bytes]) -> int:
    """Rows wait on disk until the end, beside the file itself: members' words have no business in a shared folder."""
    with tempfile.TemporaryDirectory(prefix=".lianxin-", dir=Path(out.name).parent) as waiting:
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": waiting})
        try:
            with closing(book):
                return _fill(book, heads, rows)
        except XlsxWriterException as error:
            raise LianxinError("export.unwritable", path=out.name, reason=str(error)) from error


def _fill(book: xlsxwriter.Workbook, heads: Heads, rows: Iterable[Row]) -> int:
    count = 0
    sheet = book.add_worksheet(heads.name)  # pyright: ignore[reportUnknownMemberType]
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads.columns) - 1, WIDTH)
    _put(sheet, 0, [harmless(head) for head in heads.columns.values()])
    for count, row in enumerate(rows, 1):
        if count == MOST_ROWS:
            raise LianxinError("export.too_many_rows", most=MOST_ROWS - 1)
        _put(sheet, count, [shown(row[key], heads.yes, heads.no) for key in heads.columns])
    return count


def _put(sheet: Worksheet, row: int, cells: Iterable[str | int]) -> None:
    """Never `write`, which makes a formula or a link of what looks like one."""
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell)
        else:
            sheet.write_string(row, column, cell)


WRITERS: Mapping[Format, Callable[[Heads, Iterable[Row], IO[bytes]], int]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
