"""No figure about fewer members than allowed, and none from which such a figure could be had by subtraction."""

from collections.abc import Mapping
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import Shown, choose

NAMES = ("a", "b", "c", "d", "e")
SOME = st.frozensets(st.sampled_from([f"m{number}" for number in range(14)]), max_size=9)
OVERLAPPING = st.dictionaries(st.sampled_from(NAMES), SOME, max_size=5)
APART = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 7), max_size=5).map(
    lambda sizes: {name: group(name, size) for name, size in sizes.items()}
)
PARTS = OVERLAPPING | APART
KNOWN = st.lists(st.frozensets(st.sampled_from(NAMES), max_size=4), max_size=3)
LEAST = st.integers(1, 6)


def group(name: str, size: int) -> frozenset[str]:
    return frozenset(f"{name}{number}" for number in range(size))


def people(parts: Mapping[str, frozenset[str]], names: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(parts[name] for name in names))


def subsets(names: frozenset[str]) -> list[frozenset[str]]:
    return [frozenset(some) for some in chain(*(combinations(names, size) for size in range(len(names) + 1)))]


@given(PARTS, LEAST, KNOWN)
def test_no_reader_can_compute_a_figure_about_too_few(
    parts: dict[str, frozenset[str]], least: int, known: list[frozenset[str]]
) -> None:
    """She adds up and subtracts what is shown and what she knows; what she then has beside it is about enough."""
    shown = choose(parts, least, known)
    filled = frozenset(name for name, who in parts.items() if who)
    for mine in [frozenset[str](), *known]:
        knows = (shown.apart | mine) & filled
        figures = [filled - some for some in subsets(knows)] if shown.whole else []
        for figure in [*figures, *subsets(shown.apart)]:
            about = people(parts, figure - mine)
            assert not about or len(about) >= least


@given(PARTS, LEAST, KNOWN)
def test_what_is_safe_is_not_hidden(parts: dict[str, frozenset[str]], least: int, known: list[frozenset[str]]) -> None:
    shown = choose(parts, least, known)
    large = {name for name, who in parts.items() if len(who) >= least}
    filled = {name for name, who in parts.items() if who}
    assert shown.apart <= large
    if not shown.whole:
        assert shown.apart == large
    if large == filled and filled:
        assert shown == Shown(frozenset(large), whole=True)


def test_the_small_one_cannot_be_had_from_the_whole_and_the_others() -> None:
    parts = {"a": group("a", 6), "b": group("b", 8), "c": group("c", 3)}
    assert choose(parts, 5) == Shown(frozenset({"b"}), whole=True)


def test_two_small_ones_that_are_enough_together_hide_behind_each_other() -> None:
    parts = {"a": group("a", 6), "b": group("b", 3), "c": group("c", 3)}
    assert choose(parts, 5) == Shown(frozenset({"a"}), whole=True)


def test_the_same_few_people_in_two_small_ones_are_still_few() -> None:
    parts = {"a": group("a", 6), "b": group("b", 3), "c": group("b", 3)}
    assert choose(parts, 5) == Shown(frozenset(), whole=True)


def test_who_looks_after_one_must_not_compute_the_only_other() -> None:
    parts = {"a": group("a", 6), "b": group("b", 3)}
    assert choose(parts, 5) == Shown(frozenset(), whole=True)
    assert choose(parts, 5, [{"a"}]) == Shown(frozenset({"a"}))


def test_who_looks_after_one_small_one_must_not_compute_the_other() -> None:
    parts = {"a": group("a", 6), "b": group("b", 3), "c": group("c", 3)}
    assert choose(parts, 5, [{"b"}]) == Shown(frozenset(), whole=True)


def test_of_nobody_and_of_too_few_there_is_no_figure() -> None:
    assert choose({}, 5) == choose({"a": group("a", 0)}, 5) == choose({"a": group("a", 4)}, 5) == Shown()
    assert choose({"a": group("a", 2), "b": group("b", 2)}, 5) == Shown()
