"""A branch by the calendar: it opens, asks whether to go on, closes, and is silent."""

import pytest

from tests.town import Town, town, town_with

TO = ("to = 2026-05-29", "to = 2026-03-12")
SHORT = town_with(TO)
EVERYBODY = ["chen", "li", "sun", "wang", "zhao"]


async def words(t: Town) -> list[str]:
    """Everything on every phone, said and heard."""
    phones = await t.rows("SELECT id FROM member")
    return [text for phone in phones for text in await t.heard(phone["id"])]


async def test_it_goes_from_planned_to_closed_by_the_calendar() -> None:
    async with town(SHORT, at="2026-02-27 10:00") as t:
        seen: list[str] = []
        for day in ("02-28 12:00", "03-02 12:00", "03-09 09:19", "03-09 09:20", "03-12 23:59", "03-13 00:00"):
            await t.until(f"2026-{day}")
            seen.append(await t.state())
        assert seen == ["planned", "running", "running", "closing", "closing", "closed"]


async def test_opening_at_midnight_is_told_in_the_morning_and_to_everyone_once() -> None:
    async with town(SHORT, at="2026-02-27 10:00") as t:
        await t.until("2026-03-02 07:29")
        assert await t.state() == "running"
        assert await words(t) == []
        await t.until("2026-03-02 07:30")
        told = {who: len(await t.heard(who)) for who in ("chen", "li", "wang", "zhao", "sun", "zhou", "wu", "ma")}
        assert told == {"chen": 1, "li": 1, "wang": 1, "zhao": 1, "sun": 1, "zhou": 1, "wu": 1, "ma": 0}


async def test_the_liaison_on_duty_is_asked_three_days_before_the_end_and_nobody_else() -> None:
    async with town(SHORT) as t:
        await t.until("2026-03-09 09:19")
        await words(t)
        await t.until("2026-03-09 09:20")
        [question] = await t.heard("zhou")
        assert "3月12日（周四）到期" in question
        assert await t.heard("wu") == await t.heard("li") == []


@pytest.mark.parametrize("last", ["2026-03-02", "2026-03-03", "2026-03-04"])
async def test_a_branch_of_one_to_three_days_opens_is_asked_about_and_closes(last: str) -> None:
    async with town(town_with(("to = 2026-05-29", f"to = {last}")), at="2026-03-01 12:00") as t:
        await t.until("2026-03-02 07:30")
        [morning] = await t.heard("zhou")
        assert "开始，到" in morning
        assert "延期还是结束" in morning
        await t.until(f"{last} 23:59")
        assert await t.state() == "closing"
        await t.until("2026-03-05 08:00")
        assert await t.state() == "closed"
        assert await t.owed("closing.member") == EVERYBODY


async def test_the_end_gives_a_summary_to_each_by_right() -> None:
    async with town(SHORT) as t:
        await t.until("2026-03-05 17:40")
        await t.talk("li", "1")
        await t.until("2026-03-13 00:00")
        await words(t)
        await t.until("2026-03-13 07:30")
        assert "问了你 4 次，你答了 1 次" in (await t.heard("li"))[0]
        assert "已结束" in (await t.heard("zhou"))[0]
        assert "成员 5 人，共问 20 人次，答 1 人次" in (await t.heard("ma"))[0]
        assert await t.owed("closing.liaison") == ["zhou", "wu"]


async def test_a_liaison_is_told_at_the_end_which_needs_still_wait() -> None:
    async with town(SHORT) as t:
        await t.talk("li", "求助 想换个近一点的住处")
        await t.until("2026-03-13 07:30")
        assert "1 号 李明：“想换个近一点的住处”（住宿），3月2日（周一）08:00起无人认领" in (await t.heard("zhou"))[-1]


async def test_a_branch_found_over_is_closed_and_only_the_admins_hear() -> None:
    async with town(SHORT, at="2026-04-10 09:00") as t:
        assert await t.state() == "closed"
        [told] = await words(t)
        assert "没有开启" in told
        assert await t.owed("closing.never_opened") == ["zhou"]


async def test_a_running_branch_found_over_is_closed_without_the_question() -> None:
    async with town(SHORT) as t:
        t.clock.move(t.clock.now().replace(day=20))
        await t.bot.beat()
        assert await t.state() == "closed"
        assert await t.owed("closing.question") == []
        assert await t.owed("closing.member") == EVERYBODY


async def test_in_a_small_group_the_secretary_gets_no_figures() -> None:
    few = town_with(TO, ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "wang", "zhao"]'))
    async with town(few) as t:
        await t.until("2026-03-13 07:30")
        *_, summary = await t.heard("ma")
        assert "人数较少" in summary
        assert "4" not in summary


