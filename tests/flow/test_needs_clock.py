"""A need's clock through nights, stops of the bot, changes of the file, and an older database."""

import sqlite3
from pathlib import Path

from bot.store.migrate import migrations_in, statements
from tests.flow.transcript import asked, play, told
from tests.town import Town, edited, moment, town, town_with

LEADER = '[duty]\ncontact_leader = "wu"\n'
ONE = ('liaison = ["zhou", "wu"]', 'liaison = ["zhou"]')
MIGRATIONS = Path(__file__).parents[2] / "bot" / "store" / "migrations"


async def state(t: Town, number: int = 1) -> tuple[str, str | None]:
    [row] = await t.rows("SELECT state, claimed_by FROM need WHERE number = :number", number=number)
    return row["state"], row["claimed_by"]


async def test_the_hours_in_which_the_bot_was_down_count_for_nobody(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-03 09:00") as t:
        await play(t, "li: 求助 换房")
        await t.until("2026-03-03 10:00")
    async with edited(tmp_path, "2026-03-03 15:00") as t:
        await t.until("2026-03-03 17:59")
        assert await t.owed("needs.unclaimed") == []
        await t.until("2026-03-03 18:01")
        assert await t.owed("needs.unclaimed") == ["zhou", "ma"]


async def test_after_a_restart_no_rung_is_climbed_twice(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-03 09:00") as t:
        await play(t, "li: 求助 换房")
        await t.until("2026-03-03 13:30")
    async with edited(tmp_path, "2026-03-03 13:35") as t:
        await t.until("2026-03-20 12:00")
        assert await t.owed("needs.unclaimed") == ["zhou", "ma"]


async def test_each_rung_is_climbed_once_however_long_nobody_comes() -> None:
    async with town(town_with(ONE, more=LEADER)) as t:
        await play(t, "li: 求助 换房\nwang: 求助 药\nzhou: 认领 2")
        await t.until("2026-03-31 12:00")
        for kind, who in (
            ("needs.unclaimed", ["zhou", "ma"]),
            ("needs.unclaimed_long", ["wu"]),
            ("needs.still", ["zhou"]),
            ("needs.stuck", ["ma"]),
        ):
            assert await t.owed(kind) == who, kind


async def test_a_leader_who_is_a_duty_holder_anyway_hears_no_second_time() -> None:
    async with town(town_with(more=LEADER)) as t:
        await play(t, "li: 求助 换房")
        await t.until("2026-03-31 12:00")
        assert await t.owed("needs.unclaimed_long") == []


async def test_nobody_hears_that_her_own_need_lies_and_the_next_one_does() -> None:
    secretary = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "ma", "zhou"]')
    async with town(town_with(secretary, ONE, more=LEADER)) as t:
        await play(t, "ma: 求助 换房\nzhou: 求助 书")
        await t.until("2026-03-02 12:01")
        assert await t.owed("needs.unclaimed_long") == ["wu"]
        await t.until("2026-03-31 12:00")
        rows = await t.rows("SELECT member, reason FROM outbox WHERE kind = 'needs.unclaimed' ORDER BY number")
        numbers = {row["id"]: row["number"] for row in await t.rows("SELECT id, number FROM need")}
        heard = [(numbers[row["reason"].split(":unclaimed")[0].removeprefix("need:")], row["member"]) for row in rows]
        assert sorted(heard) == [(1, "zhou"), (2, "ma")]
        assert await t.owed("needs.unclaimed_long") == ["wu", "wu"]


async def test_a_leader_is_not_told_of_a_need_of_his_own() -> None:
    members = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "wu"]')
    async with town(town_with(members, ONE, more=LEADER)) as t:
        await play(t, "wu: 求助 换房")
        await t.until("2026-03-31 12:00")
        assert await t.owed("needs.unclaimed_long") == []


async def test_what_she_owns_herself_is_told_one_further_up() -> None:
    async with town(town_with(ONE, more=LEADER)) as t:
        await play(t, "li: 求助 换房\nma: 认领 1")
        await t.until("2026-03-20 12:00")
        assert (await t.owed("needs.still"), await t.owed("needs.stuck")) == (["ma"], ["wu"])
        heard = await told(t, "wu")
        assert "诉求 1 号由马骏在办" in heard
        assert "转给" not in heard
        assert "换房" not in heard


async def test_what_was_taken_in_the_night_is_no_news_in_the_morning() -> None:
    async with town(at="2026-03-02 21:00") as t:
        await play(t, "li: 求助 换房\nzhou: 认领 1\nwang: 求助 药\nwang: 撤回诉求 2")
        await t.until("2026-03-03 07:30")
        assert "诉求 " not in await told(t, "wu")
        assert "诉求 2 号" not in await told(t, "zhou")
        assert "周敏已认领" in await told(t, "li")


async def test_her_answer_in_the_night_is_not_asked_for_in_the_morning() -> None:
    async with town(at="2026-03-02 19:00") as t:
        await play(t, "li: 求助 换房\nzhou: 认领 1")
        await t.until("2026-03-02 21:00")
        await play(t, "zhou: 办结 1 好了\nli: 解决了 1 | 了结了")
        await t.until("2026-03-03 08:00")
        assert "解决了吗" not in await told(t, "li")
        assert "李明说诉求 1 号解决了" in await told(t, "zhou")


