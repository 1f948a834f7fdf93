"""The life of a need: who may take which step from which state, and when its clock rings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.need import (
    HERS,
    RUNGS,
    SETTLED,
    TABLE,
    UNSETTLED,
    Clocks,
    Need,
    NeedState,
    Side,
    Step,
    moved,
    refusal,
    rings_at,
    sides,
)
from bot.domain.when import next_allowed, parse_quiet
from bot.render import SENTENCES, Renderer
from tests.town import moment

NOW = datetime(2026, 3, 3, 2, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUIET = parse_quiet("20:00-07:30")
CLOCKS = Clocks(4 * HOUR, 2 * DAY, 3 * DAY)
STATES: tuple[NeedState, ...] = get_args(NeedState)
STEPS: tuple[Step, ...] = get_args(Step)
SIDES: tuple[Side, ...] = get_args(Side)
ZH = Renderer(SENTENCES).keys("zh")
HOLDER = frozenset[Side]({"holder"})
OWNER = frozenset[Side]({"holder", "owner"})
MEMBER = frozenset[Side]({"member"})


def need(state: NeedState = "open", owner: str | None = None, *, rung: int = 0) -> Need:
    has = owner or (None if state == "open" else "zhou")
    ended = NOW if state in SETTLED else None
    return Need("n", 1, "b", "li", "lodging", state, "换房", NOW, has, NOW, 0, rung, ended)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("side", SIDES)
def test_a_step_is_refused_in_a_sentence_exactly_where_the_table_has_no_row(
    state: NeedState, step: Step, side: Side
) -> None:
    refused = refusal(need(state), step, frozenset({side}), NOW)
    allowed = (step, state) in TABLE and side in TABLE[step, state][0]
    assert (refused is None) is allowed
    assert refused is None or refused in ZH


def test_nothing_closes_without_her_word_or_the_clocks() -> None:
    closing = {(step, by) for (step, _), (sides_, to) in TABLE.items() if to in SETTLED for by in sides_}
    assert closing == {("confirmed", "member"), ("withdrawn", "member"), ("lapsed", "clock")}


def test_the_clock_closes_only_what_waits_for_her() -> None:
    assert {state for (step, state) in TABLE if step == "lapsed"} == {"done", "impossible"}


def test_from_every_state_there_is_a_way_to_an_end_and_from_every_end_but_hers_to_leave_it_a_way_back() -> None:
    reached = {state: {to for (_, one), (_, to) in TABLE.items() if one == state} for state in STATES}
    assert all(reached[state] & set(SETTLED) for state in UNSETTLED)
    assert (reached["confirmed"], reached["lapsed"], reached["withdrawn"]) == ({"claimed"}, {"claimed"}, set())


@pytest.mark.parametrize(
    ("person", "roles", "found"),
    [
        ("li", {"member"}, {"member"}),
        ("li", {"member", "liaison", "secretary"}, {"member"}),
        ("zhou", {"liaison"}, {"owner", "holder"}),
        ("wu", {"deputy"}, {"holder"}),
        ("ma", {"secretary"}, {"holder", "secretary"}),
        ("lin", {"contact_leader"}, set[str]()),
        ("x", {"stranger"}, set[str]()),
    ],
)
def test_nobody_is_more_than_a_member_to_a_need_of_her_own(person: str, roles: set[str], found: set[str]) -> None:
    assert sides(need("claimed"), person, frozenset(roles)) == found  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("state", "step", "by", "said"),
    [
        ("open", "claimed", MEMBER, "need.own"),
        ("claimed", "claimed", HOLDER, "need.claimed_by_other"),
        ("claimed", "claimed", OWNER, "need.claimed_already"),
        ("open", "handed", HOLDER, "needs.nobody_has_it"),
        ("done", "declined", OWNER, "needs.waits_for_her"),
        ("done", "done", HOLDER, "need.claimed_by_other"),
        ("confirmed", "done", OWNER, "needs.over"),
        ("confirmed", "confirmed", MEMBER, "needs.over"),
        ("withdrawn", "reopened", MEMBER, "needs.over"),
        ("done", "confirmed", OWNER, "needs.hers_to_say"),
        ("open", "filed", HOLDER, "needs.hers_to_say"),
    ],
)
def test_the_refusal_says_why(state: NeedState, step: Step, by: frozenset[Side], said: str) -> None:
    assert refusal(need(state), step, by, NOW) == said


def test_for_seven_days_it_may_be_reopened() -> None:
    assert refusal(need("lapsed"), "reopened", MEMBER, NOW + 7 * DAY) is None
    assert refusal(need("confirmed"), "reopened", MEMBER, NOW + 7 * DAY + HOUR) == "needs.too_late"


def test_a_step_begins_its_time_anew_and_says_who_has_it() -> None:
    later = NOW + HOUR
    taken = moved(need(rung=1), "claimed", later, "wu")
    assert (taken.state, taken.claimed_by, taken.since, taken.rung) == ("claimed", "wu", later, 0)
    assert moved(need("claimed"), "handed", later, "ma").claimed_by == "ma"
    assert (moved(need("in_hand"), "released", later).state, moved(need("in_hand"), "released", later).claimed_by) == (
        "open",
        None,
    )
    assert moved(need("done"), "confirmed", later).ended_at == later


def test_what_is_reopened_is_its_owners_and_counted_and_what_was_nobodys_is_open() -> None:
    again = moved(need("confirmed"), "reopened", NOW + HOUR)
    assert (again.state, again.claimed_by, again.reopened, again.ended_at) == ("claimed", "zhou", 1, None)
    assert moved(replace(need("confirmed"), claimed_by=None), "reopened", NOW).state == "open"


def test_a_word_beside_it_leaves_its_clock_alone() -> None:
    later = NOW + HOUR
    beside: tuple[tuple[NeedState, Step], ...] = (("done", "answered"), ("claimed", "added"), ("open", "filed"))
    for state, step in beside:
        assert moved(need(state, rung=1), step, later) == need(state, rung=1)
    assert moved(need("in_hand", rung=1), "answered", later).rung == 0


@pytest.mark.parametrize(
    ("start", "rings"),
    [
        ("2026-03-03 09:00", "2026-03-03 13:00"),
        ("2026-03-03 15:59", "2026-03-03 19:59"),
        ("2026-03-03 18:00", "2026-03-04 09:30"),
        ("2026-03-03 19:55", "2026-03-04 11:25"),
        ("2026-03-03 22:00", "2026-03-04 11:30"),
        ("2026-03-04 05:00", "2026-03-04 11:30"),
    ],
)
def test_hours_count_outside_quiet_hours(start: str, rings: str) -> None:
    assert rings_at(need(), CLOCKS, moment(start), QUIET, ZONE) == moment(rings)


def test_days_are_days_and_end_when_somebody_may_hear_of_it() -> None:
    assert rings_at(need("claimed"), CLOCKS, moment("2026-03-03 09:00"), QUIET, ZONE) == moment("2026-03-05 09:00")
    assert rings_at(need("done"), CLOCKS, moment("2026-03-03 22:00"), QUIET, ZONE) == moment("2026-03-07 07:30")
    assert rings_at(need(), CLOCKS, moment("2026-03-03 22:00"), None, ZONE) == moment("2026-03-04 02:00")


def test_a_clock_rings_so_often_in_one_state_and_for_what_is_over_never() -> None:
    assert rings_at(need(rung=RUNGS), CLOCKS, NOW, QUIET, ZONE) is None
    assert rings_at(need("confirmed"), CLOCKS, NOW, QUIET, ZONE) is None


TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(ZONE))
QUIETS = st.sampled_from([QUIET, None, parse_quiet("12:00-13:00"), parse_quiet("00:30-23:30")])


@given(TIMES, st.integers(1, 90 * 60), QUIETS)
def test_it_never_rings_in_quiet_hours_nor_before_its_time(start: datetime, minutes: int, quiet: object) -> None:
    clocks = Clocks(*([timedelta(minutes=minutes)] * 3))
    at = rings_at(need(), clocks, start, quiet, ZONE)  # pyright: ignore[reportArgumentType]
    assert at is not None
    assert at >= start + timedelta(minutes=minutes)
    assert next_allowed(at, quiet, ZONE) == at  # pyright: ignore[reportArgumentType]


def test_what_is_hers_is_hers() -> None:
    assert {"confirmed", "added", "reopened", "withdrawn", "filed"} == HERS