UNAPPROVED = ('approval = { by = "机关党委", number = "机党〔2026〕7号", date = 2026-02-27 }\n', "")
TOO_SMALL = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "zhao", "sun"]')
ENGLISH = ('name = "清风专班临时党支部"', 'name = "Breeze Online Temporary Party Branch"')
SPEAK_ENGLISH = ('li = { name = "李明", status = "full" }', 'li = { name = "李明", status = "full", language = "en" }')


@pytest.mark.parametrize("group", [UNAPPROVED, TOO_SMALL])
@pytest.mark.parametrize("name", [("清风专班", "清风专班"), ENGLISH])
async def test_a_liaison_group_is_never_called_a_party_branch(group: tuple[str, str], name: tuple[str, str]) -> None:
    async with town(town_with(TO, group, name, SPEAK_ENGLISH), at="2026-02-27 10:00") as t:
        answers: list[str] = []
        for until, who, said in (
            ("2026-03-02 18:00", "li", "thoughts steady work tight, my stomach hurts"),
            ("2026-03-02 18:01", "li", "yes"),
            ("2026-03-02 18:10", "zhou", "认领 1"),
            ("2026-03-02 18:11", "zhou", "摘要"),
            ("2026-03-02 18:12", "li", "need: a nearer room"),
            ("2026-03-03 12:00", "zhao", "稍后"),
            ("2026-03-04 12:00", "chen", "不同意"),
            ("2026-03-09 12:00", "zhou", "延期"),
            ("2026-03-09 12:01", "zhou", "延期 到3月16日"),
            ("2026-03-09 12:02", "zhou", "结束"),
            ("2026-03-10 12:00", "zhou", "立即结束"),
            ("2026-03-10 12:01", "zhou", "确认"),
        ):
            await t.until(until)
            answers.append(await t.talk(who, said))
        await t.until("2026-03-20 12:00")
        assert await t.state() == "closed"
        everything = await words(t) + answers
        assert len(everything) > 30
        for text in everything:
            assert "党支部" not in text
            assert "临时支部" not in text
            assert "party branch" not in text.lower()


async def test_neither_the_admin_of_a_group_that_never_opened_hears_of_a_party_branch() -> None:
    async with town(town_with(TO, UNAPPROVED), at="2026-04-10 09:00") as t:
        [told] = await t.heard("zhou")
        assert "「清风专班联络群」" in told


async def test_with_approval_it_is_called_what_it_is() -> None:
    async with town(SHORT) as t:
        assert "清风专班临时党支部" in (await t.heard("li"))[0]
        assert "online temporary Party branch" in (await t.heard("sun"))[0]


SCHEDULES = [
    'report = { ask = "daily 19:50", due = "2h", early = "2h" }\nsilence = { member = "1h", liaison = "2h" }',
    'report = { ask = "daily 12:00", due = "12h" }\nsilence = { member = "30m", liaison = "1h" }',
    'report = { ask = "cron: 0 */6 * * *", due = "1h", early = "3h", holidays = "keep" }',
]
LESSONS = """
[study.evening]
title = "夜读"
when = "daily 21:30"
remind = ["1d", "1h"]
audience = ["qingfeng"]
"""


@pytest.mark.parametrize("schedule", SCHEDULES)
async def test_after_the_end_nothing_is_sent_but_the_closing_notices(schedule: str) -> None:
    approval = 'approval = { by = "机关党委", number = "机党〔2026〕7号", date = 2026-02-27 }'
    async with town(town_with((TO[0], "to = 2026-03-04"), (approval, f"{approval}\n{schedule}"), more=LESSONS)) as t:
        await t.until("2026-03-04 21:00")
        await t.talk("li", "求助 想换个住处")
        await t.talk("wang", "稍后 5小时")
        await t.talk("chen", "不同意")
        await t.until("2026-03-07 12:00")
        sent = await t.rows(
            "SELECT DISTINCT o.kind FROM outbox o JOIN delivery_to d ON d.delivery = o.delivery"
            " JOIN branch b ON b.id = o.branch WHERE b.id = 'qingfeng' AND d.sent_at >= b.closed_at"
        )
        assert {row["kind"] for row in sent} == {"closing.member", "closing.liaison", "closing.secretary"}
        assert "branch closed" in {row["note"] for row in await t.rows("SELECT note FROM outbox")}
        assert await t.rows("SELECT 1 FROM alarm WHERE kind IN ('branch', 'plan', 'round', 'later', 'ladder')") == []
