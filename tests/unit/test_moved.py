"""Why a recurring thing is held when it is: the twin of the schedule, and what it says."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Holidays, Schedule, held_on, occurrences, parse
from bot.domain.moved import Occurrence, explained
from bot.domain.when import at_local
from bot.domain.workdays import Workdays
from tests.unit.test_cadence import SCHEDULES, ZONES

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
A_DAY = timedelta(days=1)
BEFORE = "before spring_festival; "
OWN = Workdays(off=frozenset({date(2026, 3, 2), date(2026, 10, 8)}), work=frozenset({date(2026, 3, 7)}))


def found(text: str, first: str, last: str, holidays: Holidays, zone: ZoneInfo = SHANGHAI) -> list[Occurrence]:
    days = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
    return explained(parse(text), *days, zone, OWN, holidays)


def told(one: Occurrence) -> str:
    """`02-14 <- 02-16,02-19: before spring_festival; …`"""
    held = f"{one.held:%m-%d}" if one.held else "none"
    reasons = (
        f"{why.kind} {why.nature.holiday or why.written or why.nature.kind}".removesuffix(" workday")
        for why in one.reasons
    )
    return f"{held} <- {','.join(f'{day:%m-%d}' for day in one.named)}: {'; '.join(reasons)}"


@pytest.mark.parametrize(
    ("text", "first", "last", "holidays", "wanted"),
    [
        ("thu 09:00", "02-12", "02-12", "skip", ["02-12 <- 02-12: "]),
        ("thu 09:00", "10-01", "10-02", "skip", ["none <- 10-01: skipped national"]),
        ("sun 09:00", "03-15", "03-15", "skip", ["none <- 03-15: skipped weekend"]),
        ("fri 09:00", "05-01", "05-01", "keep", ["05-01 <- 05-01: kept labour"]),
        ("sun 09:00", "03-15", "03-15", "keep", ["03-15 <- 03-15: "]),
        ("mon 09:00", "03-02", "03-02", "keep", ["03-02 <- 03-02: kept off"]),
        ("mon 09:00", "03-02", "03-03", "after", ["03-03 <- 03-02: after off"]),
        ("thu 09:00", "10-01", "10-09", "after", ["10-09 <- 10-01,10-08: after national; after off; merged"]),
        (
            "mon,thu 09:00",
            "02-13",
            "02-20",
            "before",
            [f"02-14 <- 02-16,02-19,02-23: {BEFORE * 3}makeup spring_festival; merged spring_festival"],
        ),
        ("fri 09:00", "05-06", "05-06", "after", ["05-06 <- 05-01: after labour"]),
        ("sat 09:00", "03-07", "03-07", "skip", ["03-07 <- 03-07: makeup work"]),
        ("workdays 09:00", "09-19", "09-20", "keep", ["09-20 <- 09-20: makeup national"]),
        ("monthly 31 09:00", "04-29", "05-01", "keep", ["04-30 <- 04-30: clamped 31"]),
        ("monthly last 09:00", "04-29", "05-01", "keep", ["04-30 <- 04-30: "]),
        ("monthly 31 09:00", "05-31", "06-02", "after", ["06-01 <- 05-31: after weekend"]),
        ("yearly 10-01 09:00", "09-30", "09-30", "before", ["09-30 <- 10-01: before national"]),
        ("yearly 10-01 09:00", "10-01", "10-08", "before", []),
    ],
)
def test_it_says_why(text: str, first: str, last: str, holidays: Holidays, wanted: list[str]) -> None:
    assert [told(one) for one in found(text, first, last, holidays)] == wanted


def test_an_hour_the_clocks_skip_is_told() -> None:
    (one,) = found("daily 02:30", "03-29", "03-29", "keep", BERLIN)
    assert (told(one), one.at) == ("03-29 <- 03-29: clock 02:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert [told(one) for one in found("daily 02:30", "10-25", "10-25", "keep", BERLIN)] == ["10-25 <- 10-25: "]


def test_several_hours_that_the_clocks_skip_are_held_once() -> None:
    assert len(found("cron: */20 2 * * *", "03-29", "03-29", "keep", BERLIN)) == 1


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 1))
SETS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 1, 20)), max_size=12)
CALENDARS = st.one_of(st.builds(Workdays, off=SETS, work=SETS), st.just(Workdays()))
RULES = st.sampled_from(["skip", "before", "after", "keep"])


@given(SCHEDULES, DAYS, st.integers(0, 40), ZONES, CALENDARS, RULES)
def test_what_is_explained_is_what_is_held(
    schedule: Schedule, first: date, length: int, zone: ZoneInfo, workdays: Workdays, holidays: Holidays
) -> None:
    last = first + length * A_DAY
    told = explained(schedule, first, last, zone, workdays, holidays)
    start, end = at_local(first, time(), zone) - timedelta(seconds=1), at_local(last + A_DAY, time(), zone)
    held = [moment for moment in occurrences(schedule, start, end, zone, workdays, holidays) if moment < end]
    assert [one.at for one in told if one.at] == held


@given(SCHEDULES, DAYS, CALENDARS, RULES)
def test_a_day_is_held_or_falls_out_and_never_both(
    schedule: Schedule, day: date, workdays: Workdays, holidays: Holidays
) -> None:
    told = explained(schedule, day, day, SHANGHAI, workdays, holidays)
    assert any(one.held for one in told) is held_on(schedule, day, workdays, holidays)
    assert all(one.held or one.reasons[-1].kind == "skipped" for one in told)


@given(st.dates(date(2003, 1, 1), date(2028, 1, 1)), CALENDARS)
def test_the_nature_of_a_day_agrees_with_whether_it_is_worked(day: date, workdays: Workdays) -> None:
    assert workdays.nature(day).worked is workdays.is_workday(day)
