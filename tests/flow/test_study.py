"""Study reminders: before and at the time, to those they are for, within what a day may ask of anybody."""

from pathlib import Path

import pytest

from bot.domain import instant
from tests.town import ZONE, Town, edited, town, town_with

HOME = ('li = { name = "李明", status = "full" }', 'li = { name = "李明", status = "full", home = "first" }')
HOMES = '[homes.first]\nname = "第一党支部"\n'
EVERYONE = ["chen", "li", "ma", "sun", "wang", "wu", "zhao", "zhou"]
MEMBERS = ["chen", "li", "sun", "wang", "zhao"]


def lesson(when: str = "fri 15:10", more: str = "", item: str = "friday") -> str:
    return f'{HOMES}[study.{item}]\ntitle = "周五课堂"\nwhen = "{when}"\n{more}\n'


async def hours(t: Town, who: str) -> list[str]:
    """When and how she was reminded of study."""
    rows = await t.rows(
        "SELECT o.kind, d.made_at FROM outbox o JOIN delivery_to d ON d.delivery = o.delivery AND d.member = o.member"
        " WHERE o.member = :who AND o.kind IN ('study.soon', 'study.now') ORDER BY o.number",
        who=who,
    )
    return [f"{instant.parse(row['made_at']).astimezone(ZONE):%a %H:%M} {row['kind'][6:]}" for row in rows]


async def test_it_is_reminded_of_before_and_at_its_time() -> None:
    async with town(town_with(more=lesson())) as t:
        await t.until("2026-03-07 12:00")
        assert await hours(t, "ma") == ["Thu 15:10 soon", "Fri 14:40 soon", "Fri 15:10 now"]
        assert "【课堂】周五课堂，3月6日（周五）15:10" in "".join(await t.heard("ma"))


@pytest.mark.parametrize(
    ("audience", "members"),
    [
        ('"all"', EVERYONE),
        ('"away"', MEMBERS),
        ('"first"', ["li"]),
        ('"qingfeng"', MEMBERS),
        ('["first", "qingfeng"]', MEMBERS),
    ],
)
async def test_it_goes_to_those_it_is_for(audience: str, members: list[str]) -> None:
    text = town_with(HOME, more=lesson(more=f"remind = []\naudience = {audience}"))
    async with town(text) as t:
        await t.until("2026-03-06 15:10")
        assert await t.owed("study.now") == members


@pytest.mark.parametrize("answer", ["参加", "请假", "已学"])
async def test_whoever_has_answered_is_not_reminded_again(answer: str) -> None:
    async with town(town_with(more=lesson())) as t:
        await t.until("2026-03-05 15:10")
        await t.talk("ma", answer)
        await t.until("2026-03-06 16:00")
        assert await hours(t, "ma") == ["Thu 15:10 soon"]
        assert len(await hours(t, "wu")) == 3
        assert await t.skipped("study.soon") == []
        await t.until("2026-03-12 16:00")  # next week's is another one
        assert (await hours(t, "ma"))[1:] == ["Thu 15:10 soon"]


async def test_today_s_beginning_does_not_swallow_tomorrow_s_reminder() -> None:
    async with town(town_with(more=lesson("daily 15:10", 'remind = ["1d"]'))) as t:
        await t.until("2026-03-04 16:00")
        assert await hours(t, "ma") == [
            *("Mon 15:10 now", "Mon 15:10 soon"),
            *("Tue 15:10 now", "Tue 15:10 soon"),
            *("Wed 15:10 now", "Wed 15:10 soon"),
        ]


async def test_whoever_is_away_or_has_refused_everywhere_is_left_alone() -> None:
    async with town(town_with(more=lesson())) as t:
        await t.talk("li", "静默 到3月6日15:00")
        await t.talk("chen", "不同意")
        await t.until("2026-03-06 16:00")
        assert await hours(t, "li") == ["Fri 15:10 now"]
        assert await hours(t, "chen") == []


