"""To whom a whisper is said; when in doubt to nobody, since what is said of somebody must not go to that person."""

import pytest

from bot.domain.people import Member
from bot.domain.whisper import Addressed, Reader, addressed, choice


def person(id_: str, name: str) -> Member:
    return Member(id_, name, "officer", "", "zh")


ZHOU = Reader(person("zhou", "周敏"), "liaison", "b")
MA = Reader(person("ma", "马骏"), "secretary", "b")
OTHER_MA = Reader(person("ma2", "马骏"), "secretary", "c")
MIN = Reader(person("min", "Zhou Min"), "liaison", "c")
WU = person("wu", "吴强")
TWO = (ZHOU, MA)


@pytest.mark.parametrize(
    ("said", "to", "words"),
    [
        ("书记 睡不好", "ma", "睡不好"),
        ("书记：睡不好", "ma", "睡不好"),
        ("支部书记，睡不好", "ma", "睡不好"),
        ("联络员 睡不好", "zhou", "睡不好"),
        ("周敏 睡不好", "zhou", "睡不好"),
        ("周敏同志，睡不好", "zhou", "睡不好"),
        ("告诉周敏睡不好", "zhou", "睡不好"),
        ("告诉周敏：睡不好", "zhou", "睡不好"),
        ("跟周敏说 睡不好", "zhou", "睡不好"),
        ("对书记说：睡不好", "ma", "睡不好"),
        ("secretary I cannot sleep", "ma", "I cannot sleep"),
        ("to the liaison officer: I cannot sleep", "zhou", "I cannot sleep"),
        ("书记", "ma", ""),
        ("给周敏", "zhou", ""),
    ],
)
def test_she_says_to_whom(said: str, to: str, words: str) -> None:
    meant = addressed(said, TWO)
    assert ([one.member.id for one in meant.readers], meant.words) == ([to], words)


@pytest.mark.parametrize(
    "said",
    [
        "睡不好",
        "书记对我有意见",
        "书记员 小刘找我",
        "周敏老是催我",
        "对周敏有意见",
        "跟周敏吵架了",
        "给周敏添麻烦了",
        "the secretary is unfair",
        "secretarial work",
        "李明 打呼噜",
    ],
)
def test_it_may_be_only_what_she_says(said: str) -> None:
    assert addressed(said, TWO) == Addressed((), said)


def test_two_of_one_name_are_both_meant() -> None:
    assert addressed("马骏 睡不好", (MA, OTHER_MA)).readers == (MA, OTHER_MA)
    assert addressed("书记 睡不好", (MA, OTHER_MA)).readers == (MA, OTHER_MA)


def test_a_duty_nobody_holds_names_nobody() -> None:
    assert addressed("书记 睡不好", (ZHOU,)) == Addressed((), "书记 睡不好")


def test_somebody_it_cannot_go_to_is_named_back() -> None:
    assert addressed("吴强 睡不好", TWO, [WU]) == Addressed((), "吴强 睡不好", WU)
    assert addressed("吴强老打呼噜", TWO, [WU]) == Addressed((), "吴强老打呼噜")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", ZHOU),
        ("2。", MA),
        ("第二个", MA),
        ("马骏", MA),
        ("给周敏", ZHOU),
        ("书记。", MA),
        ("liaison", ZHOU),
        ("3", None),
        ("周敏 其实也没什么", None),
        ("累", None),
    ],
)
def test_the_choice_is_a_number_a_name_or_a_duty_and_nothing_else(text: str, chosen: Reader | None) -> None:
    assert choice(text, TWO) == chosen


def test_a_name_two_bear_is_no_choice() -> None:
    assert choice("马骏", (MA, OTHER_MA)) is None


def test_who_holds_two_duties_is_one_person() -> None:
    both = (ZHOU, Reader(ZHOU.member, "secretary", "c"), MA)
    assert addressed("周敏 睡不好", both).readers == (ZHOU,)
    assert [one.member.id for one in addressed("书记 睡不好", both).readers] == ["zhou", "ma"]
    assert addressed("联络员 睡不好", both).readers == (ZHOU,)
    assert choice("2", both) == MA


def test_an_english_name_is_a_name() -> None:
    assert addressed("Zhou Min: I cannot sleep", (MIN,)) == Addressed((MIN,), "I cannot sleep")
