"""The schedule that was probably meant."""

import pytest

from bot.config.meant import schedule_meant
from bot.domain import cadence
from bot.errors import Unreadable


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dayly 17:40", "daily 17:40"),
        ("workday 18:20", "workdays 18:20"),
        ("friday 16:40", "fri 16:40"),
        ("mon-fri 17:40", "mon,tue,wed,thu,fri 17:40"),
        ("mon and thu 17:40", "mon,thu 17:40"),
        ("Monday，Thursday 17：40", "mon,thu 17:40"),
        ("montly last 09:00", "monthly last 09:00"),
        ("每天 17:40", "daily 17:40"),
        ("每个工作日17:40", "workdays 17:40"),
        ("每周五 15点10分", "fri 15:10"),
        ("周一、周四 17:40", "mon,thu 17:40"),
        ("每月5日 9:00", "monthly 5 9:00"),
        ("evry 2 week fri 15:10", "every 2 weeks fri 15:10"),
        ("周日 9:00", "sun 9:00"),
        ("每周天 9:00", "sun 9:00"),
    ],
)
def test_what_was_meant_is_a_schedule(written: str, meant: str) -> None:
    assert schedule_meant(written) == meant
    cadence.parse(meant)


@pytest.mark.parametrize("written", ["sometimes 17:40", "mon,thu", "", "17:40", "fri-mon 9:00", "cron: 1 2 3"])
def test_what_cannot_be_guessed_is_not(written: str) -> None:
    assert schedule_meant(written) is None
    with pytest.raises(Unreadable):
        cadence.parse(written)
