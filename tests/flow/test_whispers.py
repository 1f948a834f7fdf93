"""What a talk cannot say of whispers and suggestions: duty that changes, restarts, what is kept where, how long."""

from pathlib import Path

import pytest

from bot.config.load import read
from bot.message import Message
from bot.store.tables import Tables
from tests.flow.transcript import play
from tests.town import Town, edited, town, town_with

CANARY = "金丝雀在窗台上"
ASKED = "2026-03-02 17:40"
NO_DUTY = ('liaison = ["zhou", "wu"]', 'liaison = ["wu", "zhou"]')
SHORT = ("to = 2026-05-29", "to = 2026-03-12")


async def change(t: Town, *changes: tuple[str, str], more: str = "") -> None:
    """Another file, applied."""
    await t.bot.apply(read(town_with(*changes, more=more), Path("config.toml")))
    await t.bot.beat()


async def whispers(t: Town) -> list[tuple[str, str, bool]]:
    rows = await t.rows("SELECT reader, gone, read_at FROM whisper ORDER BY number")
    return [(row["reader"], row["gone"], row["read_at"] is not None) for row in rows]


async def heard(t: Town, who: str) -> str:
    return "\n".join(await t.heard_unasked(who))


async def test_who_leaves_the_duty_before_reading_reads_nothing_and_she_chooses_again() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("li", f"悄悄 周敏 {CANARY}")
        await t.heard_unasked("li")
        await change(t, NO_DUTY)
        assert "周敏还没看就不再负责" in await heard(t, "li")
        assert await whispers(t) == [("zhou", "left", False)]
        await play(
            t,
            f"""
            zhou: 看悄悄话 | !{CANARY}
            zhou: 看悄悄话 1 | !{CANARY}
            wu: 看悄悄话 | !{CANARY}
            li: 我的悄悄话 | 没人看过 | “再悄悄 1”
            li: 再悄悄 1 | 1　吴强（联络员） | 2　马骏（书记） | !周敏
            li: 1 | 悄悄交给吴强了（1 号）
            wu: 看悄悄话 | {CANARY}
            zhou: 看悄悄话 1 | !{CANARY}
            """,
        )
        assert "吴强3月2日（周一）17:40看了" in await heard(t, "li")


async def test_of_leaving_a_duty_she_hears_once_and_not_at_night() -> None:
    async with town() as t:
        await t.until("2026-03-02 21:00")
        await t.talk("li", f"悄悄 书记 {CANARY}")
        await change(t, ('secretary = "ma"', 'secretary = "wu"'))
        await t.until("2026-03-03 07:29")
        assert "马骏" not in await heard(t, "li")
        await t.until("2026-03-03 12:00")
        assert (await heard(t, "li")).count("马骏还没看") == 1
        assert "悄悄话" not in await heard(t, "ma")


async def test_in_the_moment_between_the_new_file_and_the_next_tick_nobody_reads_it() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("li", f"悄悄 周敏 {CANARY}")
        await t.bot.apply(read(town_with(NO_DUTY), Path("config.toml")))
        for text in ("看悄悄话", "看悄悄话 1"):
            assert CANARY not in await t.bot.hear(Message("chat", text, "zhou", text))


async def test_what_has_been_read_stays_read_when_the_duty_changes() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("li", f"悄悄 周敏 {CANARY}")
        assert CANARY in await t.talk("zhou", "看悄悄话")
        await change(t, NO_DUTY)
        assert await whispers(t) == [("zhou", "", True)]
        assert CANARY not in await t.talk("zhou", "看悄悄话 1")
        assert "没有给你的" in await t.talk("zhou", "回悄悄话 1 好")


async def test_a_choice_made_of_a_list_that_has_changed_is_asked_again() -> None:
    async with town() as t:
        await t.until(ASKED)
        await play(t, f"li: 悄悄 {CANARY} | 1　周敏")
        await change(t, NO_DUTY)
        await play(t, "li: 1 | 还没有交给谁 | 1　吴强 | !交给周敏")
        await play(t, "li: 1 | 悄悄交给吴强了")


async def test_a_restart_between_the_question_and_the_answer_changes_nothing(tmp_path: Path) -> None:
    async with edited(tmp_path, ASKED) as t:
        await play(t, f"li: 悄悄 {CANARY} | 给谁")
    async with edited(tmp_path, "2026-03-02 17:50") as t:
        await play(t, f"li: 2 | 悄悄交给马骏了\nma: 看悄悄话 | {CANARY}")


async def test_the_news_of_a_whisper_read_before_it_goes_out_is_not_told() -> None:
    async with town() as t:
        await t.until("2026-03-02 21:00")
        await play(t, f"li: 悄悄 周敏 {CANARY}\nzhou: 看悄悄话 | {CANARY}\nchen: 悄悄 周敏 别的话\nchen: 收回悄悄话 2")
        await t.until("2026-03-03 08:00")
        assert "悄悄话" not in await heard(t, "zhou")
        assert await t.skipped("whisper.waits") == ["no longer holds"] * 2


async def test_many_are_read_a_few_at_a_time_and_only_those_shown_count_as_read() -> None:
    async with town() as t:
        await t.until(ASKED)
        for number in range(3):
            await t.talk("li", f"悄悄 周敏 {number}{'长' * 700}")
        assert "还有 2 条没看" in await t.talk("zhou", "看悄悄话")
        assert [seen for _, _, seen in await whispers(t)] == [True, False, False]
        assert "还有 1 条没看" in await t.talk("zhou", "看悄悄话")
        assert "“回悄悄话 3 …”" in await t.talk("zhou", "看悄悄话")


