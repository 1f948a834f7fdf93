"""Family visits: without her own consent there is no trigger and no trace; taken back, what there was is gone."""

from pathlib import Path

from tests.tables import dump
from tests.town import Town, edited, town, town_with

CARE = '[homes.first]\nname = "第一党支部"\nsecretary = "wu"\n[care]\nafter = "10d"\nfestivals = ["2026-03-20"]\n'
HOME = ('chen = { name = "陈晓", status = "full" }', 'chen = { name = "陈晓", status = "full", home = "first" }')
BUSY = "[limits]\nprompts_per_day = 1\n"


async def traces(t: Town, member: str) -> list[str]:
    """The rows of all tables that have to do with a visit and with her, apart from what she was asked and said."""
    tables = await t.bot.store.read(dump)
    return [
        f"{table}: {row}"
        for table, rows in tables.items()
        if table not in ("visit_consent", "phone_line", "delivery", "delivery_to", "inbound")
        for row in rows
        if member in row and ("visit" in row or "care" in row) and "'care.ask'" not in row
    ]


async def test_no_consent_no_trigger_and_no_trace() -> None:
    async with town(town_with(HOME, more=CARE)) as t:
        await t.until("2026-03-12 12:00")
        assert "家访" in "".join(await t.heard_unasked("chen"))
        await t.talk("li", "不同意家访")
        await t.until("2026-04-20 12:00")
        assert await t.owed("talks.yours") == []
        assert await t.rows("SELECT * FROM talk") == []
        assert await traces(t, "chen") == await traces(t, "li") == []
        states = await t.rows("SELECT member, state FROM visit_consent ORDER BY member")
        assert {row["member"]: row["state"] for row in states} | {"li": "refused", "chen": "asked"} == {
            row["member"]: row["state"] for row in states
        }


async def test_what_is_taken_back_leaves_no_trace_either() -> None:
    async with town(town_with(HOME, more=CARE)) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("chen", "同意家访")
        await t.until("2026-03-12 12:00")
        assert await t.owed("talks.yours") == ["wu"]
        await t.talk("wu", "走访过 1 下次 3月25日")
        await t.talk("chen", "不同意家访")
        assert await t.rows("SELECT * FROM talk") == []
        assert [row["subject"] for row in await t.rows("SELECT * FROM alarm WHERE kind = 'talk'")] == []
        await t.until("2026-04-20 12:00")
        assert await t.owed("talks.yours") == ["wu"]
        assert await t.owed("care.called_off") == []


async def test_a_yes_after_a_no_counts_from_then() -> None:
    async with town(town_with(HOME, more=CARE)) as t:
        await t.until("2026-03-12 12:00")
        await t.talk("chen", "不同意家访")
        await t.talk("chen", "同意家访")
        assert await t.owed("talks.yours") == ["wu"]


async def test_she_is_asked_once_whatever_comes_up_and_however_often_the_bot_starts(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", HOME, more=CARE) as t:
        await t.until("2026-03-12 12:00")
    async with edited(tmp_path, "2026-03-14 12:00", HOME, more=CARE) as t:
        await t.until("2026-03-25 12:00")
        assert (await t.owed("care.ask")).count("chen") == 1


async def test_over_the_days_cap_she_is_asked_another_day() -> None:
    async with town(town_with(HOME, more=CARE + BUSY + '[report]\nask = "daily 07:40"\n')) as t:
        await t.until("2026-03-12 12:00")
        assert await t.owed("care.ask") == []
        assert "cap" in await t.skipped("care.ask")
        [row] = await t.rows("SELECT count(*) AS n FROM visit_consent")
        assert row["n"] == 0


async def test_a_question_that_waits_for_the_morning_is_not_asked_of_who_has_answered() -> None:
    late = CARE.replace("2026-03-20", "daily 21:00")
    async with town(town_with(HOME, more=late)) as t:
        await t.until("2026-03-02 22:00")
        await t.talk("chen", "不同意家访")
        await t.until("2026-03-03 12:00")
        assert "chen" not in await t.owed("care.ask")
