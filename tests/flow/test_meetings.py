"""Weekly meetings and monthly comments: reminded once at their hour, also over restarts and holidays."""

from pathlib import Path

from tests.town import edited, town, town_with

WEEKLY = '[duty]\nweekly_meeting = { when = "tue 09:00" }\n'
LEADER = '[duty]\ncontact_leader = "wu"\nweekly_meeting = { when = "tue 09:00", by = "contact_leader" }\n'


async def test_an_hour_that_was_missed_by_much_is_not_reminded_nor_held_against_anybody(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEKLY) as t:
        await t.until("2026-03-02 20:00")
    async with edited(tmp_path, "2026-03-04 10:00", more=WEEKLY) as t:
        assert await t.owed("meeting.weekly") == []
        await t.until("2026-03-13 17:00")
        assert await t.owed("meeting.weekly") == ["ma"]
        assert "没有记下" not in "".join(await t.heard_unasked("ma"))


async def test_an_hour_that_was_missed_by_little_is_reminded(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEKLY) as t:
        await t.until("2026-03-02 20:00")
    async with edited(tmp_path, "2026-03-03 11:00", more=WEEKLY) as t:
        assert await t.owed("meeting.weekly") == ["ma"]


async def test_a_week_of_holidays_has_no_meeting() -> None:
    dates = ("from = 2026-03-02", "from = 2026-09-21"), ("to = 2026-05-29", "to = 2026-11-27")
    async with town(town_with(*dates, more=WEEKLY), at="2026-09-21 08:00") as t:
        await t.until("2026-10-10 12:00")
        assert await t.owed("meeting.weekly") == ["ma", "ma"]  # 22 and 29 September; 6 October is off


async def test_switched_off_in_the_file_it_rings_no_more(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEKLY) as t:
        await t.until("2026-03-02 20:00")
    async with edited(tmp_path, "2026-03-02 21:00") as t:
        await t.until("2026-03-10 20:00")
        assert await t.owed("meeting.weekly") == []
        assert await t.rows("SELECT * FROM alarm WHERE kind = 'meeting'") == []


async def test_a_contact_leader_sees_no_figures_of_needs() -> None:
    changes = ('liaison = ["zhou", "wu"]', 'liaison = ["zhou"]')
    async with town(town_with(changes, more=LEADER)) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "求助 换个住处")
        await t.until("2026-03-03 10:00")
        [said] = [line for line in await t.heard_unasked("wu") if "例会" in line]
        assert "诉求" not in said


async def test_held_it_is_in_the_ledger_without_a_word() -> None:
    async with town(town_with(more=WEEKLY)) as t:
        await t.until("2026-03-03 10:00")
        await t.talk("ma", "开过了")
        rows = await t.rows("SELECT kind, branch, member, note FROM ledger WHERE kind = 'weekly_held'")
        [row] = rows
        assert [row[name] for name in ("branch", "member", "note")] == ["qingfeng", "ma", ""]


async def test_the_digest_of_the_week_says_it_once_only() -> None:
    async with town(town_with(more=WEEKLY)) as t:
        await t.until("2026-03-13 17:00")
        assert "没有记下" in "".join(await t.heard_unasked("ma"))
        await t.talk("ma", "开过了")
        await t.until("2026-03-17 08:00")
        await t.talk("ma", "开过了")
        await t.until("2026-03-27 17:00")
        assert "3月3日（周二）的每周例会没有记下" not in "".join(await t.heard_unasked("ma"))