async def test_a_very_long_one_goes_on_by_more_and_is_read() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("li", f"悄悄 周敏 {'长' * 3900}{CANARY}")
        await play(t, f"zhou: 看悄悄话 | “更多” | !{CANARY}\nzhou: 更多 | {CANARY} | “回悄悄话 1 …”")
        assert [seen for _, _, seen in await whispers(t)] == [True]


async def test_a_whisper_on_the_last_evening_is_still_told_the_next_morning() -> None:
    async with town(town_with(SHORT)) as t:
        await t.until("2026-03-12 21:00")
        await play(t, f"li: 悄悄 周敏 {CANARY} | 3月13日（周五）07:30")
        await t.heard_unasked("zhou")
        await t.until("2026-03-13 08:00")
        assert "李明有一句悄悄话给你" in await heard(t, "zhou")
        await play(t, f"zhou: 看悄悄话 | {CANARY}\nzhou: 回悄悄话 1 好 | 已经结束，这里不再转达")


async def test_a_repeated_message_shows_the_same_and_marks_nothing_anew() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("li", f"悄悄 周敏 {CANARY}", key="once")
        await t.talk("li", f"悄悄 周敏 {CANARY}", key="once")
        assert len(await whispers(t)) == 1
        first = await t.talk("zhou", "看悄悄话", key="look")
        assert await t.talk("zhou", "看悄悄话", key="look") == first
        assert await t.owed("whisper.read") == ["li"]


async def test_words_go_with_the_branchs_and_the_rest_with_its_facts() -> None:
    more = '[keep]\nwords = "10d"\nfacts = "60d"\n[digest]\nweekly = "none"\nmonthly = "none"\n'
    async with town(town_with(SHORT, more=more)) as t:
        await t.until(ASKED)
        await play(
            t, f"li: 悄悄 周敏 {CANARY}\nzhou: 看悄悄话\nzhou: 回悄悄话 1 好\nli: 建议 {CANARY}\nma: 答建议 1 好"
        )
        await t.until("2026-03-22 12:00")
        assert CANARY in await t.talk("zhou", "看悄悄话 1")
        await t.until("2026-03-24 12:00")
        assert "原话已经删除" in await t.talk("zhou", "看悄悄话 1")
        for table in ("whisper", "suggestion"):
            assert await t.rows(f"SELECT 1 FROM {table} WHERE words <> '' OR answer <> ''") == []  # pyright: ignore[reportArgumentType]
            assert len(await t.rows(f"SELECT 1 FROM {table}")) == 1  # pyright: ignore[reportArgumentType]
        await t.until("2026-05-13 12:00")
        for table in ("whisper", "suggestion"):
            assert await t.rows(f"SELECT 1 FROM {table}") == []  # pyright: ignore[reportArgumentType]


SIGNED = "li: 建议 一件事 | 建议 1 号\n"


async def test_nothing_in_the_store_leads_from_an_unsigned_suggestion_to_whoever_wrote_it() -> None:
    async with town(town_with(more="[keep]\ngroup_of_at_least = 6\n")) as t:
        await t.until(ASKED)
        await play(t, f"li: 匿名建议 {CANARY} | 只有 5 个人\nli: 匿名 | 不记你的名字")
        lines = await t.bot.store.read(lambda tx: Tables(tx).lines.of("li", 0))
        assert not [line for line in lines if CANARY in line.text]
        [row] = await t.rows("SELECT member, said_on, answered_at FROM suggestion")
        assert (row["member"], row["said_on"], row["answered_at"]) == (None, "2026-03-02", None)
        assert await t.rows("SELECT 1 FROM outbox WHERE kind LIKE 'suggestion%'") == []
        assert await t.rows("SELECT 1 FROM standing") == []
        [alarm] = await t.rows("SELECT subject, at FROM alarm WHERE kind = 'suggestion'")
        assert (alarm["subject"], alarm["at"]) == ("1", "2026-03-03T01:00:00Z")
        await t.until("2026-03-03 09:00")
        assert CANARY in await heard(t, "ma")
        assert await t.rows("SELECT 1 FROM ledger WHERE kind LIKE 'sugg%' OR kind LIKE 'whisp%'") == []


async def test_a_suggestion_goes_to_whoever_is_secretary_when_it_is_passed_on() -> None:
    async with town() as t:
        await t.until(ASKED)
        await play(t, f"li: 匿名建议 {CANARY} | 书记马骏")
        await change(t, ('secretary = "ma"', 'secretary = "wu"'))
        await t.until("2026-03-03 09:00")
        assert CANARY not in await heard(t, "ma")
        assert CANARY in await heard(t, "wu")


@pytest.mark.parametrize(("answered", "told"), [(False, True), (True, False)])
async def test_the_weekly_digest_counts_the_suggestions_that_wait(*, answered: bool, told: bool) -> None:
    async with town() as t:
        await t.until(ASKED)
        await play(t, f"{SIGNED}li: 匿名建议 {CANARY}")
        if answered:
            await t.talk("ma", "答建议 1 好")
        await t.heard_unasked("ma")
        await t.until("2026-03-06 16:40")
        week = (await heard(t, "ma")).partition("周报")[2]
        assert ("有 1 条建议等你答复，回“看建议”" in week) is told
        assert CANARY not in week
