"""Hours in which the bot was not there, clocks that jump, and units that run twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.flow.letters import batch
from bot.flow.reconcile import reconcile
from bot.flow.tick import tick
from bot.store.alarms import DUE
from bot.store.tx import Tx
from tests.tables import dump, would_leave
from tests.town import TOWN, Town, town, town_with

DAILY = town_with(('liaison = ["zhou", "wu"]', 'liaison = ["zhou", "wu"]\nreport = { ask = "daily 17:40" }'))
LESSON = '[study.reading]\ntitle = "读书"\nform = "reading"\nwhen = "tue 12:30"\nremind = ["1d"]\n'
BUSY = DAILY + LESSON + '[study.class]\ntitle = "课"\nwhen = "daily 15:10"\nremind = ["1d", "30m"]\naudience = "away"\n'


async def stopped(folder: Path, at: str, text: str = TOWN, said: tuple[str, ...] = ()) -> None:
    """Run from the first morning to that hour; whoever is named answers the first question."""
    async with town(text, folder=folder) as t:
        if said:
            await t.until("2026-03-02 17:40")
        for who in said:
            await t.talk(who, "1")
        await t.until(at)


async def prompts(t: Town) -> list[tuple[str, str]]:
    rows = await t.rows(
        "SELECT kind, member FROM outbox WHERE kind IN ('report.question', 'report.reminder', 'report.silent')"
        " AND state = 'taken' ORDER BY number"
    )
    return [(row["kind"], row["member"]) for row in rows]


OTHERS = ("chen", "sun", "wang", "zhao")


async def test_down_over_the_hour_of_asking_it_asks_once_when_it_is_back(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-02 16:00")
    async with town(at="2026-03-03 09:00", folder=tmp_path) as t:
        assert len([text for text in await t.heard("li") if "这几天怎么样" in text]) == 1
        assert "晚到" not in await t.talk("li", "1")
        await t.until("2026-03-03 13:45")  # the others have lost the night: they are given as long
        assert {kind for kind, _ in await prompts(t)} == {"report.question"}
        await t.until("2026-03-04 11:30")
        assert (await prompts(t))[5:] == [*[("report.reminder", who) for who in OTHERS], ("report.silent", "zhou")]


async def test_a_question_that_could_not_be_opened_early_is_asked_late_with_all_its_time(tmp_path: Path) -> None:
    punctual = town_with(('liaison = ["zhou", "wu"]', 'liaison = ["zhou", "wu"]\nreport = { early = "0h" }'))
    await stopped(tmp_path, "2026-03-02 16:00", punctual)
    async with town(punctual, at="2026-03-03 09:00", folder=tmp_path) as t:
        assert "3月4日（周三）05:00前" in (await t.heard("li"))[-1]


async def test_down_over_asking_and_due_the_round_is_skipped_with_the_reason(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-02 16:00")
    async with town(at="2026-03-03 15:00", folder=tmp_path) as t:
        await t.until("2026-03-05 12:00")
        assert await prompts(t) == []
        [round_] = await t.rows("SELECT state, note FROM round WHERE ask_at < '2026-03-03'")
        assert (round_["state"], round_["note"]) == ("skipped", "found over")


@pytest.mark.parametrize(("back", "questions"), [("2026-03-06 12:00", 1), ("2026-03-06 14:00", 0)])
async def test_down_for_days_no_storm_follows(tmp_path: Path, back: str, questions: int) -> None:
    await stopped(tmp_path, "2026-03-02 16:00", DAILY)
    async with town(DAILY, at=back, folder=tmp_path) as t:
        assert len(await t.heard("li")) == 1 + questions  # the welcome was before
        states = await t.rows("SELECT state FROM round ORDER BY ask_at")
        assert [row["state"] for row in states][:3] == ["skipped"] * 3
        assert await t.owed("report.silent") == []


async def test_down_between_reminder_and_liaison_the_alarm_waits_as_long_as_it_was_down(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 13:50", said=OTHERS)
    async with town(at="2026-03-03 18:30", folder=tmp_path) as t:
        assert await t.owed("report.silent") == []
        await t.until("2026-03-04 07:30")
        assert await t.owed("report.silent") == ["zhou"]


async def test_whoever_answers_once_the_bot_is_back_is_never_told_of(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 13:00", said=OTHERS)
    async with town(at="2026-03-03 18:00", folder=tmp_path) as t:
        assert "晚到" not in await t.talk("li", "1")
        await t.until("2026-03-05 12:00")
        assert await prompts(t) == [("report.question", who) for who in sorted((*OTHERS, "li"))]


async def test_down_from_asking_to_shortly_before_due_the_time_to_answer_is_given_back(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-02 18:00", said=OTHERS)
    async with town(at="2026-03-03 13:00", folder=tmp_path) as t:
        await t.until("2026-03-04 08:39")
        assert await t.owed("report.reminder") == []
        await t.until("2026-03-04 08:40")
        assert await t.owed("report.reminder") == ["li"]


async def test_down_after_a_postponement_the_liaison_hears_as_much_later(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        for who in OTHERS:
            await t.talk(who, "1")
        await t.until("2026-03-03 10:00")
        await t.talk("li", "稍后 4小时")  # asked again at 14:00, so the liaison would hear at 18:00
        await t.until("2026-03-03 15:00")
    async with town(at="2026-03-03 16:00", folder=tmp_path) as t:
        await t.until("2026-03-03 18:59")
        assert await t.owed("report.silent") == []
        await t.until("2026-03-03 19:00")
        assert await t.owed("report.silent") == ["zhou"]


async def test_a_short_stop_changes_no_hour(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 13:00", said=OTHERS)
    async with town(at="2026-03-03 13:05", folder=tmp_path) as t:
        await t.until("2026-03-03 17:40")
        assert await t.owed("report.reminder") == ["li"]
        assert await t.owed("report.silent") == ["zhou"]


async def test_the_ledger_says_when_the_bot_was_not_there(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 13:00")
    async with town(at="2026-03-03 18:00", folder=tmp_path) as t:
        [line] = await t.rows("SELECT at, note FROM ledger WHERE kind = 'was_down'")
        assert (line["note"], line["at"]) == ("2026-03-03T05:00:00Z", "2026-03-03T10:00:00Z")


@pytest.mark.parametrize(("back", "digests"), [("2026-03-02 19:00", 1), ("2026-03-03 12:00", 0)])
async def test_a_digest_is_made_up_for_within_half_a_day(tmp_path: Path, back: str, digests: int) -> None:
    async with town(folder=tmp_path) as t:
        await t.talk("li", "求助 想换个住处")
        await t.until("2026-03-02 18:00")
    async with town(at=back, folder=tmp_path) as t:
        assert len([text for text in await t.heard("zhou") if text.startswith("📋")]) == digests


async def test_a_clock_set_back_says_nothing_twice(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 18:30", BUSY)
    async with town(BUSY, at="2026-03-02 17:00", folder=tmp_path) as t:
        before = await t.rows("SELECT id FROM delivery")
        await t.until("2026-03-03 18:30")
        assert await t.rows("SELECT id FROM delivery") == before


async def test_a_machine_that_starts_in_1970_says_nothing_and_keeps_what_it_hears(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-03 13:00", said=OTHERS)
    async with town(at="1970-01-01 08:10", folder=tmp_path) as t:
        before = await t.rows("SELECT id FROM delivery")
        await t.until("1970-01-02 20:00")
        assert await t.rows("SELECT id FROM delivery") == before
        assert "已改" in await t.talk("zhao", "1")
    async with town(at="2026-03-03 13:20", folder=tmp_path) as t:
        await t.until("2026-03-03 13:59")  # twenty minutes were lost, not half a century
        assert await t.owed("report.reminder") == []
        await t.until("2026-03-03 18:00")
        assert await t.owed("report.silent") == ["zhou"]
        assert await t.owed("branch.unknown_year") == []


async def units_of(t: Town) -> tuple[Callable[[Tx], object], ...]:
    now, bot = t.clock.now(), t.bot
    return (
        lambda tx: tick(tx, bot.config, now),
        lambda tx: batch(tx, bot.config, bot.renderer, bot.channels, now),
        lambda tx: reconcile(tx, bot.config, now),
    )


async def test_a_unit_that_runs_twice_leaves_the_same_rows() -> None:
    text = BUSY.replace("to = 2026-05-29", "to = 2026-03-06")
    async with town(text, at="2026-03-01 20:00") as t:
        await t.until("2026-03-02 17:40")
        for who, said in (
            ("li", "思想一般"),
            ("chen", "求助 换个住处"),
            ("wang", "稍后 24小时"),
            ("sun", "静默 20小时"),
        ):
            await t.talk(who, said)
        while (at := await t.bot.next_at()) and at < t.clock.now().replace(month=3, day=8):
            t.clock.move(at)
            for unit in await units_of(t):
                first, again = await would_leave(t.bot.store, unit), await would_leave(t.bot.store, unit)
                assert first == again
                if unit is not (await units_of(t))[2]:
                    await t.bot.store.write(unit)
            await t.bot.beat()
            settled = await t.bot.store.read(dump)
            await t.bot.beat()
            await t.bot.apply()
            await t.bot.beat()
            assert await t.bot.store.read(dump) == settled
        assert await t.state() == "closed"


async def test_a_poisoned_alarm_stops_nobody_else_s(caplog: pytest.LogCaptureFixture) -> None:
    async with town() as t:
        await t.bot.store.write(
            lambda tx: tx.many(
                "INSERT INTO alarm (kind, subject, at) VALUES (:kind, :subject, '2026-03-02T09:00:00Z')",
                [{"kind": "later", "subject": "no bar"}, {"kind": "gone", "subject": "from an older version"}],
            )
        )
        await t.until("2026-03-02 17:40")
        assert len(await t.owed("report.question")) == 5
        assert "alarm broke kind=later subject=no bar error=ValueError" in {one.message for one in caplog.records}
        left = await t.rows("SELECT kind FROM alarm WHERE kind IN ('later', 'gone') AND at > '2026-03-02T09:40:00Z'")
        assert len(left) == 2


async def test_a_tick_with_nothing_due_is_one_look_at_an_index() -> None:
    async with town() as t:
        plan = await t.rows("EXPLAIN QUERY PLAN " + DUE, now="2026-03-02T00:00:00Z", most=100)
        assert "SEARCH alarm USING INDEX alarm_at (at<?)" in {row["detail"] for row in plan}
        assert not [row for row in plan if row["detail"].startswith("SCAN")]


async def test_started_at_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    await stopped(tmp_path, "2026-03-02 17:00")
    async with town(at="2026-03-02 22:00", folder=tmp_path) as t:
        before = await t.rows("SELECT id FROM delivery")
        await t.until("2026-03-03 07:29")
        assert await t.rows("SELECT id FROM delivery") == before
        await t.until("2026-03-03 07:30")
        assert "这几天怎么样" in (await t.heard("li"))[-1]


async def test_what_was_held_for_a_morning_it_slept_through_waits_for_the_next(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 21:00")
        await t.talk("li", "求助 换个住处")
    async with town(at="2026-03-03 22:00", folder=tmp_path) as t:
        assert "换个住处" not in "".join(await t.heard("zhou"))
        await t.until("2026-03-04 07:30")
        assert "换个住处" in (await t.heard("zhou"))[-1]
