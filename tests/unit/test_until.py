"""What may mean two moments, or is far off, has to be asked back; and how people answer that."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.span import clock_times, find_span, split_span
from bot.domain.until import FAR, Until, chosen, read_until, within
from bot.domain.when import FARTHEST
from tests.unit.test_when import TEXTS

SHANGHAI = ZoneInfo("Asia/Shanghai")
A_DAY = timedelta(days=1)


def at(local: str) -> datetime:
    return datetime.strptime(f"2026-{local}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(readings: tuple[datetime, ...]) -> str:
    return ", ".join(f"{one.astimezone(SHANGHAI):%m-%d %H:%M}" for one in readings)


# Said on Monday 2 March 2026: the hour | the words | what they may mean, nearest first | the doubt | what follows.
READ = """
15:00 | 到8点 | 03-02 20:00, 03-03 08:00 | two |
07:00 | 到8点 进点 | 03-02 08:00, 03-02 20:00 | two | 进点
22:00 | 8点半 | 03-03 08:30, 03-03 20:30 | two |
14:00 | 到3点 | 03-02 15:00 | |
16:00 | 到3点 | 03-03 03:00, 03-03 15:00 | two |
15:00 | 到3点 | 03-03 03:00, 03-03 15:00 | two |
15:00 | 到12点 | 03-03 00:00, 03-03 12:00 | two |
15:00 | 6点半 | 03-02 18:30 | |
15:00 | 晚上8点 | 03-02 20:00 | |
15:00 | 20点 | 03-02 20:00 | |
15:00 | 8:00 | 03-03 08:00 | |
15:00 | 明天8点 | 03-03 08:00 | |
15:00 | 今天8点 | 03-02 20:00 | |
15:00 | 周一 | 03-03 00:00, 03-10 00:00 | two |
15:00 | 周一 16:00 | 03-02 16:00, 03-09 16:00 | two |
15:00 | 周一 9:00 | 03-09 09:00 | |
15:00 | 下周一 | 03-10 00:00 | |
15:00 | 本周一 | 03-03 00:00 | |
15:00 | 周二 | 03-04 00:00 | |
15:00 | 周日 | 03-09 00:00 | |
15:00 | 周末 回家 | 03-09 00:00 | | 回家
15:00 | 3月1日 | 03-02 00:00 | passed |
15:00 | 1号 | 04-02 00:00 | passed |
15:00 | 3月2日 14:00 | 03-02 14:00 | passed |
15:00 | 3月2日8点 | 03-02 20:00 | |
15:00 | 2月1日 | 02-02 00:00 | far |
15:00 | 31天 | 04-02 00:00 | |
15:00 | 2个月 | 05-01 00:00 | far |
15:00 | 32 days | 04-03 00:00 | far |
15:00 | until 8 | 03-02 20:00, 03-03 08:00 | two |
15:00 | by 9 o'clock | 03-02 21:00, 03-03 09:00 | two |
15:00 | tonight at 8 | 03-02 20:00 | |
07:00 | tonight at 8, court | 03-02 20:00 | | court
15:00 | tonight | 03-03 00:00 | |
15:00 | tomorrow night | 03-04 00:00 | |
15:00 | until noon | 03-03 12:00 | |
15:00 | Saturday morning | 03-07 12:00 | |
15:00 | until Monday | 03-03 00:00, 03-10 00:00 | two |
15:00 | the day after tomorrow | 03-05 00:00 | |
15:00 | day after tomorrow 9:30 | 03-04 09:30 | |
15:00 | 明晚八点 | 03-03 20:00 | |
15:00 | 后天 | 03-05 00:00 | |
15:00 | 3月5日下午 | 03-05 18:00 | |
15:00 | 周五 15:00 | 03-06 15:00 | |
15:00 | 半小时后 | 03-02 15:30 | |
15:00 | 再过两小时 | 03-02 17:00 | |
15:00 | 俩小时 | 03-02 17:00 | |
15:00 | 大后天早上 | 03-05 09:00 | |
15:00 | 明天中午前 | 03-03 12:00 | |
15:00 | 昨天 | | | 昨天
15:00 | 2026-03-01 | | | 2026-03-01
15:00 | 案子结束 | | | 案子结束
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_what_is_said_has_one_reading_or_is_doubtful(row: str) -> None:
    hour, text, readings, doubt, rest = (part.strip() for part in row.split("|"))
    found = read_until(text, at(f"03-02 {hour}"), SHANGHAI)
    assert (shown(found.readings), found.doubt or "", found.rest) == (readings, doubt, rest)


