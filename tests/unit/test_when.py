"""How long, until when, and which hours are nobody's."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import when
from bot.domain.span import split_span
from bot.domain.when import FARTHEST, Quiet, next_allowed, parse_clock, parse_duration, parse_quiet
from bot.errors import Unreadable

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=SHANGHAI).astimezone(UTC)  # a Monday
NIGHT = Quiet(time(20), time(7, 30))


@pytest.mark.parametrize(
    ("text", "hours"),
    [("30m", 0.5), ("4h", 4), ("2d", 48), ("2w", 336), ("2y", 730 * 24), ("0h", 0), (" ２０Ｈ ", 20), ("3 d", 72)],
)
def test_a_duration_is_a_number_and_a_unit(text: str, hours: float) -> None:
    assert parse_duration(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "h", "20", "-4h", "+4h", "1.5h", "4 hours", "1h30m", "4s", "²h"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_duration(text)
    assert (refused.value.key, refused.value.facts) == ("check.duration", {"found": text, "hint": "form"})


def test_a_duration_over_a_century_is_refused() -> None:
    assert parse_duration("100y") == timedelta(days=36500)
    with pytest.raises(Unreadable) as refused:
        parse_duration("101y")
    assert refused.value.facts["hint"] == "long"


@given(st.integers(0, 36500 * 1440).map(lambda minutes: timedelta(minutes=minutes % 999_999)))
def test_a_duration_written_down_reads_as_itself(length: timedelta) -> None:
    assert parse_duration(when.format_duration(length)) == length


@pytest.mark.parametrize("text", ["0h", "30m", "90m", "20h", "1d", "36h", "2w", "100d", "2y"])
def test_a_duration_is_written_in_its_largest_whole_unit(text: str) -> None:
    assert when.format_duration(parse_duration(text)) == text


@pytest.mark.parametrize("text", ["24:00", "9:60", "9:5", "0900", "-1:00", "9:00:00", ""])
def test_an_hour_of_the_day_is_hours_and_two_digits(text: str) -> None:
    assert parse_clock(text) is None
    assert parse_clock("９：０５") == time(9, 5)


def test_quiet_hours_may_be_none() -> None:
    assert parse_quiet("20:00-07:30") == parse_quiet("20：00 － 7：30") == parse_quiet("20:00–07:30") == NIGHT
    assert parse_quiet("12:00-24:00") == Quiet(time(12), time(0))
    assert parse_quiet("") is parse_quiet(" None ") is None


@pytest.mark.parametrize(("text", "hint"), [("20:00", "form"), ("20-7", "form"), ("x", "form"), ("8:00-08:00", "same")])
def test_quiet_hours_need_a_start_and_another_end(text: str, hint: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_quiet(text)
    assert (refused.value.key, refused.value.facts) == ("check.quiet", {"found": text, "hint": hint})


@pytest.mark.parametrize("moment", ["03-02 20:00", "03-02 23:59", "03-03 00:00", "03-03 07:29"])
def test_quiet_hours_hold_from_their_start_until_just_before_their_end(moment: str) -> None:
    assert shown(next_allowed(at(moment), NIGHT, SHANGHAI)) == "03-03 07:30"
    assert next_allowed(at(moment), None, SHANGHAI) == at(moment)


@pytest.mark.parametrize("moment", ["03-02 19:59", "03-03 07:30", "03-03 12:00"])
def test_outside_quiet_hours_nothing_waits(moment: str) -> None:
    assert next_allowed(at(moment), NIGHT, SHANGHAI) == at(moment)


def test_quiet_hours_within_one_day_end_on_that_day() -> None:
    noon = Quiet(time(12), time(14))
    assert shown(next_allowed(at("03-02 13:00"), noon, SHANGHAI)) == "03-02 14:00"
    assert shown(next_allowed(at("03-02 14:00"), noon, SHANGHAI)) == "03-02 14:00"
    assert shown(next_allowed(at("03-02 11:59"), noon, SHANGHAI)) == "03-02 11:59"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.builds(time, st.integers(0, 23)),
    st.builds(time, st.integers(0, 23), st.just(30)),
)
def test_what_is_allowed_is_never_earlier_and_stays_allowed(moment: datetime, start: time, end: time) -> None:
    allowed = next_allowed(moment, Quiet(start, end), BERLIN)
    assert moment <= allowed < moment + timedelta(hours=25)
    assert next_allowed(allowed, Quiet(start, end), BERLIN) == allowed


def test_an_hour_twice_is_the_first_and_an_hour_skipped_the_first_moment_after() -> None:
    twice, skipped = datetime(2026, 10, 25).date(), datetime(2026, 3, 29).date()
    assert when.at_local(twice, time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for minute in (0, 30, 59):
        assert when.at_local(skipped, time(2, minute), BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def at(local: str) -> datetime:
    return datetime.strptime(f"2026-{local}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(moment: datetime | None) -> str | None:
    return moment and f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


# Said on Monday 2 March 2026, 14:00. 00:00 is the end of the day before.
READ = """
48小时不带手机 | 03-04 14:00 | 不带手机
48 小时，不带手机 | 03-04 14:00 | 不带手机
４８ｈ　进点 | 03-04 14:00 | 进点
十二小时 | 03-03 02:00 |
两个小时后 | 03-02 16:00 |
半小时 | 03-02 14:30 |
一个半小时 | 03-02 15:30 |
1.5小时 | 03-02 15:30 |
2小时30分钟 开会 | 03-02 16:30 | 开会
1h30m | 03-02 15:30 |
2h | 03-02 16:00 |
half an hour | 03-02 14:30 |
in 2 hours | 03-02 16:00 |
an hour, meeting | 03-02 15:00 | meeting
半天 | 03-03 02:00 |
两天 | 03-04 00:00 |
两天半 | 03-05 00:00 |
3天 回家 | 03-05 00:00 | 回家
3天，回家：看病 | 03-05 00:00 | 回家：看病
从今天起3天 | 03-05 00:00 |
二十天 | 03-22 00:00 |
十天左右 | 03-12 00:00 |
一天半夜值班 | 03-03 00:00 | 半夜值班
3 days | 03-05 00:00 |
for Three Days: home | 03-05 00:00 | home
a week off | 03-09 00:00 | off
一周 | 03-09 00:00 |
半个月 | 03-17 00:00 |
一个月 | 04-01 00:00 |
8784小时 | 03-03 14:00 |
到3月5日 | 03-06 00:00 |
到3月5日 18:00 | 03-05 18:00 |
到3月5号下午6点半 | 03-05 18:30 |
三月五日 回 | 03-06 00:00 | 回
到1月5日 | 01-06 00:00 |
到十二月三十一日 | 01-01 00:00 |
to 3/5 | 03-06 00:00 |
到3-5 | 03-06 00:00 |
2026-03-05 | 03-06 00:00 |
2026年3月5日9:00 出差 | 03-05 09:00 | 出差
until March 5th | 03-06 00:00 |
until 5 Mar | 03-06 00:00 |
到5日 | 03-06 00:00 |
到1号 | 04-02 00:00 |
到31号 | 04-01 00:00 |
到月底 | 04-01 00:00 |
到4月底 | 05-01 00:00 |
至周五 | 03-07 00:00 |
到周五——家里有事 | 03-07 00:00 | 家里有事
周五前 | 03-07 00:00 |
周一 | 03-03 00:00 |
周一 9:00 | 03-09 09:00 |
到星期天为止 | 03-09 00:00 |
到下周一 | 03-10 00:00 |
下下个礼拜二 | 03-18 00:00 |
until Friday 18:00 | 03-06 18:00 |
until fri at 6 pm, court | 03-06 18:00 | court
next Monday | 03-10 00:00 |
到明天 | 03-04 00:00 |
明天 | 03-04 00:00 |
明天到北京出差 | 03-04 00:00 | 到北京出差
明天上午 | 03-03 12:00 |
到明早 | 03-03 09:00 |
明早8点 | 03-03 08:00 |
明天早点回 | 03-04 00:00 | 早点回
明天7点 | 03-03 07:00 |
明天0点 | 03-03 00:00 |
明天3点 | 03-03 15:00 |
后天 | 03-05 00:00 |
大后天 | 03-06 00:00 |
今天 | 03-03 00:00 |
今天到周五 | 03-07 00:00 |
today until Friday | 03-07 00:00 |
tomorrow wedding | 03-04 00:00 | wedding
今晚 | 03-03 00:00 |
今晚8点回 | 03-02 20:00 | 回
今晚1点 | 03-03 01:00 |
到晚上8点 | 03-02 20:00 |
到晚上12点 | 03-03 00:00 |
到20:00 | 03-02 20:00 |
２０：００ 再问我 | 03-02 20:00 | 再问我
到24:00 | 03-03 00:00 |
到12:00 | 03-03 12:00 |
到8点 | 03-02 20:00 |
到八点二十分 | 03-02 20:20 |
到中午 | 03-03 12:00 |
until 6:30 p.m. | 03-02 18:30 |
到3点一起走 | 03-02 15:00 | 一起走
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_a_span_or_an_end_is_read_from_the_head_of_a_text(row: str) -> None:
    text, until, rest = (part.strip() for part in row.split("|"))
    read, left = split_span(text, NOW, SHANGHAI)
    assert (shown(read), left) == (until, rest)


