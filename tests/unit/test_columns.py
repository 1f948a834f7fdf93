"""Columns that stay straight with Chinese in them."""

import pytest

from bot.commands.columns import aligned, cut, padded, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("周五课堂", 8),
        ("周5", 3),
        ("ｆ", 2),
        ("，", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("한", 2),
        ("\u200b", 0),
        ("", 0),
    ],
)
def test_a_wide_character_takes_two_columns_and_a_mark_over_a_letter_none(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_fills_up_to_the_column() -> None:
    assert padded("周五", 6) == "周五  "
    assert padded("周五课堂", 6) == "周五课堂"


@pytest.mark.parametrize(("text", "kept"), [("课堂", "课堂"), ("周五课堂啊", "周五课…"), ("abcdefghi", "abcdefg…")])
def test_what_does_not_fit_is_cut_with_a_mark(text: str, kept: str) -> None:
    assert cut(text, 8) == kept


def test_columns_begin_below_one_another() -> None:
    assert aligned([("周五课堂", "a", "x"), ("study", "bb", "")]) == ["周五课堂  a   x", "study     bb"]
    assert aligned([]) == []
