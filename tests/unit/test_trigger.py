"""When a talk or a visit comes up, and when it will come up next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import parse
from bot.domain.trigger import Place, Trigger, current, next_occasion, parse_trigger
from bot.domain.workdays import Workdays
from bot.errors import Unreadable
from tests.town import moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
MEETING = {"org-life": (parse("yearly 12-18 14:30"), "keep")}
PLACE = Place(SHANGHAI, Workdays(), MEETING)  # pyright: ignore[reportArgumentType]
SINCE = date(2026, 3, 2)
FIVE_DAYS = timedelta(days=5)


def day_of(text: str, now: str, since: date = SINCE, within: timedelta = FIVE_DAYS) -> str:
    found = current(parse_trigger(text), since, moment(now), within, PLACE)
    return str(found.day) if found else ""


def following(text: str, now: str, since: date = SINCE) -> str:
    at = next_occasion(parse_trigger(text), since, moment(now), PLACE)
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on request", "need"),
        ("need talk", "need"),
        ("need talk, support", "need"),
        ("away 30d", "away"),
        ("Away 4w every 30d", "away"),
        ("14d before org-life", "before"),
        ("2027-02-01", "dates"),
        ("2027-02-01，2028-01-21", "dates"),
        ("yearly 07-01", "schedule"),
        ("yearly 07-01 08:30", "schedule"),
        ("monthly last-fri", "schedule"),
        ("cron: 0 9 1 7 *", "schedule"),
    ],
)
def test_what_an_admin_writes_is_read(text: str, kind: str) -> None:
    assert parse_trigger(text).kind == kind


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sometimes", "check.trigger"),
        ("away", "check.trigger"),
        ("away 0d", "check.trigger"),
        ("away 999d", "check.trigger"),
        ("away 4h", "check.trigger"),
        ("14d before", "check.trigger"),
        ("2027-02-30", "check.trigger"),
        ("yearly 02-31", "check.schedule"),
        ("every 99 weeks mon", "check.schedule"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, key: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_trigger(text)
    assert caught.value.key == key


def test_on_request_is_the_need_of_a_talk() -> None:
    assert parse_trigger("on request").needs == parse_trigger("need talk").needs == {"talk"}
    assert parse_trigger("need talk,support").needs == {"talk", "support"}


def test_days_away_come_up_at_nine_on_a_workday_and_stay() -> None:
    assert day_of("away 30d", "2026-04-01 08:59") == ""
    assert day_of("away 30d", "2026-04-01 09:00") == "2026-04-01"
    assert day_of("away 30d", "2026-06-01 09:00") == "2026-04-01"
    assert day_of("away 12d", "2026-03-15 12:00") == ""  # a Saturday
    assert day_of("away 12d", "2026-03-16 09:00") == "2026-03-16"
    assert following("away 30d", "2026-03-02 12:00") == "2026-04-01 09:00"
    assert following("away 30d", "2026-04-01 09:00") == ""


def test_days_away_come_up_again_where_the_file_says_so() -> None:
    assert day_of("away 30d every 7d", "2026-04-15 08:00") == "2026-04-08"
    assert following("away 30d every 7d", "2026-04-15 08:00") == "2026-04-15 09:00"


def test_a_festival_lasts_as_long_as_one_may_take() -> None:
    assert day_of("2026-03-10, 2026-02-01", "2026-03-10 09:00") == "2026-03-10"
    assert day_of("2026-03-10", "2026-03-15 08:59") == "2026-03-10"
    assert day_of("2026-03-10", "2026-03-15 09:00") == ""
    assert day_of("yearly 03-10 10:30", "2026-03-10 10:29") == ""
    assert day_of("yearly 03-10 10:30", "2026-03-10 10:30") == "2026-03-10"
    assert following("yearly 03-10", "2026-03-10 09:00") == "2027-03-10 09:00"


def test_what_was_before_she_went_away_is_not_for_her() -> None:
    assert day_of("2026-03-10", "2026-03-12 09:00", since=date(2026, 3, 11)) == ""
    assert following("2026-03-10", "2026-03-01 09:00", since=date(2026, 3, 11)) == ""


def test_a_talk_before_a_meeting_waits_until_it_is_held() -> None:
    found = current(parse_trigger("14d before org-life"), SINCE, moment("2026-12-10 09:00"), FIVE_DAYS, PLACE)
    assert found
    assert (found.day, found.meeting) == (date(2026, 12, 4), date(2026, 12, 18))
    assert day_of("14d before org-life", "2026-12-04 08:59") == ""
    assert day_of("14d before org-life", "2026-12-19 09:00") == ""
    assert following("14d before org-life", "2026-03-02 09:00") == "2026-12-04 09:00"
    assert following("14d before nothing", "2026-03-02 09:00") == ""


def test_a_need_is_no_matter_of_days() -> None:
    assert day_of("need talk", "2026-03-10 09:00") == following("need talk", "2026-03-10 09:00") == ""


def test_where_no_day_is_a_workday_it_comes_up_all_the_same() -> None:
    off = frozenset(date(2026, 3, 1) + timedelta(days=ahead) for ahead in range(60))
    place = Place(SHANGHAI, Workdays(off=off), {})
    assert next_occasion(parse_trigger("away 5d"), SINCE, moment("2026-03-02 09:00"), place) == moment(
        "2026-03-07 09:00"
    )


TRIGGERS = [
    parse_trigger(text)
    for text in (
        "away 3d every 4d",
        "away 9d",
        "2026-03-05, 2026-03-20",
        "monthly 12",
        "mon 09:00",
        "200d before org-life",
    )
]


@given(st.sampled_from(TRIGGERS), st.integers(0, 24 * 200), st.integers(1, 24 * 40))
def test_nothing_new_comes_up_before_the_next_occasion(trigger: Trigger, hours: int, later: int) -> None:
    now = moment("2026-03-02 00:00") + timedelta(hours=hours)
    at, then = next_occasion(trigger, SINCE, now, PLACE), now + timedelta(hours=later)
    before, after = (_at(trigger, one) for one in (now, then))
    if at is None or then < at:
        assert after in (before, None)
    elif then == at:
        assert after == at
    if at:
        assert _at(trigger, at) == at


def _at(trigger: Trigger, now: datetime) -> datetime | None:
    found = current(trigger, SINCE, now, FIVE_DAYS, PLACE)
    return found.at if found else None