@given(TEXTS, st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_what_counts_at_once_is_what_split_span_reads_and_no_more_than_a_month_ahead(text: str, now: datetime) -> None:
    found, (until, rest) = read_until(text, now, SHANGHAI), split_span(text, now, SHANGHAI)
    assert (found.readings[:1], found.rest) == ((until,) if until else (), rest)
    assert all(now < one <= now + FARTHEST for one in found.readings)
    assert len(found.readings) <= 2
    if found.readings and found.doubt is None:
        assert len(found.readings) == 1
        assert found.readings[0] <= now + FAR


def test_the_last_moment_gone_is_known_beside_those_to_come() -> None:
    found = find_span("到8点", at("03-02 15:00"), SHANGHAI)
    assert found
    assert (found.gone, found.named, found.half) == (at("03-02 08:00"), "hour", True)


LATER = """
15:00 | 8点 | 03-02 20:00 | None
15:00 | 12点 | 03-03 00:00, 03-03 12:00 | two
15:00 | 周一 | 03-03 00:00, 03-10 00:00 | None
15:00 | 5天 | 03-03 15:00 | None
15:00 | 2个月 | 03-03 15:00 | None
15:00 | 3月1日 | 03-03 15:00 | None
07:00 | 8点 | 03-02 08:00 | None
"""


@pytest.mark.parametrize("row", LATER.strip().splitlines())
def test_what_is_put_off_for_a_day_at_most_is_the_hour_that_comes_soon(row: str) -> None:
    hour, text, readings, doubt = (part.strip() for part in row.split("|"))
    now = at(f"03-02 {hour}")
    found = within(read_until(text, now, SHANGHAI), now, A_DAY)
    wanted = readings if doubt == "two" else readings.split(", ")[0]
    assert (shown(found.readings), str(found.doubt)) == (wanted, doubt)


def test_of_nothing_nothing_is_left() -> None:
    assert within(Until((), "x"), at("03-02 15:00"), A_DAY) == Until((), "x")


NOW = at("03-02 15:00")
HALVES = (at("03-02 20:00"), at("03-03 08:00"))
WEEKS = (at("03-03 00:00"), at("03-10 00:00"))


@pytest.mark.parametrize(
    ("text", "which"),
    [
        *[
            (text, 0)
            for text in ("1", "１", "1。", "第一个", "前者", "回“1”", "今晚", "今天的", "晚上", "the first one")
        ],
        *[(text, 0) for text in ("tonight", "evening please", "p.m.")],
        *[
            (text, 1)
            for text in ("2", "②", "第二个", "后一个", "明早", "明天早上", "早上的", "是明天", "tomorrow morning")
        ],
        *[
            (text, None)
            for text in ("3", "", "好", "今天早上", "9点", "一切正常", "2天", "今天下午五点到家之后再给我打电话吧")
        ],
    ],
)
def test_an_answer_names_one_of_two_by_number_or_in_words(text: str, which: int | None) -> None:
    assert chosen(text, HALVES, NOW, SHANGHAI) == (None if which is None else HALVES[which])


@pytest.mark.parametrize(("text", "which"), [("今天", 0), ("下周", 1), ("下周一", 1), ("next week", 1), ("明天", None)])
def test_of_two_weeks_it_names_one_too(text: str, which: int | None) -> None:
    assert chosen(text, WEEKS, NOW, SHANGHAI) == (None if which is None else WEEKS[which])


def test_of_one_reading_there_is_no_second() -> None:
    assert chosen("2", HALVES[:1], NOW, SHANGHAI) is None
    assert chosen("1", HALVES[:1], NOW, SHANGHAI) == HALVES[0]


CLOCKS = """
19:30 | 19:30
晚上七点半 | 19:30
七点半 | 07:30, 19:30
12点 | 12:00, 00:00
20点 | 20:00
7:30pm | 19:30
at 8 | 08:00, 20:00
下午3点左右 | 15:00
25:00 |
晚上 |
今晚八点 |
19:30 开会 |
很紧 |
"""


@pytest.mark.parametrize("row", CLOCKS.strip().splitlines())
def test_an_hour_of_the_day_is_read_alone(row: str) -> None:
    text, hours = (part.strip() for part in row.split("|"))
    assert clock_times(text) == [time.fromisoformat(one) for one in hours.split(", ") if one]
