"""`lianxin check --format json` and `lianxin roster template`, as an admin and a program call them."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.__main__ import main
from bot.config.load import load
from tests.unit.roster_unit import PEOPLE, UNIT
from tests.workbooks import HEADS, Rows, xlsx

EXAMPLES = ("chenxiao", "1001", "A-012")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    xlsx(tmp_path / "members.xlsx", PEOPLE)
    file = tmp_path / "config.toml"
    file.write_text(UNIT.replace("= 2026", "= 2096"), "utf-8")
    return file


def checked(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = main(["check", str(file), "--format", "json"])
    out = capsys.readouterr()
    assert out.err == ""
    return code, json.loads(out.out)


def test_a_fine_file_is_said_to_be_so_to_programs(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = checked(file, capsys)
    assert code == 0
    assert found == {"ok": True, "path": str(file), "people": 3, "branches": 2, "problems": [], "notes": []}


def test_every_problem_is_a_row_of_the_same_keys(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xlsx(file.parent / "members.xlsx", [*PEOPLE, ["sun", "孙悦", "书记", None, None]])
    file.write_text(file.read_text("utf-8").replace('"case"', '"cace"'), "utf-8")
    code, found = checked(file, capsys)
    assert (code, found["ok"], found["people"]) == (2, False, None)
    toml, row = found["problems"]
    assert (toml["line"], toml["table"], toml["key"]) == (13, "branches.qingfeng", "kind")
    assert (row["file"], row["sheet"], row["row"]) == (str(file.parent / "members.xlsx"), "人员", 5)
    assert (row["table"], row["key"], row["rule"]) == ("people.sun", "身份", "roster.status")
    assert toml.keys() == row.keys() == {"file", "sheet", "row", "line", "table", "key", "rule", "sentence"}
    assert toml["sheet"] is row["line"] is None


def test_programs_hear_of_every_row(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xlsx(file.parent / "members.xlsx", [*PEOPLE, *(["", f"孙{number}"] for number in range(70))])
    assert len(checked(file, capsys)[1]["problems"]) == 70


def test_a_file_that_is_not_there_is_a_problem_like_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = checked(tmp_path / "none.toml", capsys)
    assert (code, [one["rule"] for one in found["problems"]]) == (2, ["check.no_file"])


def test_columns_nobody_reads_and_days_gone_by_are_mentioned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: Rows = [[*HEADS, "身分", "备注"], *([*row, "党员", None] for row in PEOPLE[1:])]
    xlsx(file.parent / "members.xlsx", rows)
    file.write_text(file.read_text("utf-8").replace("2096", "2016"), "utf-8")
    assert main(["check", str(file)]) == 0
    out = capsys.readouterr().out
    assert "身分、备注" in out
    assert len(checked(file, capsys)[1]["notes"]) == 3
    assert out.count("注意") == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_roster_is_one_sentence_until_it_is_filled(
    file: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (file.parent / "members.xlsx").unlink()
    assert main(["roster", "template", str(file.parent / "members.xlsx"), "--lang", language]) == 0
    assert "members.xlsx" in capsys.readouterr().out
    assert [one["rule"] for one in checked(file, capsys)[1]["problems"]] == ["roster.no_rows"]


@pytest.mark.parametrize(("language", "status"), [("zh", "正式党员"), ("en", "full")])
def test_a_filled_form_is_read(file: Path, language: str, status: str) -> None:
    form = file.parent / "form.xlsx"
    main(["roster", "template", str(form), "--lang", language])
    with CalamineWorkbook.from_filelike(BytesIO(form.read_bytes())) as book:
        first = book.get_sheet_by_index(0)
        heads, name = first.to_python()[0], first.name
    xlsx(
        file.parent / "members.xlsx", {name: [heads, ["zhou", "周敏", status, "first", "", "qingfeng,hailan", "", "z"]]}
    )
    config = load(file)
    assert (config.people["zhou"].status, config.people["zhou"].addresses) == ("full", {"chat": "z"})
    assert config.unread == ()
    assert config.branches["hailan"].members == ("zhou",)


def test_the_form_explains_every_column_with_examples(tmp_path: Path) -> None:
    main(["roster", "template", str(tmp_path / "form.xlsx"), "--lang", "zh"])
    with CalamineWorkbook.from_filelike(BytesIO((tmp_path / "form.xlsx").read_bytes())) as book:
        heads, explained = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert [row[0] for row in explained[1 : len(heads[0]) + 1]] == heads[0]
    assert tuple(explained[1][2:5]) == EXAMPLES
    assert len(set(explained[0][2:5])) == 1


def test_no_file_is_written_over(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (file.parent / "members.xlsx").read_bytes()
    assert main(["roster", "template", str(file.parent / "members.xlsx")]) == 2
    assert "members.xlsx" in capsys.readouterr().err
    assert (file.parent / "members.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["members.xls", "nowhere/members.xlsx"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "template", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err
