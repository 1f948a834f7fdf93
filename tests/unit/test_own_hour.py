"""A member's own hour in a round, and a month by its name."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hour import own_hour
from bot.domain.months import month_named
from bot.domain.rounds import Round
from bot.domain.when import Quiet, next_allowed

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = Quiet(time(20), time(7, 30))
HOUR = timedelta(hours=1)


def at(local: str) -> datetime:
    return datetime.strptime(f"2026-{local}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def hours(hour: str, ask: str = "03-05 17:40", *, due: int = 20, early: int = 24, now: str = "03-04 17:40") -> str:
    round_ = Round("r", "b", "early", at(ask), at(ask) + due * HOUR)
    found = own_hour(time.fromisoformat(hour), round_, early * HOUR, at(now), SHANGHAI, NIGHT)
    return f"{found.astimezone(SHANGHAI):%m-%d %H:%M}" if found else ""


def test_it_is_the_same_day_after_the_branch_or_before_it_within_the_early_hours() -> None:
    assert hours("19:30") == "03-05 19:30"
    assert hours("08:30") == "03-05 08:30"
    assert hours("08:30", early=4) == "03-06 08:30"
    assert hours("15:00", early=2) == ""
    assert hours("17:40") == "03-05 17:40"


def test_where_her_hour_has_passed_it_is_the_next_day_until_the_round_is_due() -> None:
    assert hours("08:30", now="03-05 09:00") == "03-06 08:30"
    assert hours("15:00", now="03-05 16:00") == ""
    assert hours("13:40", now="03-05 16:00") == ""  # when it is due it is too late
    assert hours("08:30", now="03-05 08:30") == "03-05 08:30"


def test_the_evening_before_only_where_nothing_else_is_left() -> None:
    assert hours("19:00", ask="03-05 08:00", due=6) == "03-04 19:00"
    assert hours("19:00", ask="03-05 08:00", due=6, now="03-04 20:00") == ""
    assert hours("19:00", ask="03-05 08:00", due=12) == "03-05 19:00"


def test_never_in_quiet_hours() -> None:
    assert hours("21:00") == ""
    assert hours("07:29") == ""
    assert hours("07:30") == "03-05 07:30"


@given(
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 40])),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.integers(1, 72),
    st.integers(0, 48),
    st.integers(-48, 72),
)
def test_it_lies_between_the_early_hours_and_the_end_and_in_no_quiet_ones(
    hour: time, ask: datetime, due: int, early: int, since: int
) -> None:
    zone, now = ZoneInfo("Europe/Berlin"), ask + since * HOUR
    found = own_hour(hour, Round("r", "b", "early", ask, ask + due * HOUR), early * HOUR, now, zone, NIGHT)
    if found:
        assert max(ask - early * HOUR, now) <= found < ask + due * HOUR
        assert next_allowed(found, NIGHT, zone) == found


TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        *[
            (text, 2026, 3)
            for text in ("3月", "３月", "三月", "3月份", "03月", "3", "2026年3月", "本月", "这个月", "March")
        ],
        *[(text, 2026, 3) for text in ("mar", "2026-3", "this month", " 3月的。")],
        *[(text, 2026, 2) for text in ("上个月", "2月", "last month", "Feb.", "February 2026")],
        *[(text, 2025, 12) for text in ("12月", "十二月", "dec", "2025年12月")],
        *[(text, 2025, 10) for text in ("十月", "2025/10")],
    ],
)
def test_a_month_is_the_last_one_of_that_name(text: str, year: int, month: int) -> None:
    found = month_named(text, TODAY)
    assert found
    assert (found[0], found[1].day) == (date(year, month, 1), 1)
    assert timedelta(days=27) < found[1] - found[0] < timedelta(days=32)


@pytest.mark.parametrize("text", ["", "13月", "0月", "上周", "最近", "3月5日", "2026年", "maybe not"])
def test_anything_else_is_no_month(text: str) -> None:
    assert month_named(text, TODAY) is None


def test_last_month_of_january_is_in_december() -> None:
    assert month_named("上月", date(2026, 1, 31)) == (date(2025, 12, 1), date(2026, 1, 1))
    assert month_named("12月", date(2026, 12, 1)) == (date(2026, 12, 1), date(2027, 1, 1))