async def test_what_could_only_be_said_too_late_is_not_said_and_the_reason_is_noted() -> None:
    async with town(town_with(more=lesson("fri 20:30", 'remind = ["30m"]'))) as t:
        await t.until("2026-03-07 12:00")
        assert await hours(t, "ma") == []
        assert set(await t.skipped("study.soon")) == set(await t.skipped("study.now")) == {"expired"}


async def test_a_holiday_moves_it_and_its_reminders() -> None:
    text = town_with(("from = 2026-03-02", "from = 2026-02-09"), more=lesson("monthly 15 15:10", 'holidays = "before"'))
    async with town(text, at="2026-02-09 08:00") as t:
        await t.until("2026-02-20 12:00")
        assert await hours(t, "ma") == ["Fri 15:10 soon", "Sat 14:40 soon", "Sat 15:10 now"]  # a make-up workday


async def test_a_day_asks_no_more_than_its_cap_and_one_message_is_one_prompt() -> None:
    three = "".join(lesson("tue 12:30", "remind = []", f"x{n}").removeprefix(HOMES) for n in range(3))
    text = town_with(more=three + "[limits]\nprompts_per_day = 2\n")
    async with town(text) as t:
        await t.until("2026-03-02 17:40")
        await t.until("2026-03-03 20:00")  # three lessons at once, then the reminder of Monday's question
        [merged] = [one for one in await t.heard("ma") if "课堂" in one]
        assert merged.count("周五课堂") == 3
        assert "report.reminder" in await kinds_said(t, "li")
        counts = await t.rows(
            "SELECT count(*) AS prompts FROM delivery_to WHERE prompt = 1 GROUP BY member, substr(made_at, 1, 10)"
        )
        assert max(row["prompts"] for row in counts) == 2


async def kinds_said(t: Town, who: str) -> set[str]:
    rows = await t.rows("SELECT kind FROM outbox WHERE member = :who AND state = 'taken'", who=who)
    return {row["kind"] for row in rows}


async def test_the_cap_stops_neither_digest_nor_need_nor_silence_nor_receipt() -> None:
    text = town_with(more=lesson("daily 08:30", "remind = []") + "[limits]\nprompts_per_day = 1\n")
    async with town(text) as t:
        await t.until("2026-03-02 12:00")
        await t.talk("li", "求助 换个住处")
        await t.talk("zhou", "认领 1")
        await t.until("2026-03-02 19:00")
        assert await t.skipped("report.question") == ["cap"] * 5
        assert {"need.raised", "digest.daily"} <= await kinds_said(t, "zhou")
        assert "need.claimed" in await kinds_said(t, "li")
        await t.until("2026-03-03 12:00")
        assert (await t.owed("study.now")).count("li") == 2  # a new day


async def test_a_shorter_list_of_reminders_loses_none_of_those_to_come(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=lesson(more='remind = ["1d", "30m"]')) as t:
        await t.until("2026-03-05 16:00")
    async with edited(tmp_path, "2026-03-05 17:00", more=lesson(more='remind = ["30m"]')) as t:
        await t.until("2026-03-06 16:00")
        assert await hours(t, "ma") == ["Thu 15:10 soon", "Fri 14:40 soon", "Fri 15:10 now"]


async def test_an_item_taken_out_of_the_file_is_not_said_in_the_morning(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=lesson("tue 21:10", 'remind = ["1d"]')) as t:
        await t.until("2026-03-02 22:00")
        assert len(await t.owed("study.soon")) == 8
    async with edited(tmp_path, "2026-03-02 22:30") as t:
        await t.until("2026-03-03 12:00")
        assert set(await t.skipped("study.soon")) == {"no longer holds"}


