"""Branches by the calendar: what they may call themselves and when they change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.branch import ORDER, Branch, State, ends_at, next_change, state_at, steps_to, title

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Asia/Beirut", "Pacific/Apia")
APPROVED = Branch(
    id="qingfeng",
    name="清风专班临时党支部",
    kind="case",
    state="planned",
    opens=date(2026, 3, 2),
    closes=date(2026, 3, 31),
    zone=ZoneInfo("Asia/Shanghai"),
    channel="chat",
    secretary="",
    approval_by="机关党委",
    approval_number="机党〔2026〕7号",
    approval_day="2026-02-27",
    full_members=3,
    closing_settled=False,
    closed_at=None,
)


def dated(opens: date, days: int, zone: str, state: State) -> Branch:
    return replace(APPROVED, opens=opens, closes=opens + timedelta(days=days), zone=ZoneInfo(zone), state=state)


branches = st.builds(
    dated,
    st.dates(date(2025, 12, 20), date(2027, 1, 10)),
    st.integers(0, 40),
    st.sampled_from(ZONES),
    st.sampled_from(ORDER),
)
moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 3, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=APPROVED.zone)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-01 23:59:59", "planned"),
        ("2026-03-02 00:00:00", "running"),
        ("2026-03-28 09:19:59", "running"),
        ("2026-03-28 09:20:00", "closing"),
        ("2026-03-31 23:59:59", "closing"),
        ("2026-04-01 00:00:00", "closed"),
    ],
)
def test_the_calendar_gives_the_state(now: str, state: str) -> None:
    assert state_at(APPROVED, at(now)) == state


@pytest.mark.parametrize("days", [1, 2, 3])
def test_a_short_branch_is_asked_about_as_it_opens(days: int) -> None:
    short = replace(APPROVED, closes=APPROVED.opens + timedelta(days=days - 1))
    assert steps_to(short, state_at(short, at("2026-03-02 00:00"))) == ("running", "closing")
    assert next_change(short, at("2026-03-02 00:00")) == ends_at(short)


def test_the_last_day_is_the_branch_s_own_day() -> None:
    away = replace(APPROVED, zone=ZoneInfo("America/New_York"), closes=date(2026, 3, 8))  # the clocks go forward
    assert ends_at(away) == datetime(2026, 3, 9, 4, tzinfo=UTC)


@given(branches, moments)
def test_the_next_change_is_when_the_state_changes_and_not_before(branch: Branch, now: datetime) -> None:
    state, change = state_at(branch, now), next_change(branch, now)
    if change is None:
        assert state == "closed"
        return
    assert change > now
    assert state_at(branch, change - timedelta(seconds=1)) == state != state_at(branch, change)


@given(branches, moments, moments)
def test_the_state_never_goes_back(branch: Branch, one: datetime, other: datetime) -> None:
    early, late = sorted((one, other))
    assert ORDER.index(state_at(branch, early)) <= ORDER.index(state_at(branch, late))


@given(branches, moments)
def test_a_branch_found_over_is_only_closed_and_no_step_is_taken_twice(branch: Branch, now: datetime) -> None:
    target = state_at(branch, now)
    steps = steps_to(branch, target)
    assert branch.state not in steps
    if "closed" in steps:
        assert steps == ("closed",)
    elif ORDER.index(target) > ORDER.index(branch.state):
        assert steps[-1] == target


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("清风专班临时党支部", "清风专班联络群", "清风专班 liaison group"),
        ("清风线上临时党支部", "清风联络群", "清风 liaison group"),
        ("清风党支部一组", "清风联络群一组", "清风 liaison group 一组"),
        ("清风临时支部", "清风联络群", "清风 liaison group"),
        ("清风党总支", "清风联络群", "清风 liaison group"),
        ("海澜培训班", "海澜培训班", "海澜培训班"),
        ("Breeze Temporary Party Branch", "Breeze 联络群", "Breeze liaison group"),
        ("Online  party  branch", "联络群", "liaison group"),
    ],
)
def test_without_approval_no_name_says_party_branch(name: str, zh: str, en: str) -> None:
    for told in (replace(APPROVED, approval_number=""), replace(APPROVED, full_members=2)):
        group = replace(told, name=name)
        assert (title(group, "zh"), title(group, "en")) == (zh, en)


def test_with_approval_and_three_full_members_it_bears_its_name() -> None:
    assert title(APPROVED, "zh") == title(APPROVED, "en") == APPROVED.name
