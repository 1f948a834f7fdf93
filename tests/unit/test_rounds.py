"""Rounds: when they ask, remind and tell, and which one a message answers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds import Expected, Ladder, Round, RoundState, choose, next_step, waiting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
spans = st.integers(0, 72).map(lambda hours: hours * HOUR)
FOLLOWS: dict[RoundState, RoundState] = {"early": "asked", "asked": "due", "due": "told"}


def expected(name: str, state: RoundState, ask: int, answered: int | None = None, branch: str = "qingfeng") -> Expected:
    """A round of `branch`, asked so many hours after noon and answered so many hours after noon."""
    round_ = Round(name, branch, state, NOON + ask * HOUR, NOON + (ask + 20) * HOUR)
    return Expected(round_, "li", NOON + answered * HOUR if answered is not None else None)


def chosen(*all_of_them: Expected, at: int) -> str | None:
    found = choose(all_of_them, NOON + at * HOUR)
    return found.round.id if found else None


def test_what_was_asked_comes_before_what_may_be_answered_early() -> None:
    asked, next_one = expected("mon", "asked", 0), expected("tue", "early", 24)
    assert chosen(next_one, asked, at=1) == "mon"


def test_the_evening_before_answers_the_round_to_come() -> None:
    assert chosen(expected("mon", "told", -48, -47), expected("tue", "early", 24), at=8) == "tue"


def test_of_several_early_rounds_the_first_is_meant() -> None:
    assert chosen(expected("wed", "early", 48), expected("tue", "early", 24), at=1) == "tue"


def test_for_an_hour_a_second_message_amends_and_then_it_is_the_evening_before() -> None:
    rounds = expected("mon", "asked", 0, answered=2), expected("tue", "early", 24)
    assert choose(rounds, NOON + 2 * HOUR + timedelta(minutes=59)) == rounds[0]
    assert chosen(*rounds, at=3) == "tue"


def test_a_round_that_was_answered_is_amended_when_nothing_else_is_open() -> None:
    assert chosen(expected("mon", "told", 0, answered=1), at=40) == "mon"


def test_a_late_answer_finds_the_round_it_is_late_for() -> None:
    assert chosen(expected("mon", "told", 0), expected("tue", "early", 48), at=30) == "mon"


def test_one_more_message_answers_the_other_branch_and_not_the_first_again() -> None:
    rounds = expected("mine", "asked", 0, answered=0), expected("other", "asked", 0, branch="hailan")
    assert chosen(*rounds, at=0) == "other"


def test_a_question_asked_after_her_answer_is_what_she_answers_now() -> None:
    assert chosen(expected("mon", "told", -24, answered=0), expected("tue", "asked", 0), at=0) == "tue"


def test_only_the_newest_round_of_a_branch_waits() -> None:
    rounds = expected("mon", "told", -24), expected("tue", "asked", 0), expected("b", "asked", -1, branch="hailan")
    assert [one.round.id for one in waiting(rounds)] == ["tue", "b"]


def test_nothing_is_meant_when_nothing_is_open() -> None:
    assert choose([], NOON) is None


@pytest.mark.parametrize(
    ("state", "after"), [("early", 0), ("asked", 21), ("due", 24), ("told", None), ("skipped", None)]
)
def test_the_ladder_steps_at_its_hours(state: RoundState, after: int | None) -> None:
    round_ = expected("mon", state, 0).round
    step = next_step(Ladder(1 * HOUR, 4 * HOUR), round_, since=NOON)
    assert step == (NOON + after * HOUR if after is not None else None)


@given(spans, spans, spans, st.lists(spans, min_size=3, max_size=3))
def test_the_liaison_hears_after_the_member_had_her_time_however_late_we_are(
    due: timedelta, member: timedelta, liaison: timedelta, late: list[timedelta]
) -> None:
    ladder, state, now, steps = Ladder(member, liaison), "early", NOON, list[datetime]()
    round_ = Round("mon", "qingfeng", state, NOON, NOON + due)
    for delay in late:
        at = next_step(ladder, round_, since=now)
        assert at is not None
        now = max(at, now) + delay
        steps.append(now)
        round_ = Round("mon", "qingfeng", FOLLOWS[round_.state], round_.ask_at, round_.due_at)
    assert next_step(ladder, round_, since=now) is None
    asked, reminded, told = steps
    assert asked <= reminded <= told
    assert reminded >= round_.due_at + member
    assert told >= reminded + max(liaison - member, timedelta(0))