@pytest.mark.parametrize(("back", "said"), [("2026-03-06 14:50", ["Fri 14:50 soon"]), ("2026-03-06 18:00", [])])
async def test_a_reminder_missed_is_said_while_it_helps(tmp_path: Path, back: str, said: list[str]) -> None:
    text = lesson(more='remind = ["1d"]')
    async with edited(tmp_path, "2026-03-05 12:00", more=text):
        pass
    async with edited(tmp_path, back, more=text) as t:
        assert await hours(t, "ma") == said
        assert await t.skipped("study.soon") == []


async def test_a_new_item_says_nothing_of_what_was_before_it(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00"):
        pass
    async with edited(tmp_path, "2026-03-06 15:20", more=lesson()) as t:
        await t.until("2026-03-07 12:00")
        assert await hours(t, "ma") == []


async def test_an_unknown_year_is_told_for_study_too_but_not_long_before() -> None:
    text = town_with(
        ("from = 2026-03-02", "from = 2030-12-01"),
        ("to = 2026-05-29", "to = 2031-03-01"),
        more=lesson("yearly 01-02 15:10", 'holidays = "before"')
        + '[digest]\ndaily = "none"\n[report]\nholidays = "keep"\n',
    )
    async with town(text, at="2030-12-01 08:00") as t:
        await t.until("2030-12-20 08:00")
        assert await t.owed("branch.unknown_year") == []
        await t.until("2031-01-03 08:00")
        assert await t.owed("branch.unknown_year") == ["zhou"]


def two_lessons() -> str:
    """On Friday at 15:10 one is reminded of the second after the first, and of the first again at 15:40."""
    first = lesson("fri 15:40", 'remind = ["1d"]', "first_one").replace("周五课堂", "第一课")
    second = lesson("fri 16:40", 'remind = ["90m"]', "second_one").replace("周五课堂", "第二课")
    return first + second.removeprefix(HOMES)


async def answers(t: Town, who: str) -> dict[str, str | None]:
    rows = await t.rows("SELECT title, answer FROM study WHERE member = :who", who=who)
    return {row["title"]: row["answer"] for row in rows}


@pytest.mark.parametrize(("at", "title"), [("2026-03-06 15:20", "第二课"), ("2026-03-06 15:50", "第一课")])
async def test_an_answer_goes_to_what_one_was_reminded_of_last(at: str, title: str) -> None:
    async with town(town_with(more=two_lessons())) as t:
        await t.until(at)
        assert title in await t.talk("ma", "参加")
        assert await answers(t, "ma") == {"第一课": None, "第二课": None} | {title: "join"}


async def test_a_second_answer_goes_to_the_other_item_still_open() -> None:
    async with town(town_with(more=two_lessons())) as t:
        await t.until("2026-03-06 15:50")
        assert "第一课" in await t.talk("ma", "参加")
        assert "第二课" in await t.talk("ma", "请假")
        assert await answers(t, "ma") == {"第一课": "join", "第二课": "excused"}


async def test_with_nothing_left_open_an_answer_amends_the_last_one() -> None:
    async with town(town_with(more=two_lessons())) as t:
        for minute, answer, title in ((50, "参加", "第一课"), (51, "参加", "第二课"), (52, "不参加", "第二课")):
            await t.until(f"2026-03-06 15:{minute}")
            assert title in await t.talk("ma", answer)
        assert await answers(t, "ma") == {"第一课": "join", "第二课": "excused"}


async def test_an_item_long_over_takes_no_answer() -> None:
    async with town(town_with(more=two_lessons())) as t:
        await t.until("2026-03-10 15:50")
        await t.talk("ma", "参加")
        assert set((await answers(t, "ma")).values()) == {None}


async def test_another_time_zone_of_the_unit_moves_its_reminders(tmp_path: Path) -> None:
    west = 'time_zone = "Europe/London"\n'
    async with town(west + town_with(more=lesson()), folder=tmp_path):
        pass
    async with edited(tmp_path, "2026-03-03 08:00", more=lesson()) as t:
        await t.until("2026-03-07 12:00")
        assert await hours(t, "ma") == ["Thu 15:10 soon", "Fri 14:40 soon", "Fri 15:10 now"]
