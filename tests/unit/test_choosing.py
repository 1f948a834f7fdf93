"""Answers to “which one?” and “are you sure?”."""

import pytest

from bot.domain.choosing import is_not_sure, is_sure, number_in, place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("２", 1),
        ("2。", 1),
        ("“2”", 1),
        ("第二个", 1),
        ("回1", 0),
        ("一", 0),
        ("the second one", 1),
        ("No. 3", 2),
        ("4", None),
        ("0", None),
        ("12", None),
        ("1和2", None),
        ("书记", None),
        ("", None),
    ],
)
def test_which_of_three_is_meant(text: str, place: int | None) -> None:
    assert place_of(text, 3) == place


@pytest.mark.parametrize("text", ["确认", "确认。", "是的", "Yes!", "confirm", "ok"])
def test_a_yes(text: str) -> None:
    assert is_sure(text)
    assert not is_not_sure(text)


@pytest.mark.parametrize("text", ["不", "不用了", "算了。", "No", "never mind"])
def test_a_no(text: str) -> None:
    assert is_not_sure(text)
    assert not is_sure(text)


@pytest.mark.parametrize("text", ["确认不了", "是不是", "我不确定", "yesterday", ""])
def test_neither(text: str) -> None:
    assert not is_sure(text)
    assert not is_not_sure(text)


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("3 收到", (3, "收到")),
        ("3", (3, "")),
        ("第3号：收到\n谢谢", (3, "收到\n谢谢")),
        ("#12，好", (12, "好")),
        ("收到 3", (None, "收到 3")),
        ("", (None, "")),
        ("1234567890", (None, "1234567890")),
    ],
)
def test_the_number_at_the_head(rest: str, found: tuple[int | None, str]) -> None:
    assert number_in(rest) == found
