"""When a recurring thing falls due."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger  # pyright: ignore[reportMissingTypeStubs]
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import EPOCH, Holidays, Schedule, falls_on, next_after, occurrences, parse, parts
from bot.domain.when import WEEKDAYS, at_local
from bot.domain.workdays import Workdays
from bot.errors import Unreadable

SHANGHAI, BERLIN, APIA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
CALENDAR = Workdays()
NAMES = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(",".join)
DAYS = st.one_of(
    st.sampled_from(["daily", "workdays", "monthly last", "yearly 07-01", "yearly 02-29"]),
    NAMES,
    st.builds("every {} weeks {}".format, st.integers(1, 5), NAMES),
    st.builds("monthly {}".format, st.integers(1, 31)),
    st.builds("monthly last-{}".format, st.sampled_from(WEEKDAYS)),
    st.builds("quarterly {}/{}".format, st.integers(1, 3), st.integers(1, 31)),
)
SCHEDULES = st.one_of(
    st.builds("{} {:02}:{:02}".format, DAYS, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(["cron: 5,35 */6 * * mon-thu", "cron: 0 2 29-31 * *", "cron: 0 1-3 31 */2 *"]),
).map(parse)
HOLIDAYS: list[Holidays] = ["skip", "before", "after", "keep"]
ZONES = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")])
MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
SEARCHES = st.tuples(SCHEDULES, MOMENTS, ZONES, st.just(CALENDAR), st.sampled_from(HOLIDAYS))
Search = tuple[Schedule, datetime, ZoneInfo, Workdays, Holidays]


def falls(text: str, start: str, count: int, zone: ZoneInfo = SHANGHAI, holidays: Holidays = "keep") -> list[str]:
    """The first occurrences from that local day on, as local `MM-DD HH:MM`."""
    moment: datetime | None = datetime.fromisoformat(start).replace(tzinfo=zone) - timedelta(seconds=1)
    found: list[str] = []
    while len(found) < count and (moment := next_after(parse(text), moment, zone, CALENDAR, holidays)):
        found.append(f"{moment.astimezone(zone):%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily 08:00", "03-02 03-03 03-04"),
        ("mon,thu 08:00", "03-02 03-05 03-09"),
        ("monthly 5 08:00", "03-05 04-05 05-05"),
        ("monthly 31 08:00", "03-31 04-30 05-31"),
        ("monthly last 08:00", "03-31 04-30 05-31"),
        ("monthly last-fri 08:00", "03-27 04-24 05-29"),
        ("quarterly 3/15 08:00", "03-15 06-15 09-15"),
        ("quarterly 2/31 08:00", "05-31 08-31 11-30"),
        ("yearly 07-01 08:00", "07-01 07-01"),
        ("yearly 02-29 08:00", "02-28 02-29 02-28"),
        ("cron: 0 8 * * mon,fri", "03-02 03-06 03-09"),
        ("cron: 0 8 31 * *", "03-31 04-30 05-31"),
        ("cron: 0 8 */15 apr,jun *", "04-01 04-16 06-01"),
    ],
)
def test_a_schedule_falls_on_the_days_it_names(text: str, days: str) -> None:
    wanted = [f"{day} 08:00" for day in days.split()]
    assert falls(text, "2026-03-02", len(wanted)) == wanted


def test_workdays_skip_a_holiday_and_keep_a_make_up_saturday() -> None:
    assert falls("workdays 18:20", "2026-02-13", 3) == ["02-13 18:20", "02-14 18:20", "02-24 18:20"]


def test_every_two_weeks_counts_from_a_fixed_monday() -> None:
    assert (EPOCH.weekday(), parts(parse("every 2 weeks fri 9:00"))["every"]) == (0, 2)
    assert falls("every 2 weeks fri 09:00", "2024-01-01", 3) == ["01-05 09:00", "01-19 09:00", "02-02 09:00"]
    assert falls("every 2 weeks fri 09:00", "2024-01-06", 1) == ["01-19 09:00"]
    assert falls("every 2 weeks sun,mon 09:00", "2023-12-18", 3) == ["12-18 09:00", "12-24 09:00", "01-01 09:00"]


SPELLINGS = "  MON, Thu   17:40 |ｍｏｎ，ｔｈｕ　１７：４０|mon、thu 17 : 40|thu,mon\t17:40|mon ,thu 17:40"


@pytest.mark.parametrize("text", SPELLINGS.split("|"))
def test_case_blanks_and_full_width_do_not_matter_and_the_text_is_kept(text: str) -> None:
    schedule, plain = parse(text), parse("mon,thu 17:40")
    assert (schedule.weekdays, schedule.times, schedule.text) == (plain.weekdays, plain.times, text)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("monthly LAST - fri 9:05", "monthly last-fri 09:05"),
        ("monthly last fri 09:05", "monthly last-fri 09:05"),
        ("quarterly 3 / 15 09:05", "quarterly 3/15 09:05"),
        ("yearly 7－1 09:05", "yearly 07-01 09:05"),
        ("every 1 week fri 09:05", "every 1 weeks fri 09:05"),
        ("CRON：0,30 9-17/2 * JAN,7 MON-sat,sun", "cron: 0,30 9,11,13,15,17 * 1,jul mon-sun"),
    ],
)
def test_there_is_some_freedom_in_writing(text: str, same_as: str) -> None:
    assert parts(parse(text)) | {"text": ""} == parts(parse(same_as)) | {"text": ""}
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    fall, same = (list(occurrences(parse(one), start, end, SHANGHAI, CALENDAR)) for one in (text, same_as))
    assert fall == same != []


REFUSED = {
    "time": " | daily | mon,thu | daily 24:00 | daily 9:5 | daily 08:00,09:00",
    "form": "daily 08:00 09:00 | 09:00 | monday 09:00 | monthly last-day 09:00 | monthly -1 09:00",
    "weeks": "every 0 weeks fri 09:00 | every 53 weeks fri 09:00",
    "never": "monthly 32 09:00 | monthly 0 09:00 | quarterly 4/1 09:00 | quarterly 1/32 09:00 | "
    "yearly 02-30 09:00 | yearly 04-31 09:00 | yearly 13-01 09:00 | cron: 0 9 30 2 * | cron: 0 9 31 4,6,9,11 *",
    "cron_fields": "cron: 0 9 * * | cron: 0 0 9 * * mon | cron:",
    "cron_weekday_number": "cron: 0 9 * * 1 | cron: 0 9 * * mon-5 | cron: 0 9 * * */2",
    "cron_two_days": "cron: 0 9 13 * fri",
    "cron_value": "cron: 60 9 * * * | cron: 0 24 * * * | cron: 0 9 0 * * | cron: 0 9 last-fri * * | cron: 0 9 * 13 * | "
    "cron: 0 9 * * fri-mon | cron: 0 9 * * monday | cron: */0 9 * * * | cron: 5/10 9 * * * | cron: 1,,2 9 * * * | "
    "cron: 99999999999 9 * * *",
}


@pytest.mark.parametrize(("hint", "text"), [(hint, text) for hint in REFUSED for text in REFUSED[hint].split(" | ")])
def test_what_cannot_be_read_or_never_falls_is_refused_with_its_reason(hint: str, text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert (refused.value.key, refused.value.facts) == ("check.schedule", {"found": text, "hint": hint})


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    for tried in (text, f"{text} 09:00", f"cron: {text}"):
        with suppress(Unreadable):
            assert parse(tried).text == tried


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("workdays 08:00", {"kind": "workdays", "time": "08:00", "text": "workdays 08:00"}),
        ("thu,mon 08:00", {"kind": "weekly", "days": ("mon", "thu")}),
        ("every 2 weeks fri 08:00", {"kind": "weeks", "days": ("fri",), "every": 2}),
        ("monthly 5 08:00", {"kind": "monthly", "day": 5, "days": ()}),
        ("monthly last-fri 08:00", {"kind": "month_last_weekday", "days": ("fri",), "day": None}),
        ("quarterly 3/15 08:00", {"kind": "quarterly", "month": 3, "day": 15}),
        ("yearly 07-01 08:00", {"kind": "yearly", "month": 7, "day": 1}),
        ("cron: 0 8 1 2 *", {"kind": "cron", "time": "", "day": None, "month": None}),
    ],
)
def test_a_schedule_tells_its_parts_for_a_sentence(text: str, wanted: dict[str, object]) -> None:
    told = parts(parse(text))
    assert told | wanted == told


@pytest.mark.parametrize(
    ("holidays", "days"),
    [
        ("keep", ["02-12 09:00", "02-15 09:00", "02-19 09:00", "02-22 09:00"]),
        ("skip", ["02-12 09:00", "02-26 09:00", "03-05 09:00"]),
        ("before", ["02-12 09:00", "02-14 09:00", "02-26 09:00", "02-28 09:00"]),
        ("after", ["02-12 09:00", "02-24 09:00", "02-26 09:00", "03-02 09:00"]),
    ],
)
def test_a_holiday_skips_moves_or_keeps_and_two_moved_onto_one_day_are_one(holidays: Holidays, days: list[str]) -> None:
    assert falls("thu,sun 09:00", "2026-02-10", len(days), holidays=holidays) == days


def test_an_hour_that_the_clocks_skip_runs_once_at_the_first_moment_after() -> None:
    assert falls("daily 02:30", "2026-03-28", 3, BERLIN) == ["03-28 02:30", "03-29 03:00", "03-30 02:30"]
    assert falls("cron: */20 2 * * *", "2026-03-29", 2, BERLIN) == ["03-29 03:00", "03-30 02:00"]


def test_an_hour_that_comes_twice_runs_once() -> None:
    assert falls("daily 02:30", "2026-10-24", 3, BERLIN) == ["10-24 02:30", "10-25 02:30", "10-26 02:30"]
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time
    assert next_after(parse("daily 02:30"), between, BERLIN, CALENDAR) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_day_that_a_country_left_out_is_made_up_for_at_the_start_of_the_next() -> None:
    assert falls("daily 09:00", "2011-12-29", 3, APIA) == ["12-29 09:00", "12-31 00:00", "12-31 09:00"]


def test_a_schedule_that_only_falls_on_holidays_ends_the_search() -> None:
    assert falls("yearly 10-01 09:00", "2024-01-01", 1, holidays="skip") == []


def test_occurrences_lie_after_the_start_and_up_to_the_end() -> None:
    start, end = (datetime(2026, 3, day, 1, 0, tzinfo=UTC) for day in (2, 4))
    found = list(occurrences(parse("daily 09:00"), start, end, SHANGHAI, CALENDAR))
    assert found == [datetime(2026, 3, 3, 1, 0, tzinfo=UTC), end]


def moved(day: date, holidays: Holidays) -> date | None:
    """Where an occurrence that falls on `day` takes place."""
    if holidays == "keep" or CALENDAR.is_workday(day):
        return day
    if holidays == "skip":
        return None
    while not CALENDAR.is_workday(day):
        day += timedelta(days=-1 if holidays == "before" else 1)
    return day


@given(SEARCHES)
def test_the_next_one_is_the_first_that_trying_every_day_gives(search: Search) -> None:
    schedule, after, zone, _, holidays = search
    near = [after.date() + timedelta(days=ahead) for ahead in range(-20, 760)]
    days = sorted({moved(day, holidays) or date.min for day in near if falls_on(schedule, day, CALENDAR)})
    moments = (at_local(day, clock, zone) for day in days if day > date.min for clock in schedule.times)
    first = next((moment for moment in moments if moment > after), None)
    too_far = first is None or first > after + timedelta(days=730)
    assert next_after(*search) in ((first, None) if too_far else (first,))


@given(SEARCHES)
def test_occurrences_strictly_increase(search: Search) -> None:
    schedule, after, zone, workdays, holidays = search
    later = occurrences(schedule, after, after + timedelta(days=400), zone, workdays, holidays)
    found = [after, *islice(later, 20)]
    assert all(one < other for one, other in pairwise(found))


@given(SEARCHES, st.floats(0, 1, exclude_max=True))
def test_a_restart_at_any_moment_between_two_occurrences_finds_the_same_next_one(search: Search, part: float) -> None:
    schedule, after, zone, workdays, holidays = search
    found = next_after(*search)
    if found is not None:
        restart = min(after + part * (found - after), found - timedelta(microseconds=1))
        assert next_after(schedule, restart, zone, workdays, holidays) == found


@given(SEARCHES.filter(lambda search: search[-1] != "keep"))
def test_skipped_and_moved_occurrences_land_on_workdays(search: Search) -> None:
    found = next_after(*search)
    assert found is None or CALENDAR.is_workday(found.astimezone(search[2]).date())


FIELDS = ["* 0 */7 3,50 10-40/15", "* 8 */5 9-17/2", "*|* 1,28|* 5-25/10|* */9|* *|mon-fri *|tue,sun", "* 2 3-9/3 1,12"]


@given(st.tuples(*(st.sampled_from(field.split()) for field in FIELDS)), MOMENTS)
def test_cron_agrees_with_apscheduler_where_no_clock_changes(fields: tuple[str, ...], after: datetime) -> None:
    minute, hour, days, month = fields
    day, weekday = days.split("|")
    trigger: Any = CronTrigger(minute=minute, hour=hour, day=day, day_of_week=weekday, month=month, timezone=UTC)
    found = next_after(parse(f"cron: {minute} {hour} {day} {month} {weekday}"), after, ZoneInfo("UTC"), CALENDAR)
    assert found == trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
