"""[needs] and [need_kinds.x]: clocks, kinds that are shipped, changed, and the unit's own."""

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.config.load import Problem, read
from bot.config.model import Config, Needs
from bot.domain.need_kinds import OTHER, SHIPPED
from bot.errors import ConfigBroken
from bot.flow.settings import settings_of
from tests.town import TOWN

FILE = Path("config.toml")
HOUR = timedelta(hours=1)


def config(more: str) -> Config:
    return read(TOWN + more, FILE)


def problems(more: str) -> list[str]:
    with pytest.raises(ConfigBroken) as caught:
        config(more)
    found = cast("tuple[Problem, ...]", caught.value.facts["problems"])
    return [f"{one.key} {one.table} {one.name}" for one in found]


def test_without_a_word_the_shipped_ones_hold() -> None:
    assert config("").need_kinds == SHIPPED
    assert config("").needs == Needs(4 * HOUR, 48 * HOUR, 72 * HOUR)


def test_clocks_are_the_units() -> None:
    assert config('[needs]\nclaim = "30m"\nconfirm = "1d"\n').needs == Needs(HOUR / 2, 48 * HOUR, 24 * HOUR)


def test_a_shipped_kind_is_changed_key_by_key_and_keeps_the_rest() -> None:
    family = config('[need_kinds.family]\nclaim = "30m"\n').need_kinds["family"]
    assert (family.claim, family.name, family.words) == (HOUR / 2, "家里有事", SHIPPED["family"].words)
    assert config("[need_kinds.family]\nwords = []\n").need_kinds["family"].words == ()


def test_an_own_kind_comes_before_what_fits_none() -> None:
    kinds = config('[need_kinds.school]\nname = "就学"\nwords = ["入学"]\naction = "visit"\n').need_kinds
    assert list(kinds)[-2:] == ["school", OTHER]
    assert (kinds["school"].named("en"), kinds["school"].action) == ("就学", "visit")
    assert config('[need_kinds.other]\nname = "杂事"\n').need_kinds[OTHER].name == "杂事"


def test_a_kind_that_the_file_has_no_more_is_one_of_the_others() -> None:
    assert config("").kind_of_need("school") == SHIPPED[OTHER]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ('[need_kinds.school]\nwords = ["入学"]\n', "check.missing need_kinds.school name"),
        ('[needs]\nclaim = "0h"\n', "check.duration_zero needs claim"),
        ('[needs]\nclaims = "4h"\n', "check.unknown_key_like needs claims"),
        ("[need_kinds.family]\nwords = [3]\n", "check.not_text need_kinds.family words"),
        ('[need_kinds.family]\naction = "call"\n', "check.not_choice need_kinds.family action"),
        ('[need_kinds]\nfamily = "2h"\n', "check.not_table need_kinds family"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(more: str, found: str) -> None:
    assert problems(more) == [found]


def test_a_plan_shows_them() -> None:
    shown = settings_of(config('[need_kinds.family]\nclaim = "30m"\n'))
    assert (shown["needs.claim"], shown["need_kinds.family.claim"], shown["need_kinds.other.claim"]) == (
        "4h",
        "30m",
        "none",
    )