NOT_READ = """
1|3|0小时|0天|两三天|2-3天|3天前|2 days ago|367天|8785小时|3分|2小时30|5号楼|5日|3/5|一月|周|a few days|十一回家
2月30日|到13月5日|2月29日|2025-01-01|2026-02-30|昨天|上周五|今天 8:00|到25:00|到24:30|到8:60|到北京|to Beijing
早点回|晚点|晚上|下午|wedding|sunny|3月1日到3月5日|周二到周五|明天起3天|明天开始|18:00-20:00 开会|三月十五个
一切正常|思想：稳定|难以到3月5日
"""


@pytest.mark.parametrize("text", ["", "  ", *NOT_READ.strip().replace("\n", "|").split("|")])
def test_what_is_unclear_past_or_too_far_is_left_as_it_was_written(text: str) -> None:
    assert split_span(text, NOW, SHANGHAI) == (None, text)


WORDS = ["下周", "小时", "晚上", "until ", "fri", "3月", "2026", *"一二两十半天月日号周点分明前后起到至-:/ 0123456789"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=9).map("".join))


@given(TEXTS, st.datetimes(datetime(2000, 1, 1), datetime(2990, 1, 1), timezones=st.just(UTC)), st.booleans())
def test_whatever_is_written_the_end_lies_ahead_and_within_a_year(text: str, now: datetime, east: bool) -> None:
    until, rest = split_span(text, now, SHANGHAI if east else BERLIN)
    assert until is None or now < until <= now + FARTHEST
    assert rest == text if until is None else text.rstrip().endswith(rest)


def test_a_day_that_a_month_lacks_is_in_the_next_month_that_has_it() -> None:
    assert shown(split_span("31号 9:00", at("03-31 14:00"), SHANGHAI)[0]) == "05-31 09:00"


@pytest.mark.parametrize("head", ["1号到", "到", "一", " ", "1-", "周一到周二"])
def test_a_very_long_text_is_no_trouble(head: str) -> None:
    assert split_span(head * 9000, NOW, SHANGHAI) == (None, head * 9000)


@given(st.text())
def test_half_width_text_has_as_many_letters(text: str) -> None:
    assert len(when.plain(text)) == len(text)
