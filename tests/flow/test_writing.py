"""Words from one person to another pass through at allowed hours, and stay nowhere but in the chat's own lines."""

from pathlib import Path

from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Tx
from handlers.writing import LONGEST
from tests.town import Town, edited, town, town_with

LONG = "请带上这些东西。" * (LONGEST // 8 + 1)


async def evening(t: Town) -> None:
    await t.until("2026-03-02 21:00")


async def test_what_is_too_long_is_neither_sent_nor_kept() -> None:
    async with town() as t:
        assert f"最多 {LONGEST} 个，没有发" in await t.talk("zhou", f"给 陈晓 {LONG}")
        assert f"最多 {LONGEST} 个，没有发" in await t.talk("zhou", f"通知 {LONG}")
        assert await t.owed("writing.personal") == []
        lines = await t.heard("zhou")
        assert not any("请带上" in line for line in lines)
        assert "已发给" in await t.talk("zhou", f"给 陈晓 {LONG[:LONGEST]}")


async def test_its_words_are_in_no_table_of_ours_once_it_is_delivered() -> None:
    async with town() as t:
        await t.talk("zhou", "给 陈晓 金丝雀在窗台上")
        await t.talk("chen", "回周敏 喂过了")
        for kind in ("writing.personal", "writing.answered"):
            rows = await t.rows("SELECT facts, state FROM outbox WHERE kind = :kind", kind=kind)
            assert [(row["facts"], row["state"]) for row in rows] == [("", "taken")]
        noted = await t.rows("SELECT kind, member, note FROM ledger WHERE kind = 'wrote_to'")
        assert [(row["member"], row["note"]) for row in noted] == [("zhou", "chen")]


async def test_a_personal_line_counts_as_no_prompt_and_a_notice_does() -> None:
    async with town() as t:
        await t.talk("zhou", "给 陈晓 明早见")
        await t.talk("zhou", "通知 明早班车")
        await t.talk("zhou", "确认")
        rows = await t.rows("SELECT prompt FROM delivery_to WHERE member = 'chen' ORDER BY made_at, delivery")
        assert sorted(row["prompt"] for row in rows if row) == [0, 0, 1]


async def test_a_notice_of_the_evening_spares_who_has_gone_or_refused_by_the_morning() -> None:
    async with town() as t:
        await evening(t)
        await t.talk("zhou", "通知 明早班车")
        assert "3月3日（周二）07:30" in await t.talk("zhou", "确认")
        await t.talk("li", "静默 48小时")
        await t.talk("wang", "不同意")
        await t.until("2026-03-03 07:31")
        assert await t.owed("writing.notice") == ["chen", "sun", "zhao"]
        assert await t.skipped("writing.notice") == ["no longer holds", "no longer holds"]


async def test_nothing_is_passed_on_once_the_branch_has_closed() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-02"))) as t:
        await evening(t)
        assert "07:30" in await t.talk("zhou", "给 陈晓 明早见")
        await t.until("2026-03-03 08:00")
        assert await t.skipped("writing.personal") == ["branch closed"]


async def test_a_notice_that_could_not_go_for_a_day_does_not_go_at_all() -> None:
    async with town() as t:
        await evening(t)
        await t.talk("zhou", "通知 明早班车")
        await t.talk("zhou", "确认")
        rows = await t.rows("SELECT DISTINCT expires_at, not_before FROM outbox WHERE kind = 'writing.notice'")
        assert [(row["expires_at"], row["not_before"]) for row in rows] == [
            ("2026-03-03T23:30:00Z", "2026-03-02T23:30:00Z")
        ]


async def test_nobody_can_answer_whom_the_file_lists_no_more(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00") as t:
        await t.talk("wu", "给 陈晓 明早见")
    gone = [('liaison = ["zhou", "wu"]', 'liaison = ["zhou"]'), ('wu = { name = "吴强" }\n', "")]
    async with edited(tmp_path, "2026-03-03 10:00", *gone) as t:
        assert "吴强已不在名单里" in await t.talk("chen", "回吴强 好的")
        assert await t.owed("writing.answered") == []


async def test_a_nudge_is_owed_once_a_day_and_holds_only_while_she_is_silent() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        await t.talk("zhou", "催 陈晓")
        await t.talk("zhou", "催 陈晓")
        assert await t.owed("nudging.gentle") == ["chen"]
        rows = await t.rows("SELECT reason, expires_at FROM outbox WHERE kind = 'nudging.gentle'")
        assert [(row["reason"], row["expires_at"]) for row in rows] == [
            ("nudge:chen:2026-03-02", "2026-03-02T11:40:00Z")
        ]
        assert [row["member"] for row in await t.rows("SELECT member FROM ledger WHERE kind = 'nudged'")] == ["zhou"]


async def test_a_nudge_that_was_not_said_after_all_may_be_given_again() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        unsaid = Owed("nudge:chen:2026-03-02", "chen", "nudging.gentle", "qingfeng", t.clock.now())

        def skipped(tx: Tx) -> None:
            Tables(tx).outbox.owe(unsaid, t.clock.now())
            Tables(tx).outbox.skip(unsaid, "expired")

        await t.bot.store.write(skipped)
        assert "已轻轻提醒 1 人" in await t.talk("wu", "催 陈晓")
        assert "吴强惦记着你" in (await t.heard("chen"))[-1]
