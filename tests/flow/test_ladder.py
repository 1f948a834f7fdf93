"""Silence: the member is reminded, then the liaison hears; once each, by day, and of nobody who asked for peace."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain import instant
from tests.town import Town, town, town_with

LIAISON = 'liaison = ["zhou", "wu"]'
OTHERS = ("chen", "sun", "wang", "zhao")


def rules(report: str = "{}", silence: str = "{}", *changes: tuple[str, str], more: str = "") -> str:
    ruled = (LIAISON, f"{LIAISON}\nreport = {report}\nsilence = {silence}")
    return town_with(ruled, ("to = 2026-05-29", "to = 2026-03-20"), *changes, more=more)


async def only_li_is_silent(t: Town, asked: str = "2026-03-02 17:40") -> None:
    await t.until(asked)
    for who in OTHERS:
        await t.talk(who, "1")


async def told_of(t: Town, who: str = "zhou") -> list[str]:
    """What the liaison has heard of silence since the last time somebody looked."""
    return [text for text in await t.heard(who) if "还没有回音" in text]


async def test_each_step_is_taken_once_however_often_it_beats() -> None:
    async with town() as t:
        await only_li_is_silent(t)
        for hour in ("13:40", "13:41", "14:00", "17:39", "17:40", "17:41", "19:00"):
            await t.until(f"2026-03-03 {hour}")
            await t.bot.beat()
        assert await t.owed("report.reminder") == ["li"]
        assert await t.owed("report.silent") == ["zhou"]
        assert len(await told_of(t)) == 1


async def test_the_hours_are_the_file_s() -> None:
    async with town(rules('{ due = "16h" }', '{ member = "1h", liaison = "3h" }')) as t:
        await only_li_is_silent(t)
        for before, hour, kind in (("10:39", "10:40", "report.reminder"), ("12:39", "12:40", "report.silent")):
            await t.until(f"2026-03-03 {before}")
            assert await t.owed(kind) == []
            await t.until(f"2026-03-03 {hour}")
            assert len(await t.owed(kind)) == 1


@pytest.mark.parametrize("said", ["1", "请假 3天", "静默 48小时", "稍后 24小时", "不同意"])
@pytest.mark.parametrize(("hour", "reminded"), [("2026-03-02 18:00", False), ("2026-03-03 14:00", True)])
async def test_an_answer_leave_silence_and_later_stop_the_ladder(said: str, hour: str, *, reminded: bool) -> None:
    async with town() as t:
        await only_li_is_silent(t)
        await t.until(hour)
        await t.talk("li", said)
        await t.until("2026-03-03 17:59")
        assert await t.owed("report.reminder") == (["li"] if reminded else [])
        assert await t.owed("report.silent") == []


async def test_whoever_postpones_is_asked_again_and_when_still_silent_the_liaison_hears() -> None:
    async with town() as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 13:30")
        await t.talk("li", "稍后 5小时")
        await t.until("2026-03-03 18:29")
        assert await t.owed("report.reminder") == await t.owed("report.silent") == []
        await t.until("2026-03-03 18:30")
        assert await t.owed("report.reminder") == ["li"]
        await t.until("2026-03-04 07:29")  # four hours on it is night
        assert await told_of(t) == []
        await t.until("2026-03-04 07:30")
        assert len(await told_of(t)) == 1


async def test_a_short_postponement_leaves_the_ladder_as_it_is() -> None:
    async with town() as t:
        await only_li_is_silent(t)
        await t.talk("li", "稍后 1小时")
        await t.until("2026-03-02 18:40")
        assert (await t.owed("report.question")).count("li") == 2
        await t.until("2026-03-03 18:00")
        assert await t.owed("report.silent") == ["zhou"]


async def test_a_postponement_after_the_liaison_heard_does_not_tell_her_again() -> None:
    async with town() as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 17:50")
        assert len(await told_of(t)) == 1
        await t.talk("li", "稍后 1小时")
        await t.until("2026-03-05 17:00")
        assert await told_of(t) == []


async def test_a_liaison_who_is_a_member_is_not_told_of_herself_but_her_deputy_is() -> None:
    async with town(rules("{}", "{}", (LIAISON, 'liaison = ["li", "zhou"]'))) as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 18:00")
        assert await told_of(t, "li") == []
        [told] = await told_of(t)
        assert "李明" in told


NIGHTS = [
    rules('{ ask = "daily 08:00", due = "14h" }'),
    rules('{ ask = "daily 19:50", due = "1h" }', '{ member = "0h", liaison = "30m" }'),
    rules('{ ask = "daily 21:00", due = "9h" }', '{ member = "1h", liaison = "0h" }'),
    rules('{ ask = "daily 17:40", due = "4h" }', "{}", (LIAISON, f'{LIAISON}\ntime_zone = "America/New_York"')),
    rules('{ ask = "daily 17:40", due = "4h" }', "{}", (LIAISON, f'{LIAISON}\ntime_zone = "Asia/Urumqi"')),
]


@pytest.mark.parametrize("text", NIGHTS)
async def test_nobody_is_written_to_at_night_where_she_is(text: str) -> None:
    async with town(text) as t:
        zone = (await t.rows("SELECT zone FROM branch"))[0]["zone"]
        await t.until("2026-03-12 12:00")
        sent = await t.rows("SELECT member, sent_at FROM delivery_to")
        members = {row["member"] for row in await t.rows("SELECT member FROM membership")}
        assert {"li", "zhou"} <= {row["member"] for row in sent}
        for row in sent:
            hour = local_hour(row["sent_at"], zone if row["member"] in members else "Asia/Shanghai")
            assert "07:30" <= hour < "20:00", row["member"]


def local_hour(utc: str, zone: str) -> str:
    return f"{instant.parse(utc).astimezone(ZoneInfo(zone)):%H:%M}"


async def test_the_member_is_reminded_hours_before_the_liaison_even_when_due_at_night() -> None:
    async with town(rules('{ ask = "mon 08:00", due = "14h" }'), at="2026-03-02 07:00") as t:
        await only_li_is_silent(t, "2026-03-02 08:00")
        await t.until("2026-03-03 07:30")
        assert await t.owed("report.reminder") == ["li"]
        await t.until("2026-03-03 11:29")
        assert await told_of(t) == []
        await t.until("2026-03-03 11:30")
        assert len(await told_of(t)) == 1


async def test_a_reminder_is_said_even_when_the_liaison_hears_at_the_same_hour() -> None:
    async with town(rules("{}", '{ member = "0h", liaison = "0h" }')) as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 13:40")
        assert "还没收到你的回答" in (await t.heard("li"))[-1]
        assert len(await told_of(t)) == 1


async def test_whoever_was_away_all_the_time_is_asked_before_the_liaison_hears() -> None:
    async with town() as t:
        await t.until("2026-03-02 12:00")
        await t.talk("li", "请假 到3月3日17:00")
        await only_li_is_silent(t)
        await t.until("2026-03-03 17:40")
        assert await t.owed("report.silent") == []
        assert await t.owed("report.reminder") == ["li"]
        await t.until("2026-03-04 07:30")
        assert len(await told_of(t)) == 1


async def test_a_silence_that_does_not_end_in_time_is_told_of_once_and_not_as_a_missing_answer_too() -> None:
    async with town() as t:
        await t.until("2026-03-02 12:00")
        await t.talk("li", "静默 到3月3日17:00")
        await only_li_is_silent(t)
        await t.until("2026-03-04 07:30")
        assert await t.owed("report.reminder") == []
        assert len(await told_of(t)) == 1
        assert await t.owed("report.silent") == []


async def test_whoever_was_not_asked_because_of_the_cap_is_asked_before_the_liaison_hears() -> None:
    lesson = '[study.reading]\ntitle = "读书"\nwhen = "daily 12:30"\nremind = []\naudience = ["qingfeng"]\n'
    async with town(rules("{}", "{}", more=lesson + "[limits]\nprompts_per_day = 1\n")) as t:
        await t.until("2026-03-03 20:00")
        assert await t.skipped("report.question") == ["cap"] * 5
        assert await told_of(t) == []


async def test_an_answer_to_the_next_question_ends_the_ladder_of_the_one_before() -> None:
    async with town(rules('{ ask = "daily 17:40" }', '{ liaison = "6h" }')) as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 17:45")
        await t.talk("li", "1")
        await t.until("2026-03-04 12:00")
        assert await told_of(t) == []


async def test_whoever_has_been_asked_again_is_not_reminded_of_the_question_before() -> None:
    async with town(rules('{ ask = "daily 17:40", due = "26h" }')) as t:
        await only_li_is_silent(t)
        await t.until("2026-03-03 19:45")
        assert await t.owed("report.reminder") == []


async def test_what_she_says_before_the_morning_counts() -> None:
    text = rules('{ ask = "daily 08:00", due = "10h" }', '{ member = "0h", liaison = "3h" }')
    async with town(text, at="2026-03-02 07:00") as t:
        await only_li_is_silent(t, "2026-03-02 08:00")
        await t.until("2026-03-02 21:00")  # the liaison's hour, held until the morning
        assert await t.owed("report.silent") == ["zhou"]
        await t.talk("li", "不同意")
        await t.until("2026-03-03 07:45")
        assert await told_of(t) == []
        assert await t.skipped("report.silent") == ["no longer holds"]


async def test_whoever_answers_before_a_question_held_for_the_morning_is_not_asked_it() -> None:
    async with town(rules('{ ask = "daily 21:00" }')) as t:
        await t.until("2026-03-02 21:30")
        await t.talk("li", "1")
        await t.until("2026-03-03 07:30")
        assert await t.owed("report.question") == ["chen", "sun", "wang", "zhao"]
