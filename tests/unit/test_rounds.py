"""Rounds: when they ask, remind and tell, and which one a message answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds import (
    Expected,
    Ladder,
    Round,
    RoundState,
    choose,
    next_step,
    to_skip,
    to_withdraw,
    waiting,
)

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


def skips(one: Expected, hour: int) -> Expected:
    return replace(one, skipped_at=NOON + hour * HOUR)


def test_what_is_skipped_waits_no_more_and_is_still_answered_until_it_is_due() -> None:
    mon, tue = skips(expected("mon", "asked", 0), 1), expected("tue", "early", 24)
    assert waiting([tue, mon]) == []
    assert chosen(tue, mon, at=2) == "mon"
    assert chosen(tue, mon, at=21) == "tue"
    assert chosen(mon, at=21) == "mon"


def test_a_round_skipped_in_advance_is_answered_early_and_not_asked_for() -> None:
    tue = skips(expected("tue", "early", 24), 1)
    assert chosen(tue, at=2) == "tue"
    assert to_skip([tue], None) == []


def test_what_was_skipped_after_the_last_answer_comes_before_amending_that() -> None:
    mine, other = expected("mine", "asked", 0, answered=1), expected("other", "asked", 0, branch="hailan")
    assert chosen(mine, skips(other, 2), at=1) == "other"
    assert chosen(replace(mine, amended_at=NOON + 3 * HOUR), skips(other, 2), at=1) == "mine"


def test_who_was_asked_at_her_own_hour_was_asked_whatever_the_round_says() -> None:
    mon, tue = expected("mon", "told", 0, answered=1), expected("tue", "early", 24)
    asked = replace(tue, asked_at=NOON + HOUR)
    assert chosen(mon, tue, at=1) == "mon"
    assert chosen(mon, asked, at=1) == "tue"
    assert waiting([mon, asked]) == [asked]


def test_skip_is_what_waits_or_else_the_next_and_today_is_no_later_one() -> None:
    mon, tue, wed = expected("mon", "asked", 0), expected("tue", "early", 24), expected("wed", "early", 48)
    assert to_skip([wed, tue, mon], None) == [mon]
    assert to_skip([wed, tue], None) == [tue]
    assert to_skip([wed, tue, mon], lambda one: one is tue) == [mon, tue]
    assert to_skip([wed, tue], lambda one: False) == []
    assert to_skip([expected("mon", "asked", 0, answered=1)], None) == []


def test_withdrawn_is_what_she_did_last_unless_it_has_been_asked_anew() -> None:
    mon, tue = expected("mon", "told", 0, answered=1), expected("tue", "early", 24, answered=2)
    assert to_withdraw([tue, mon]) == tue
    assert to_withdraw([tue, replace(mon, amended_at=NOON + 3 * HOUR)]) == replace(mon, amended_at=NOON + 3 * HOUR)
    assert to_withdraw([expected("tue", "early", 24), mon]) == mon
    assert to_withdraw([expected("tue", "asked", 24), mon]) is None
    assert to_withdraw([expected("tue", "asked", 24, branch="hailan"), mon]) == mon
    assert to_withdraw([skips(expected("tue", "asked", 24), 30), mon]) == skips(expected("tue", "asked", 24), 30)
    assert to_withdraw([]) is None
