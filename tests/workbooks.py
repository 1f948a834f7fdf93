"""Workbooks as people save them, for tests: XLSX by XlsxWriter, XLS and its container by hand, CSV as text."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

Rows = Sequence[Sequence[object]]
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0

HEADS = ("编号", "姓名", "身份", "原支部", "临时支部")


def xlsx(
    file: Path,
    sheets: Mapping[str, Rows] | Rows,
    merged: Sequence[Span] = (),
    hidden: Sequence[str] = (),
) -> Path:
    """Merged are cells of the first sheet; what stands in their first cell is their content."""
    named = sheets if isinstance(sheets, Mapping) else {"人员": sheets}
    book = xlsxwriter.Workbook(file)
    book.set_properties({"created": datetime(2026, 3, 2)})  # pyright: ignore[reportUnknownMemberType]
    day: Any = book.add_format({"num_format": "yyyy-mm-dd"})  # pyright: ignore[reportUnknownMemberType]
    for name, rows in named.items():
        sheet: Any = book.add_worksheet(name)  # pyright: ignore[reportUnknownMemberType]
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, day)
        if name in hidden:
            sheet.hide()
    first: Any = book.worksheets()[0]
    for top, left, bottom, right in merged:
        first.merge_range(top, left, bottom, right, next(iter(named.values()))[top][left])
    book.close()
    return file


def _write(sheet: Any, row: int, column: int, cell: object, day: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif cell is not None:
        sheet.write(row, column, cell)


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """A zipped Office file of these parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def xls(file: Path, rows: Rows, merged: Sequence[Span] = (), locked: bool = False) -> Path:
    """Excel 97 (BIFF8), one sheet 人员: texts, numbers and merged cells."""
    sheet = _begin(0x10) + b"".join(_cell(number, *one) for number, row in enumerate(rows) for one in enumerate(row))
    spans = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged)
    sheet += _record(0xE5, struct.pack("<H", len(merged)) + spans) + _record(0x0A)
    label = struct.pack("<BB", 2, 1) + "人员".encode("utf-16-le")
    lock = _record(0x2F, bytes(54)) if locked else b""
    start = len(_begin(5)) + len(lock) + 4 + 6 + len(label) + 4
    book = _begin(5) + lock + _record(0x85, struct.pack("<IH", start, 0) + label) + _record(0x0A)
    file.write_bytes(old_office({"Workbook": book + sheet}))
    return file


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 0x7CC, 0, 6))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, cell: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        return _record(0x204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x203, place + struct.pack("<d", cell)) if isinstance(cell, int | float) else b""


def old_office(streams: Mapping[str, bytes]) -> bytes:
    """The container of Office 97 (MS-CFB): header, one allocation sector, one directory sector, the streams."""
    padded = {name: one.ljust(4096, b"\0") + bytes(-max(len(one), 4096) % 512) for name, one in streams.items()}
    chain, entries, begin = [0xFFFFFFFD, 0xFFFFFFFE], _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0), 2
    for name, one in padded.items():
        count = len(one) // 512
        chain += [*range(begin + 1, begin + count), 0xFFFFFFFE]
        entries += _entry(name, 2, 0xFFFFFFFF, begin, len(one))
        begin += count
    assert begin <= 128, "one allocation sector is all there is"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chain += [0xFFFFFFFF] * (128 - len(chain))
    return head + struct.pack("<128I", *chain) + entries.ljust(512, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, child: int, begin: int, size: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    places = struct.pack("<HBB3I36xIQ", len(label), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, begin, size)
    return label.ljust(64, b"\0") + places
