"""Which days are worked."""

from datetime import date

import pytest

from bot.domain.workdays import Workdays


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 2), True),  # a Monday
        (date(2026, 3, 7), False),  # a Saturday
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 2, 14), True),  # the Saturday that makes up for it
        (date(2026, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 9, 28), True),  # a make-up Sunday
    ],
)
def test_the_built_in_calendar_knows_holidays_and_make_up_days(day: date, worked: bool) -> None:
    assert Workdays().is_workday(day) is worked


def test_what_the_admin_says_wins_over_the_calendar() -> None:
    workdays = Workdays(off=frozenset({date(2026, 3, 2)}), work=frozenset({date(2026, 10, 1)}))
    assert not workdays.is_workday(date(2026, 3, 2))
    assert workdays.is_workday(date(2026, 10, 1))
    assert workdays.is_workday(date(2026, 3, 3))


def test_a_date_listed_as_both_is_worked() -> None:
    both = frozenset({date(2026, 3, 7)})
    assert Workdays(off=both, work=both).is_workday(date(2026, 3, 7))


@pytest.mark.parametrize("year", [1999, 2040])
def test_a_year_nobody_knows_is_monday_to_friday(year: int) -> None:
    week = [date.fromisocalendar(year, 40, weekday) for weekday in range(1, 8)]
    assert [Workdays().is_workday(day) for day in week] == [True] * 5 + [False] * 2


def test_a_year_is_known_from_the_calendar_or_from_the_admin() -> None:
    assert Workdays().knows(2026)
    assert not Workdays().knows(2040)
    assert Workdays(off=frozenset({date(2040, 10, 1)})).knows(2040)
    assert Workdays(work=frozenset({date(2040, 9, 30)})).knows(2040)
    assert not Workdays(work=frozenset({date(2041, 9, 30)})).knows(2040)