async def test_what_its_owner_left_behind_is_open_again(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-03 09:00") as t:
        await play(t, "li: 求助 换房\nwu: 认领 1\nwang: 求助 药\nwu: 办结 2")
    async with edited(tmp_path, "2026-03-03 10:00", ONE) as t:
        assert await state(t) == ("open", None)
        assert "诉求 1 号又没有人办了" in await told(t, "zhou")
        await t.until("2026-03-03 14:01")
        assert "还没有人认领" in await told(t, "ma")
        await play(t, "wang: 没解决 2 | 正在另找人办")
        assert await state(t, 2) == ("open", None)
        assert "诉求 2 号又没有人办了" in await told(t, "zhou")


async def test_a_branch_that_has_closed_is_silent_and_goes_on_when_it_is_extended(tmp_path: Path) -> None:
    ends = ("to = 2026-05-29", "to = 2026-03-03")
    async with edited(tmp_path, "2026-03-03 09:00", ends) as t:
        await play(t, "li: 求助 换房\nwang: 求助 药\nzhou: 认领 2")
        await t.until("2026-03-05 12:00")
        assert await t.owed("needs.still") == []
    async with edited(tmp_path, "2026-03-06 09:00") as t:
        await t.until("2026-03-08 08:59")
        assert await t.owed("needs.still") == []
        await t.until("2026-03-08 09:01")
        assert await t.owed("needs.still") == ["zhou"]


async def test_needs_of_an_older_database_go_on(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-03 09:00") as t:
        await play(t, "li: 求助 换房\nwang: 求助 药\nchen: 求助 书\nchen: 想聊聊\nzhou: 认领 2")
    older(tmp_path / "town.db")
    async with edited(tmp_path, "2026-03-03 10:00") as t:
        rows = await t.rows("SELECT kind, state, claimed_by, rung FROM need ORDER BY number")
        assert [(row["kind"], row["state"], row["claimed_by"], row["rung"]) for row in rows] == [
            ("other", "open", None, 0),
            ("other", "claimed", "zhou", 0),
            ("other", "lapsed", "zhou", 0),
            ("talk", "open", None, 0),
        ]
        assert await t.owed("needs.unclaimed") == []
        await t.until("2026-03-03 14:02")
        assert await t.owed("needs.unclaimed") == ["zhou", "ma", "zhou", "ma"]
        await play(t, "zhou: 摘要 | “换房” | “药”\nchen: 没解决 3 | 诉求 3 号接着办，已告诉周敏")
        await t.until("2026-03-05 09:02")
        assert "needs.still" in {row["kind"] for row in await t.rows("SELECT kind FROM outbox WHERE member = 'zhou'")}


def older(path: Path) -> None:
    """The table as the version before had it, with one need that was answered."""
    script = migrations_in(MIGRATIONS)[0].file.read_text("utf-8")
    [table] = [one for one in statements(script) if one.startswith("CREATE TABLE need ")]
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE need RENAME TO newer")
        db.execute(table)
        db.execute(
            "INSERT INTO need SELECT id, number, branch, member, CASE kind WHEN 'talk' THEN 'talk' ELSE 'words' END,"
            " state, words, raised_at, claimed_by, claimed_at, NULL, '' FROM newer"
        )
        db.execute(
            "UPDATE need SET state = 'answered', claimed_by = 'zhou', claimed_at = raised_at, answered_at = :at"
            " WHERE number = 3",
            {"at": "2026-03-03T01:00:00Z"},
        )
        db.execute("DROP TABLE newer")
        db.execute("DELETE FROM alarm WHERE kind = 'need'")
        db.execute("DELETE FROM schema_version WHERE number = 6")
    db.close()


async def test_a_need_that_was_forgotten_leaves_no_clock() -> None:
    short = town_with(("to = 2026-05-29", "to = 2026-03-10"), more='[keep]\nwords = "0d"\nfacts = "1d"\n')
    async with town(short, at="2026-03-09 18:00") as t:
        await play(t, "li: 求助 换房\nzhou: 办结 1")
        await t.until("2026-03-25 12:00")
        assert await t.rows("SELECT id FROM need") == []
        assert await t.rows("SELECT subject FROM alarm WHERE kind = 'need'") == []


async def test_a_digest_is_not_sent_for_what_only_waits_for_her_word() -> None:
    async with asked() as t:
        await play(t, "li: 求助 换房\nzhou: 办结 1")
        for who in ("chen", "li", "wang", "zhao", "sun"):
            await t.talk(who, "1")
        await t.until("2026-03-02 18:21")
        assert "诉求 1 号" in await told(t, "zhou")
        await t.until("2026-03-03 18:21")
        assert "📋" not in await told(t, "zhou")
        assert t.clock.now() > moment("2026-03-03 18:20")


async def test_overdue_needs_come_first_in_the_digest() -> None:
    async with town(at="2026-03-03 09:00") as t:
        await play(t, "li: 求助 换房\nzhou: 认领 1\nwang: 求助 书")
        await t.until("2026-03-03 18:21")
        text = await told(t, "zhou")
        assert text.index("⚠ 诉求 2 号") < text.index("⚠ 诉求 1 号")
        assert "起无人认领，已超时" in text
