"""A file that is no roster costs one sentence, no time and no traceback."""

import os
import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from bot.config.load import read
from bot.config.unpacking import MOST_UNPACKED, column_number
from bot.render import LANGUAGES
from tests.unit.roster_unit import PEOPLE, UNIT, WHO, as_csv
from tests.unit.test_roster_bad import OWN, broken, keys, said
from tests.workbooks import HEADS, old_office, package, xls, xlsx

DOCUMENT = package({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
FORM = [HEADS, [], ["", None, "　"]]


def good(folder: Path) -> bytes:
    return xlsx(folder / "good.xlsx", PEOPLE).read_bytes()


def wrong_sum(folder: Path) -> bytes:
    """One byte of a part is another than was packed."""
    content = bytearray(good(folder))
    content[content.index(b"xl/worksheets/sheet1.xml") + 60] ^= 255
    return bytes(content)


def locked_part(folder: Path) -> bytes:
    content = good(folder)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content = content[:at] + b"\x01" + content[at + 1 :]
    return content


def bomb(really: int, says: int) -> bytes:
    """Unpacks to so much, and says in its table of contents that it does to so much."""
    return package({"xl/workbook.xml": bytes(really)}).replace(struct.pack("<I", really), struct.pack("<I", says))


def far_cell(row: int, column: int) -> Callable[[Path], bytes]:
    return lambda folder: xlsx(
        folder / "far.xlsx", [*PEOPLE, *([] for _ in range(len(PEOPLE), row)), [*[None] * column, "x"]]
    ).read_bytes()


def corner(folder: Path) -> bytes:
    """A sheet with one stray cell in its very last row and column."""
    sheet = (
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData></worksheet>'
    )
    return package({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})


BAD_FILES: list[tuple[str, str, bytes | Callable[[Path], bytes]]] = [
    ("empty_file", "a.xlsx", b""),
    ("empty_file", "a.csv", b"\r\n \r\n"),
    ("text_named_workbook", "a.xlsx", as_csv(PEOPLE).encode()),
    ("text_named_workbook", "a.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
    ("workbook_named_csv", "a.csv", good),
    ("workbook_named_csv", "a.csv", old_office({"Workbook": b""})),
    ("not_workbook", "a.xlsx", DOCUMENT),
    ("not_workbook", "a.xlsx", old_office({"WordDocument": b""})),
    ("not_workbook", "a.xlsx", bytes(range(256)) * 9),
    ("password", "a.xlsx", old_office({"EncryptionInfo": b"", "EncryptedPackage": bytes(9000)})),
    ("password", "a.xls", lambda folder: xls(folder / "l.xls", PEOPLE, locked=True).read_bytes()),
    ("password", "a.xlsx", locked_part),
    ("damaged", "a.xlsx", lambda folder: good(folder)[:-40]),
    ("damaged", "a.xlsx", lambda folder: good(folder)[: len(good(folder)) // 2]),
    ("damaged", "a.xlsx", wrong_sum),
    ("damaged", "a.xlsx", package({"xl/workbook.xml": "<workbook/>"})),
    ("damaged", "a.xls", old_office({"Workbook": b"\x09\x08"})),
    ("damaged", "a.xls", lambda folder: xls(folder / "l.xls", PEOPLE).read_bytes()[:700]),
    ("damaged", "a.xlsx", bomb(2**20, 1000)),
    ("bomb", "a.xlsx", bomb(2**20, MOST_UNPACKED + 1)),
    ("too_many_rows", "a.xlsx", corner),
    ("too_many_rows", "a.xlsx", far_cell(100_000, 0)),
    ("too_many_rows", "a.csv", b"1,2\n" * 100_001),
    ("too_wide", "a.xlsx", far_cell(4, 200)),
    ("csv_damaged", "a.csv", as_csv(PEOPLE).encode()[:60] + b"\xff" + as_csv(PEOPLE).encode()[60:]),
    ("csv_damaged", "a.csv", b'"' + b"x" * 200_000),
    ("not_csv", "a.csv", b"\xff\xff\xff\x80\x81"),
    ("no_heads", "a.csv", b"1,2\n3,4\n"),
    ("no_heads", "a.xlsx", lambda folder: xlsx(folder / "n.xlsx", {"一": [["x"]], "二": []}).read_bytes()),
    ("no_rows", "a.xlsx", lambda folder: xlsx(folder / "n.xlsx", FORM).read_bytes()),
    ("no_rows", "a.csv", as_csv(PEOPLE[:1]).encode()),
]


@pytest.mark.parametrize(("key", "name", "content"), BAD_FILES)
def test_a_file_that_is_no_roster_is_one_sentence(
    tmp_path: Path, key: str, name: str, content: bytes | Callable[[Path], bytes]
) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content(tmp_path))
    wrong = broken(tmp_path, OWN.replace("members.xlsx", name))
    assert keys(wrong) == [f"roster.{key}"]
    line = OWN.split("\n").index('file = "members.xlsx"') + 1
    for language in LANGUAGES:
        (sentence,) = said(wrong, language)
        assert sentence.startswith(f"{tmp_path / 'unit.toml'}:{line} [roster] file")
        assert str(tmp_path / name) in sentence
        assert "None" not in sentence


@pytest.mark.parametrize(
    ("key", "name"),
    [("no_file", "none.xlsx"), ("not_a_file", "."), ("not_a_file", "pipe.csv"), ("unreadable", "x" * 300)],
)
def test_what_is_no_file_is_said_to_be_so(tmp_path: Path, key: str, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert keys(broken(tmp_path, OWN.replace("members.xlsx", name))) == [f"roster.{key}"]


def test_a_file_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "members.xlsx").open("wb") as file:
        file.truncate(100 * 2**20)
    begun = time.process_time()
    (sentence,) = said(broken(tmp_path))
    assert "100 MB" in sentence
    assert time.process_time() - begun < 0.5


def test_a_roster_that_cannot_be_read_makes_nobody_unknown(tmp_path: Path) -> None:
    wrong = broken(tmp_path, UNIT.replace("zhou", "ghost"))
    assert keys(wrong) == ["roster.no_file"]


def test_styled_cells_far_away_are_no_content(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(good(tmp_path))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    (tmp_path / "members.xlsx").write_bytes(package(parts))
    assert read(UNIT, tmp_path / "unit.toml").people == WHO


def test_columns_are_counted_as_excel_letters_them() -> None:
    assert [column_number(one) for one in (b"A", b"Z", b"AA", b"GR", b"XFD")] == [1, 26, 27, 200, 16384]
