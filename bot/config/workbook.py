"""A workbook as it was saved, XLSX, XLS or CSV, as sheets of cells; what is no workbook is said in one sentence."""

import csv
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.config.source import decode
from bot.config.unpacking import MOST_ROWS, check_package
from bot.errors import Unreadable

MOST_BYTES = 20 * 2**20
TEXT_ENDINGS = (".csv", ".txt", ".tsv")
SEPARATORS = ",;\t"  # as Excel saves them, by language and by kind

_PACKAGE, _OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PACKAGE, _WORD = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
_LOCKED_XLS = re.compile(
    rb"\x09\x08[\x08\x10]\x00.{8}(?:.{8})?\x2f\x00", re.DOTALL
)  # a workbook's begin, then FILEPASS
_PANIC = "PanicException"  # how a panic of the reader's Rust arrives; it has no name one could import

Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[0]` is Excel's row 1. A CSV file is one sheet without a name."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[Span] = ()
    visible: bool = True


def read_sheets(path: Path, *, hidden: bool = False) -> list[Sheet]:
    """The sheets one sees, and with `hidden` the others too. Raises Unreadable for what no sheet can be read from."""
    return sheets_of(_content(path), path.name, hidden=hidden)


def sheets_of(content: bytes, name: str, *, hidden: bool = False) -> list[Sheet]:
    """The same of what a file of that name holds."""
    if len(content) > MOST_BYTES:
        raise Unreadable("roster.too_big", size=-(-len(content) // 2**20), most=MOST_BYTES // 2**20)
    if not content.strip():
        raise Unreadable("roster.empty_file")
    is_text = name.lower().endswith(TEXT_ENDINGS)
    is_package, is_old = content.startswith(_PACKAGE), content.startswith(_OLD_OFFICE)
    if is_text and (is_package or is_old):
        raise Unreadable("roster.workbook_named_csv")
    if is_text:
        return [_csv(content)]
    if not is_package and not is_old:
        raise Unreadable("roster.text_named_workbook" if b"\0" not in content else "roster.not_workbook")
    _check_old_office(content) if is_old else check_package(content)
    return _workbook(content, hidden=hidden)


def _content(path: Path) -> bytes:
    """What is too big is not read: its size is looked at first."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("roster.not_a_file")
        if found.st_size > MOST_BYTES:
            raise Unreadable("roster.too_big", size=-(-found.st_size // 2**20), most=MOST_BYTES // 2**20)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable("roster.no_file") from None
    except OSError as wrong:
        raise Unreadable("roster.unreadable", cause=wrong.strerror) from None
    return content


def _check_old_office(content: bytes) -> None:
    """The container of XLS also holds Word files, and XLSX files that have a password."""
    if _LOCKED_PACKAGE in content or _LOCKED_XLS.search(content):
        raise Unreadable("roster.password")
    if _WORD in content:
        raise Unreadable("roster.not_workbook")


def _workbook(content: bytes, *, hidden: bool) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            found = [(number, one) for number, one in enumerate(book.sheets_metadata) if _is_read(one, hidden=hidden)]
            return [_sheet(book.get_sheet_by_index(number), visible=_is_seen(one)) for number, one in found]
    except PasswordError:
        raise Unreadable("roster.password") from None
    except CalamineError:
        raise Unreadable("roster.damaged") from None
    except BaseException as wrong:
        if type(wrong).__name__ != _PANIC:
            raise
    raise Unreadable("roster.damaged")


def _is_read(sheet: SheetMetadata, *, hidden: bool) -> bool:
    return sheet.typ == SheetTypeEnum.WorkSheet and (hidden or _is_seen(sheet))


def _is_seen(sheet: SheetMetadata) -> bool:
    return sheet.visible == SheetVisibleEnum.Visible


def _sheet(found: CalamineSheet, *, visible: bool) -> Sheet:
    return Sheet(found.name, found.to_python(skip_empty_area=False), found.merged_cell_ranges or (), visible)


def _csv(content: bytes) -> Sheet:
    try:
        text = decode(content)
    except Unreadable as refusal:
        line = refusal.facts.get("line")
        raise (Unreadable("roster.csv_damaged", line=line) if line else Unreadable("roster.not_csv")) from None
    beginning = "\n".join(text.split("\n", 50)[:50])
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(SEPARATORS, key=beginning.count))
    try:
        rows = list(reader)
    except csv.Error:
        raise Unreadable("roster.csv_damaged", line=reader.line_num) from None
    if len(rows) > MOST_ROWS:
        raise Unreadable("roster.too_many_rows", row=len(rows), most=MOST_ROWS)
    return Sheet("", rows)
