"""Exports of study platforms, as platforms and offices really leave them: read by their heads, nothing guessed."""

from pathlib import Path

import pytest

from bot.config.progress_file import Export, progress_of, read_progress
from bot.domain.platform import HOUR_COLUMNS, SHIPPED, Platform
from bot.domain.progress import (
    Entry,
    LeftOut,
    Person,
    Register,
    Step,
    amount_of,
    behind,
    is_finished,
    matched,
    plain,
    total,
    year_of,
)
from bot.errors import Unreadable
from tests.workbooks import package, xls, xlsx

XUEXI, CADRE, COLLEGE = SHIPPED["xuexi"], SHIPPED["ah-cadre"], SHIPPED["procurator"]
PEOPLE = [
    Person("li", "李明", "0342"),
    Person("li2", "李明", "0343"),
    Person("chen", "陈晓", ""),
    Person("wu", "吴强", "7"),
]


def steps(export: Export) -> set[tuple[str, str, int]]:
    return {(one.name, one.course, one.amount) for one in export.entries}


def test_a_title_heads_with_units_a_total_row_and_an_empty_line(tmp_path: Path) -> None:
    rows = [
        ["学习强国学习组织积分表", None, None],
        ["统计时间：2026-03-01 至 2026-03-31"],
        ["序号", "姓名", "部门", "总积分（分）"],
        [1, "陈晓", "一部", 1234],
        [2, "李 明", "二部", "2,560.5分"],
        [None, None, None],
        ["", "合计", "", 3794],
    ]
    export = read_progress(xlsx(tmp_path / "a.xlsx", rows, merged=[(0, 0, 0, 2)]), XUEXI, 2026)
    assert [(one.name, one.amount, one.year) for one in export.entries] == [
        ("陈晓", 123400, 2026),
        ("李 明", 256050, 2026),
    ]
    assert export.left == []


def test_one_name_merged_over_her_courses(tmp_path: Path) -> None:
    rows = [
        ["学员姓名", "课程名称", "学时", "完成情况", "年度"],
        ["陈晓", "刑法", 2, "已完成", "2026年"],
        [None, "民法", 1.5, "未完成", "2026年"],
        ["吴强", "刑法", 2, "已完成", 2025],
    ]
    export = read_progress(xlsx(tmp_path / "a.xlsx", rows, merged=[(1, 0, 2, 0)]), COLLEGE, 2026)
    assert steps(export) == {("陈晓", "刑法", 200), ("陈晓", "民法", 150), ("吴强", "刑法", 200)}
    assert [(one.finished, one.year) for one in export.entries] == [(True, 2026), (False, 2026), (True, 2025)]


def test_csv_of_gb18030_and_old_xls(tmp_path: Path) -> None:
    text = tmp_path / "a.csv"
    text.write_bytes("姓名,获得学时\n陈晓,12.5\n".encode("gb18030"))
    assert steps(read_progress(text, CADRE, 2026)) == {("陈晓", "", 1250)}
    old = xls(tmp_path / "a.xls", [["姓名", "总学时"], ["陈晓", 30]])
    assert steps(read_progress(old, CADRE, 2026)) == {("陈晓", "", 3000)}


def test_of_several_heads_the_first_of_the_list_counts_whatever_their_order(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "a.xlsx", [["姓名", "学时", "获得学时"], ["陈晓", 3, 2]])
    assert steps(read_progress(file, CADRE, 2026)) == {("陈晓", "", 200)}


def test_heads_of_the_unit_s_own() -> None:
    own = Platform("本院", columns={**HOUR_COLUMNS, "name": ("人",), "amount": ("分钟",)})
    assert steps(progress_of("人,分钟\n陈晓,90\n".encode(), "a.csv", own, 2026)) == {("陈晓", "", 9000)}


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("很多", "progress.bad_amount"),
        ("=SUM(B1:B3)", "progress.bad_amount"),
        ("", "progress.no_value"),
        ("-3", "progress.bad_amount"),
    ],
)
def test_a_row_without_a_number_is_left_out_and_named(cell: str, key: str) -> None:
    export = progress_of(f"姓名,学时\n陈晓,{cell}\n李明,2\n".encode(), "a.csv", CADRE, 2026)
    assert [(one.row, one.key) for one in export.left] == [(2, key)]
    assert steps(export) == {("李明", "", 200)}


