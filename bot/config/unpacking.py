"""An XLSX file is a package: whether it holds a workbook, can be unpacked whole, and is of a size one can read."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.errors import Unreadable

MOST_UNPACKED = 200 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 200

_WORKBOOK = re.compile(r"xl/.*workbook.*\.xml", re.IGNORECASE)
# A cell that is not empty and stands in column AA or later, or in row 100 000 or later.
_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{2,}|[A-Z](?=\d{6}))(\d+)["'][^>]*(?<!/)>\s*<(?!/)""",
)
_MAYBE_FAR = re.compile(rb"""r=["'](?:[A-Z]{2}|[A-Z]\d{6})""")  # cheap, and in most sheets there is none
_ENCRYPTED = 1


def check_package(content: bytes) -> None:
    """Raises Unreadable. Every part is unpacked once: what its table of contents says of sizes may be a lie."""
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_contents(package.infolist())
            for part in package.infolist():
                _check_part(package, part)
    except Unreadable:
        raise
    except (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError):
        raise Unreadable("roster.damaged") from None


def _check_contents(parts: list[ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("roster.bomb", most=MOST_UNPACKED // 2**20)
    if not any(_WORKBOOK.fullmatch(part.filename) for part in parts):
        raise Unreadable("roster.not_workbook")


def _check_part(package: ZipFile, part: ZipInfo) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise Unreadable("roster.password")
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable("roster.damaged")
    text = package.read(part)
    if "/worksheets/" in part.filename:
        _check_reach(text)


def _check_reach(sheet: bytes) -> None:
    """One stray cell in the last corner of a sheet would make the reader ask for half a terabyte, and die."""
    for letters, digits in _FAR.findall(sheet) if _MAYBE_FAR.search(sheet) else ():
        if int(digits) > MOST_ROWS:
            raise Unreadable("roster.too_many_rows", row=int(digits), most=MOST_ROWS)
        if column_number(letters) > MOST_COLUMNS:
            raise Unreadable("roster.too_wide", column=letters.decode(), most=MOST_COLUMNS)


def column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
