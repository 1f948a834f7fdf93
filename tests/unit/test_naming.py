"""Whom a message means when it begins with a name."""

import pytest

from bot.domain.naming import find_named
from bot.domain.people import Member

PEOPLE = [
    Member("chen", "陈晓", "full", "", "zh"),
    Member("li", "李明", "full", "", "zh"),
    Member("li2", "李明", "officer", "", "zh"),
    Member("wangj", "王静", "full", "", "zh"),
    Member("wang", "王静怡", "full", "", "zh"),
    Member("ouyang", "欧阳文静", "full", "", "zh"),
    Member("ann", "Ann Lee", "officer", "", "en"),
]


@pytest.mark.parametrize(
    ("said", "ids", "rest"),
    [
        ("陈晓 明天到", ["chen"], "明天到"),
        ("陈晓：明天到", ["chen"], "明天到"),
        ("@陈晓同志，明天到", ["chen"], "明天到"),
        ("“陈晓”", ["chen"], ""),
        ("王静怡 好", ["wang"], "好"),
        ("王静 好", ["wangj"], "好"),
        ("欧阳文静书记 好", ["ouyang"], "好"),
        ("li2 好", ["li2"], "好"),
        ("LI2：好", ["li2"], "好"),
        ("ann: hello", ["ann"], "hello"),
        ("Ann Lee hello", ["ann"], "hello"),
        ("ann hello", ["ann"], "hello"),
        ("李明 好", ["li", "li2"], "好"),
    ],
)
def test_the_longest_name_counts_and_a_shared_one_means_several(said: str, ids: list[str], rest: str) -> None:
    found = find_named(said, PEOPLE)
    assert found
    assert [one.id for one in found.people] == ids
    assert found.rest == rest


@pytest.mark.parametrize("said", ["", "明天到", "陈", "annabel hello", "li22 好", "给陈晓"])
def test_where_nobody_is_named_nobody_is_meant(said: str) -> None:
    assert find_named(said, PEOPLE) is None


def test_a_given_name_of_two_letters_is_enough() -> None:
    found = find_named("文静 好", [Member("o", "石文静", "full", "", "zh")])
    assert found
    assert found.people[0].id == "o"
