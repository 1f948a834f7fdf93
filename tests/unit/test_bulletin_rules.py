"""The bulletin's figures: whom each is about, how long things took, and what is left out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bulletin import (
    Asked,
    NeedTimes,
    Period,
    answers,
    month_of_answers,
    month_of_needs,
    of_home,
    span,
    week_of_needs,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
MARCH = Period(START, START + timedelta(days=31))


def asked(branch: str, home: str, *members: str) -> list[Asked]:
    return [Asked(branch, f"{home}{one}", home, 2, 1) for one in members]


def need(
    member: str, *, claimed: int | None = None, done: int | None = None, ended: int | None = None, raised: int = 0
) -> NeedTimes:
    at = [None if hours is None else START + hours * HOUR for hours in (claimed, done, ended)]
    return NeedTimes(1, "b", member, START + raised * HOUR, *at)


def test_answers_of_too_few_or_of_nobody_are_no_figure() -> None:
    assert answers(asked("b", "h", *"abcde"), 5) == {"asked": 10, "answered": 5}
    assert answers(asked("b", "h", *"abcd"), 5) is None
    assert answers([], 5) is None


def test_a_home_is_counted_over_all_branches_where_its_members_are() -> None:
    rows = asked("b", "h", *"abc") + asked("c", "h", *"de") + asked("c", "other", *"abcde")
    assert of_home(rows, "h", 5, set()) == {"asked": 10, "answered": 5}


def test_a_home_has_no_figure_where_what_is_left_of_it_or_of_a_branch_is_few() -> None:
    rows = asked("b", "h", *"abcde") + asked("c", "h", *"fg")
    assert of_home(rows, "h", 5, set()) is not None
    assert of_home(rows, "h", 5, {"b"}) is None
    assert of_home([*rows, *asked("b", "other", "a")], "h", 5, set()) is None


ROWS = st.lists(
    st.builds(Asked, st.sampled_from("abc"), st.sampled_from("mnopqrst"), st.just("h"), st.integers(1, 3), st.just(1)),
    unique_by=lambda one: (one.branch, one.member),
)


@given(ROWS, st.integers(1, 5))
def test_the_whole_without_the_parts_shown_is_never_about_few(rows: list[Asked], least: int) -> None:
    whole, apart = month_of_answers(rows, least, [])
    rest = {one.member for one in rows if one.branch not in apart}
    assert whole is None or not rest or len(rest) >= least
    for branch, figures in apart.items():
        own = [one for one in rows if one.branch == branch]
        assert len({one.member for one in own}) >= least
        assert figures["asked"] == sum(one.asked for one in own)


def test_times_are_told_only_where_enough_have_waited() -> None:
    needs = [need(member, claimed=hours, done=50, ended=60) for member, hours in zip("abc", (1, 3, 99), strict=True)]
    figures = month_of_needs([*needs, need("d")], 3, [])
    assert figures == {
        "raised": 4,
        "settled": 3,
        "claim": {"days": 0, "hours": 3},
        "settle": {"days": 2, "hours": 0},
    }
    assert (month_of_needs([*needs, need("d")], 4, []) or {})["claim"] is None
    assert month_of_needs([*needs, need("c")], 4, []) is None


def test_whose_own_branch_raised_most_needs_cannot_compute_the_others() -> None:
    others = [NeedTimes(2, "other", "z", START, None, None, None)]
    mine = [need(member) for member in "abcde"]
    assert month_of_needs([*mine, *others], 5, []) is not None
    assert month_of_needs([*mine, *others], 5, [{"b"}]) is None


def test_a_week_counts_what_happened_in_it_and_what_waits_now() -> None:
    week = Period(START, START + timedelta(days=7))
    needs = [need("a", raised=-50), need("b", claimed=1), need("c", claimed=1, done=2, ended=3, raised=-5)]
    needs += [need("d", claimed=1, done=2, raised=-1), need("e", ended=4, raised=-1)]
    figures = {"raised": 1, "settled": 2, "unclaimed": 1, "in_hand": 1, "asked": 1}
    assert week_of_needs(needs, week) == figures
    assert week_of_needs([], week) is None


def test_a_need_is_unclaimed_for_long_after_two_days() -> None:
    assert not need("a").unclaimed_long(START + 47 * HOUR)
    assert need("a").unclaimed_long(START + 48 * HOUR)
    assert not need("a", claimed=50).unclaimed_long(START + 99 * HOUR)
    assert not need("a", ended=50).unclaimed_long(START + 99 * HOUR)


@pytest.mark.parametrize(
    ("hours", "days_and_hours"), [(0.2, (0, 0)), (0.6, (0, 1)), (47, (0, 47)), (48, (2, 0)), (100, (4, 0))]
)
def test_a_time_is_said_in_hours_and_from_two_days_on_in_days(hours: float, days_and_hours: tuple[int, int]) -> None:
    assert tuple(span(hours * HOUR).values()) == days_and_hours


def test_a_period_ends_just_before_the_next() -> None:
    assert MARCH.since in MARCH
    assert MARCH.until not in MARCH
    assert None not in MARCH
    assert MARCH.part_of(START - HOUR, START + HOUR) == HOUR
    assert MARCH.part_of(START - 2 * HOUR, START - HOUR) == timedelta(0)