def test_a_row_without_a_name_is_left_out() -> None:
    export = progress_of("姓名,学时\n,2\n".encode(), "a.csv", CADRE, 2026)
    assert export.left == [LeftOut(2, "progress.no_name", {})]


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.xlsx", b"", "roster.empty_file"),
        ("a.xlsx", "姓名,学时\n".encode(), "roster.text_named_workbook"),
        ("a.csv", package({"xl/workbook.xml": "x"}), "roster.workbook_named_csv"),
        ("a.xlsx", package({"word/document.xml": "x"}), "roster.not_workbook"),
        ("a.xlsx", b"%PDF-1.4\0\0", "roster.not_workbook"),
        ("a.csv", b"a" * (20 * 2**20 + 1), "roster.too_big"),
        ("a.csv", "随便什么\n没有表头\n".encode(), "progress.no_heads"),
        ("a.csv", "姓名,部门\n陈晓,一部\n".encode(), "progress.no_heads"),
        ("a.csv", "姓名,学时\n".encode(), "progress.no_rows"),
    ],
)
def test_what_is_no_export_is_one_sentence(name: str, content: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        progress_of(content, name, CADRE, 2026)
    assert refusal.value.key == key


def test_heads_without_an_amount_say_so() -> None:
    with pytest.raises(Unreadable) as refusal:
        progress_of("姓名,工号\n陈晓,1\n".encode(), "a.csv", XUEXI, 2026)
    assert refusal.value.key == "progress.no_amount"


def entry(name: str, number: str = "", course: str = "", amount: int = 100, row: int = 2) -> Entry:
    return Entry(row, name, number, course, amount, True, 2026)


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("陈晓", "", "chen"),
        ("陈 晓", "999", "chen"),  # nobody's number says otherwise
        ("李明", "0342", "li"),
        ("李明", "0343", "li2"),
        ("李明", "", "progress.ambiguous"),
        ("李明", "1", "progress.ambiguous"),
        ("吴强", "7", "wu"),
        ("吴强", "8", "progress.other_number"),
        ("张三", "", "progress.unknown"),
        ("张三", "7", "progress.unknown"),  # a number alone is no person: names differ
    ],
)
def test_a_row_is_hers_by_name_then_by_number_and_nobody_s_if_it_is_not_sure(
    name: str, number: str, found: str
) -> None:
    person = Register(PEOPLE).whose(name, number)
    assert (person[0] if isinstance(person, tuple) else person.id) == found


def test_of_two_rows_of_one_course_the_larger_counts() -> None:
    found, left = matched(
        [entry("陈晓", amount=100), entry("陈晓", amount=300), entry("张三", row=9)], Register(PEOPLE)
    )
    assert found == {("chen", 2026, ""): (300, True)}
    assert [(one.row, one.key) for one in left] == [(9, "progress.unknown")]


def test_what_counts_is_the_year_s_row_or_the_finished_courses() -> None:
    courses = [Step("a", 2026, "x", 200, True), Step("a", 2026, "y", 300, False)]
    assert total(courses) == 200
    assert total([*courses, Step("a", 2026, "", 1000, True)]) == 1000


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("12.5", 1250), ("1,234", 123400), ("30学时", 3000), ("2.5 小时", 250), ("", None), ("两", None)],
)
def test_amounts(text: str, hundredths: int | None) -> None:
    assert amount_of(text) == hundredths


def test_years_ends_and_plain_figures() -> None:
    assert (year_of("2026年度"), year_of("1999"), year_of("")) == (2026, None, None)
    assert [is_finished(one) for one in ("已完成", "", "未完成", "学习中")] == [True, True, False, False]
    assert (plain(1250), plain(1200), plain(0)) == ("12.5", "12", "0")
    assert behind(2499, 100, 0.25)
    assert not behind(2500, 100, 0.25)
