"""The year 2026 worked out by hand from the State Council's notice, and what every form of schedule makes of it.

Off: 1-3 Jan, 15-23 Feb, 4-6 Apr, 1-5 May, 19-21 Jun, 25-27 Sep, 1-7 Oct.
Worked: Sun 4 Jan, Sat 14 Feb, Sat 28 Feb, Sat 9 May, Sun 20 Sep, Sat 10 Oct.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import Holidays, occurrences, parse
from bot.domain.workdays import Workdays

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
# Schedule | holidays | from | to | the days it is held on.
YEAR = """
workdays          | skip   | 01-01 | 01-09 | 01-04 01-05 01-06 01-07 01-08 01-09
workdays          | keep   | 02-12 | 03-02 | 02-12 02-13 02-14 02-24 02-25 02-26 02-27 02-28 03-02
workdays          | after  | 04-03 | 04-08 | 04-03 04-07 04-08
workdays          | before | 04-30 | 05-11 | 04-30 05-06 05-07 05-08 05-09 05-11
workdays          | skip   | 06-18 | 06-23 | 06-18 06-22 06-23
workdays          | skip   | 09-18 | 09-21 | 09-18 09-20 09-21
workdays          | skip   | 09-24 | 10-12 | 09-24 09-28 09-29 09-30 10-08 10-09 10-10 10-12
daily             | keep   | 02-14 | 02-17 | 02-14 02-15 02-16 02-17
daily             | skip   | 02-13 | 02-25 | 02-13 02-14 02-24 02-25
daily             | before | 02-13 | 02-25 | 02-13 02-14 02-24 02-25
mon,thu           | skip   | 02-09 | 03-02 | 02-09 02-12 02-26 03-02
mon,thu           | before | 02-09 | 03-02 | 02-09 02-12 02-14 02-26 03-02
mon,thu           | after  | 02-09 | 03-02 | 02-09 02-12 02-24 02-26 03-02
mon,thu           | keep   | 02-09 | 02-20 | 02-09 02-12 02-16 02-19
fri               | after  | 05-01 | 05-08 | 05-06 05-08
fri               | before | 04-24 | 05-08 | 04-24 04-30 05-08
sat               | skip   | 01-01 | 12-31 | 02-14 02-28 05-09 10-10
sun               | skip   | 01-01 | 12-31 | 01-04 09-20
sat               | after  | 02-07 | 03-02 | 02-09 02-14 02-24 02-28
every 2 weeks fri | skip   | 01-01 | 03-31 | 01-16 01-30 02-13 02-27 03-13 03-27
every 2 weeks fri | after  | 01-01 | 02-28 | 01-04 01-16 01-30 02-13 02-27
every 3 weeks mon | keep   | 01-01 | 03-01 | 01-05 01-26 02-16
monthly 1         | before | 01-01 | 08-31 | 01-30 02-28 04-01 04-30 06-01 07-01 07-31
monthly 1         | after  | 01-01 | 11-30 | 01-04 02-02 03-02 04-01 05-06 06-01 07-01 08-03 09-01 10-08 11-02
monthly 5         | skip   | 01-01 | 12-31 | 01-05 02-05 03-05 06-05 08-05 11-05
monthly 30        | keep   | 01-01 | 04-30 | 01-30 02-28 03-30 04-30
monthly 31        | skip   | 01-01 | 12-31 | 02-28 03-31 04-30 06-30 07-31 08-31 09-30 11-30 12-31
monthly last      | before | 01-01 | 06-30 | 01-30 02-28 03-31 04-30 05-29 06-30
monthly last      | after  | 01-01 | 06-30 | 02-02 02-28 03-31 04-30 06-01 06-30
monthly last-fri  | skip   | 08-01 | 12-31 | 08-28 10-30 11-27 12-25
monthly last-fri  | before | 08-01 | 10-31 | 08-28 09-24 10-30
monthly last-fri  | after  | 08-01 | 10-31 | 08-28 09-28 10-30
quarterly 3/15    | before | 01-01 | 12-31 | 03-13 06-15 09-15 12-15
quarterly 1/31    | keep   | 01-01 | 12-31 | 01-31 04-30 07-31 10-31
quarterly 2/31    | after  | 01-01 | 12-31 | 02-28 06-01 08-31 11-30
yearly 10-01      | after  | 01-01 | 12-31 | 10-08
yearly 10-01      | before | 01-01 | 12-31 | 09-30
yearly 10-01      | skip   | 01-01 | 12-31 |
yearly 02-29      | keep   | 01-01 | 12-31 | 02-28
cron: 0 9 * * mon-fri | skip   | 02-12 | 02-27 | 02-12 02-13 02-24 02-25 02-26 02-27
cron: 0 9 * * sat,sun | skip   | 01-01 | 12-31 | 01-04 02-14 02-28 05-09 09-20 10-10
cron: 0 9 1,15 * *    | before | 02-01 | 03-31 | 02-14 02-28 03-13
cron: 0 9 31 * *      | keep   | 01-01 | 04-30 | 01-31 02-28 03-31 04-30
cron: 0 9 29-31 2,4 * | keep   | 01-01 | 12-31 | 04-29 04-30
cron: 0 9 * may fri   | after  | 05-01 | 05-31 | 05-06 05-08 05-15 05-22 05-29
"""
ROWS = [tuple(map(str.strip, row.split("|"))) for row in YEAR.strip().split("\n")]


def held(text: str, first: str, last: str, holidays: Holidays, zone: ZoneInfo, workdays: Workdays) -> list[str]:
    start = datetime.fromisoformat(f"2026-{first}").replace(tzinfo=zone) - timedelta(seconds=1)
    end = datetime.fromisoformat(f"2026-{last} 23:59").replace(tzinfo=zone)
    moments = occurrences(parse(text), start, end, zone, workdays, holidays)
    return [f"{moment.astimezone(zone):%m-%d %H:%M}" for moment in moments]


@pytest.mark.parametrize(("text", "holidays", "first", "last", "days"), ROWS)
def test_every_form_of_schedule_in_2026(text: str, holidays: Holidays, first: str, last: str, days: str) -> None:
    written = text if text.startswith("cron") else f"{text} 09:00"
    wanted = [f"{day} 09:00" for day in days.split()]
    assert held(written, first, last, holidays, SHANGHAI, Workdays()) == wanted


OWN = Workdays(
    off=frozenset({date(2026, 3, 2), date(2026, 3, 3), date(2026, 2, 28)}),  # the last a make-up day of the country
    work=frozenset({date(2026, 3, 7), date(2026, 10, 1), date(2026, 3, 3)}),  # 3 March in both: worked
)


@pytest.mark.parametrize(
    ("text", "holidays", "first", "last", "days"),
    [
        ("workdays 09:00", "skip", "02-27", "03-09", "02-27 03-03 03-04 03-05 03-06 03-07 03-09"),
        ("mon 09:00", "before", "02-24", "03-09", "02-27 03-09"),
        ("mon 09:00", "after", "02-25", "03-09", "03-03 03-09"),
        ("sat 09:00", "skip", "02-14", "03-14", "02-14 03-07"),
        ("thu 09:00", "skip", "09-24", "10-08", "09-24 10-01 10-08"),
        ("monthly last 09:00", "before", "02-01", "02-28", "02-27"),
    ],
)
def test_the_admins_own_days_count_before_the_countrys(
    text: str, holidays: Holidays, first: str, last: str, days: str
) -> None:
    assert held(text, first, last, holidays, SHANGHAI, OWN) == [f"{day} 09:00" for day in days.split()]


@pytest.mark.parametrize(
    ("zone", "text", "first", "last", "moments"),
    [
        ("Europe/Berlin", "sun 02:30", "03-22", "04-05", "03-22 02:30 | 03-29 03:00 | 04-05 02:30"),
        ("Europe/Berlin", "daily 02:30", "10-24", "10-26", "10-24 02:30 | 10-25 02:30 | 10-26 02:30"),
        ("America/New_York", "daily 02:15", "03-07", "03-09", "03-07 02:15 | 03-08 03:00 | 03-09 02:15"),
        ("Australia/Lord_Howe", "daily 02:10", "10-03", "10-05", "10-03 02:10 | 10-04 02:30 | 10-05 02:10"),
        ("Asia/Beirut", "daily 00:00", "03-28", "03-30", "03-28 00:00 | 03-29 01:00 | 03-30 00:00"),
        ("Asia/Urumqi", "daily 09:00", "03-29", "03-30", "03-29 09:00 | 03-30 09:00"),
    ],
)
def test_where_the_clocks_change_it_is_held_once_a_day(
    zone: str, text: str, first: str, last: str, moments: str
) -> None:
    assert held(text, first, last, "keep", ZoneInfo(zone), Workdays()) == moments.split(" | ")


def test_a_year_nobody_knows_goes_by_monday_to_friday() -> None:
    start, end = (datetime(2030, 10, day, tzinfo=SHANGHAI) for day in (1, 8))
    found = occurrences(parse("workdays 09:00"), start, end, SHANGHAI, Workdays(), "skip")
    assert [f"{moment.astimezone(SHANGHAI):%d}" for moment in found] == ["01", "02", "03", "04", "07"]
