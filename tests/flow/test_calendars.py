"""Calendars to follow, read back by a parser that has nothing to do with the one that writes them."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from bot.desk import BotDesk
from tests.town import ZONE, Town, moment, town

OFFICE = (Path(__file__).parents[1] / "talks" / "office.toml").read_text("utf-8")
STUDY = """
[study.friday]
title = "周五课堂"
english = "Friday Classroom"
when = "fri 15:10"
place = "三楼会议室"
remote = "腾讯会议"
link = "https://www.example.cn"
organiser = "qian"
lasts = "90m"
[study.here]
title = "党日"
when = "tue 15:00"
place = "烈士陵园"
"""


async def calendar(t: Town, address: str) -> Calendar:
    whose, key = address.rsplit("/", 2)[1:]
    found = await BotDesk(t.bot).calendar(whose, key.removesuffix(".ics"))
    assert found is not None
    return IcsCalendarStream.calendar_from_ics(found.decode())


async def addresses(t: Town, who: str) -> list[str]:
    return re.findall(r"http\S+\.ics", await t.talk(who, "日历"))


def on(found: Calendar, title: str, day: str) -> Event:
    (event,) = [one for one in found.events if one.summary == title and str(one.dtstart)[:10] == day]
    return event


async def test_a_member_follows_her_own_with_hours_places_and_days_of_her_branch() -> None:
    async with town(OFFICE + STUDY) as t:
        await t.until("2026-03-04 10:00")
        found = await calendar(t, (await addresses(t, "li"))[0])
        event = on(found, "周五课堂", "2026-03-06")
        assert isinstance(event.dtstart, datetime)
        assert event.dtstart.astimezone(ZONE) == moment("2026-03-06 15:10")
        assert event.dtstart.tzinfo is not None
        assert event.dtend == event.dtstart + timedelta(minutes=90)
        assert (event.location, event.description, str(event.url)) == (None, "腾讯会议", "https://www.example.cn")
        branch = on(found, "清风专班临时党支部", "2026-03-02")
        assert (branch.dtstart, branch.dtend) == (date(2026, 3, 2), date(2026, 5, 30))
        assert not [one for one in found.events if one.summary == "党日"]  # bound to a place she is not at


async def test_what_is_moved_or_called_off_keeps_its_name_and_follows() -> None:
    async with town(OFFICE + STUDY) as t:
        await t.until("2026-03-04 10:00")
        (own, *_) = await addresses(t, "li")
        before = on(await calendar(t, own), "周五课堂", "2026-03-06")
        await t.talk("qian", "改期 周五课堂 3月9日 16:00")
        await t.talk("qian", "确认")
        moved = on(await calendar(t, own), "周五课堂", "2026-03-09")
        assert (moved.uid, moved.status) == (before.uid, "CONFIRMED")
        assert (before.sequence, moved.sequence) == (0, 1)
        await t.talk("qian", "取消学习 周五课堂 3月13日")
        await t.talk("qian", "确认")
        found = await calendar(t, own)
        assert on(found, "周五课堂", "2026-03-13").status == "CANCELLED"
        assert on(found, "周五课堂", "2026-03-20").status == "CONFIRMED"


async def test_english_a_branch_and_the_unit() -> None:
    async with town(OFFICE + STUDY) as t:
        await t.until("2026-03-04 10:00")
        assert on(await calendar(t, (await addresses(t, "sun"))[0]), "Friday Classroom", "2026-03-06")
        own, branch, unit = await addresses(t, "zhou")
        assert "member.zhou" in own
        assert {one.summary for one in (await calendar(t, branch)).events} == {"周五课堂", "清风专班临时党支部"}
        assert {one.summary for one in (await calendar(t, unit)).events} > {"周五课堂", "党日", "清风专班临时党支部"}


async def test_an_address_that_was_renewed_or_guessed_opens_nothing() -> None:
    async with town(OFFICE + STUDY) as t:
        await t.until("2026-03-04 10:00")
        (old, *_) = await addresses(t, "li")
        await t.talk("li", "日历 换新")
        (new, *_) = await addresses(t, "li")
        assert new != old
        desk = BotDesk(t.bot)
        for whose, key in (
            ("member.li", old.rsplit("/", 1)[1].removesuffix(".ics")),
            ("member.li", "0" * 32),
            ("x", ""),
        ):
            assert await desk.calendar(whose, key) is None
        assert len((await calendar(t, new)).events) > 10
