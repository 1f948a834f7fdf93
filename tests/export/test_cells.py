"""A text in a cell stays a text, whatever it begins with."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.errors import LianxinError
from bot.export import writing
from bot.export.cells import STARTERS, harmless
from bot.export.writing import Heads, write

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0", '=HYPERLINK("x","y")']
HIDDEN = ["\t=1", "\r=1", "\0=1", " =1+1", "\ufeff=1+1", "\u3000＝1", "\u200b=1", "\x01=1", "\n=1", " \x0b +1"]
HEADS = Heads("报告", {"text": "原话", "count": "次数", "late": "晚到"}, "是", "否")


@pytest.mark.parametrize("text", [*FORMULAS, *HIDDEN, "\tx", "\rx", "\0x"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["思想稳定", "1+1", "a=b", "“=1”", "", " 好", "http://example.org"])
def test_what_it_would_not_run_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_text_begins_with_a_starter_or_holds_what_xml_cannot(text: str) -> None:
    cell = harmless(text)
    assert not cell.lstrip(" \u3000\ufeff\u200b").startswith(tuple(STARTERS))
    assert not re.search(r"[\x00-\x1f\x7f\ufffe\uffff]", cell)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    assert harmless("长" * 40_000).endswith("长…")


def rows(*texts: str) -> list[dict[str, str | int | bool | None]]:
    return [{"text": text, "count": 3, "late": True} for text in texts]


def workbook(folder: Path, *texts: str) -> Path:
    path = folder / "out.xlsx"
    with path.open("wb") as out:
        assert write("xlsx", HEADS, rows(*texts), out) == len(texts)
    return path


def read(path: Path) -> list[list[object]]:
    """As another program reads it back."""
    book = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType]
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def test_a_workbook_has_no_formula_in_it_and_no_link(tmp_path: Path) -> None:
    texts = [*FORMULAS, *HIDDEN, "http://example.org", "_x0041_", "{=1}", "想家"]
    path = workbook(tmp_path, *texts)
    assert read(path) == [["原话", "次数", "晚到"], *([harmless(text), 3, "是"] for text in texts)]
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert "<f" not in sheet.replace("<foot", "")
    assert 't="str"' not in sheet


def test_what_waits_while_a_workbook_is_made_is_gone_after_it(tmp_path: Path) -> None:
    workbook(tmp_path, "想家")
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    workbook(tmp_path, "a", "b")
    with pytest.raises(LianxinError, match="too_many_rows"):
        workbook(tmp_path, "a", "b", "c")


def test_csv_opens_in_excel_as_chinese_and_quotes_formulas() -> None:
    out = io.BytesIO()
    assert write("csv", HEADS, rows('=1,"2"', "想\n家"), out) == 2
    assert out.getvalue() == '\ufeff原话,次数,晚到\r\n"\'=1,""2""",3,是\r\n想 家,3,是\r\n'.encode()


def test_json_keeps_words_as_they_are() -> None:
    out = io.BytesIO()
    write("json", HEADS, rows("=1\n2"), out)
    assert json.loads(out.getvalue()) == [{"text": "=1\n2", "count": 3, "late": True}]


@pytest.mark.parametrize(("form", "empty"), [("csv", "\ufeff原话,次数,晚到\r\n"), ("json", "[\n]\n")])
def test_nothing_is_a_table_with_heads(form: writing.Format, empty: str) -> None:
    out = io.BytesIO()
    assert write(form, HEADS, [], out) == 0
    assert out.getvalue().decode() == empty
