"""A row of a sheet of paper: the day it is about, and what its cells say; nothing is guessed."""

from datetime import date

import pytest

from bot.domain.paper import PaperRow, Wrong, day_meant, said_in
from bot.domain.report import Report

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[
            (text, date(2026, 3, 2))
            for text in ("2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日", "3月2日（周一）")
        ],
        *[(text, date(2026, 3, 2)) for text in ("3/2", "3-2", "03.02", " 2 Mar", "Mon 2 Mar", "2 March 2026", "mar 2")],
        ("12月30日", date(2025, 12, 30)),
        ("8月20日", date(2026, 8, 20)),
        *[(text, None) for text in ("", "昨天", "3月32日", "2月30日", "2026-13-01", "周一", "3", "3/222", "2 xyz")],
    ],
)
def test_a_day_is_read_as_it_is_written_and_without_a_year_it_is_the_nearest(text: str, day: date | None) -> None:
    assert day_meant(text, TODAY) == day


def row(**cells: str) -> PaperRow:
    """`thoughts_is` is a word of the closed list by its value; the others are words."""
    chosen = {name.removesuffix("_is"): value for name, value in cells.items() if name.endswith("_is")}
    words = {name: text for name, text in cells.items() if not name.endswith("_is")}
    return PaperRow("报告", 4, "2026-03-02", "chen", "陈晓", chosen, words)


@pytest.mark.parametrize(
    ("said", "report"),
    [
        (row(thoughts_is="so_so", work_is="unsaid", living_is="trouble"), Report("so_so", "", "unsaid", "", "trouble")),
        (row(thoughts="稳", work="节点紧", living="好"), Report("steady", work="tight", living="well")),
        (row(living="胃不舒服，睡不好"), Report(living="trouble", living_words="胃不舒服，睡不好")),
        (row(thoughts_is="steady", living="食堂有点辣"), Report("steady", living="other", living_words="食堂有点辣")),
        (row(need="换个住处"), Report(need="换个住处")),
        (row(thoughts="无", work="没有", living_is="well", need="暂无困难"), Report(living="well")),
        (row(work="need support"), Report(work="need_support")),
        (row(), Report()),
    ],
)
def test_each_cell_is_read_as_the_part_it_stands_under(said: PaperRow, report: Report) -> None:
    assert said_in(said, "case", "closed") == report


@pytest.mark.parametrize(
    ("said", "key", "column"),
    [
        (row(work="今天讯问了嫌疑人"), "case_words", "work"),
        (row(living_is="well", work="在外面跑材料"), "case_words", "work"),
        (row(living="开庭累"), "case_words", "living"),
        (row(thoughts="同上"), "as_above", "thoughts"),
        *[(row(thoughts=mark), "unread", "thoughts") for mark in ("√", "1", "收到", "?", "12")],
        (row(thoughts_is="steady", living="x" * 2000), "unread", "living"),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_column(said: PaperRow, key: str, column: str) -> None:
    assert said_in(said, "case", "closed") == Wrong(f"sheet.{key}", {"column": column})


def test_where_own_words_about_work_are_kept_they_are() -> None:
    assert said_in(row(work="走访了两个村"), "secondment", "gated") == Report(work_words="走访了两个村")
