"""What is taken back is gone: from the store, the digest, the export and her own phone, over a restart as well."""

import json
from pathlib import Path

import pytest

from bot.channels.base import Capabilities
from bot.message import Message
from bot.store.inbound import Inbound
from bot.store.lines import Lines
from tests.export.test_export import exported
from tests.fakes import FakeChannel
from tests.flow.transcript import asked, play
from tests.place import unit
from tests.town import Town, edited, town

CANARY = "金丝雀在窗台上叫"


async def opened(t: Town) -> str:
    """All that can be read in the store of what was said to and by her, and in what was kept of reports."""
    lines = await t.bot.store.read(lambda tx: Lines(tx).of("li", 0))
    reports = await t.rows("SELECT said FROM report WHERE said <> ''")
    waits = await t.rows("SELECT text FROM unsaid")
    return "\n".join([line.text for line in lines] + [str(row) for row in [*reports, *waits]])


async def test_no_word_of_it_is_left_in_the_store() -> None:
    async with asked() as t:
        await play(t, f"li: 思想一般，生活：{CANARY}睡不好\nli: 我的记录 | {CANARY}\nli: 思想稳定 | 已改")
        assert CANARY in await opened(t)
        await play(t, "li: 撤回 | 已撤回")
        assert CANARY not in await opened(t)
        [row] = await t.rows("SELECT * FROM report WHERE member = 'li'")
        assert (row["said"], row["messages"], row["answered_at"], row["amended_at"], row["late"]) == (
            "",
            "",
            None,
            None,
            0,
        )


async def test_what_she_said_besides_stays_on_her_phone() -> None:
    async with asked() as t:
        await play(t, f"li: ?\nli: {CANARY}睡不好\nli: 稍后 2小时\nli: 撤回 | 已撤回")
        said = [line.text for line in await t.bot.store.read(lambda tx: Lines(tx).of("li", 0)) if line.sender == "li"]
        assert said == ["?", "稍后 2小时", "撤回"]


async def test_a_long_record_that_waits_for_more_is_gone_too() -> None:
    async with town() as t:
        t.bot.channels = {"chat": FakeChannel()}
        t.bot.channels["chat"].can = Capabilities(most_bytes=400, reaches_outside=False)  # pyright: ignore[reportAttributeAccessIssue]
        await t.until("2026-03-02 17:40")
        await play(t, f"li: 生活：睡不好{CANARY * 20}\nli: 我的记录 | 更多")
        assert await t.rows("SELECT 1 FROM unsaid")
        await play(t, "li: 撤回 | 已撤回")
        assert not await t.rows("SELECT 1 FROM unsaid")


async def test_where_the_channel_remembers_nothing_the_kept_answer_is_blanked_and_a_repeat_is_known() -> None:
    async with town() as t:
        t.bot.channels = {"chat": FakeChannel()}
        await t.until("2026-03-02 17:40")
        await t.talk("li", f"生活：睡不好{CANARY}", key="one")
        await t.talk("li", "撤回")
        id_ = await t.bot.store.read(lambda tx: Inbound(tx).id_of("chat", "one"))
        assert (await t.rows("SELECT answer FROM inbound WHERE id = :id", id=id_))[0]["answer"] == ""
        assert CANARY not in await t.bot.hear(Message("chat", "one", "li", f"生活：睡不好{CANARY}"))
        assert not await t.rows("SELECT 1 FROM report WHERE answered_at IS NOT NULL")


async def test_the_export_and_the_digest_know_nothing_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with unit(tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, f"li: 生活：睡不好{CANARY}\nli: 撤回 | 已撤回")
        rows = exported(tmp_path, capsys, "reports", "--words")
        assert CANARY not in json.dumps(rows, ensure_ascii=False)
        assert [row["answered_at"] for row in rows if row["member"] == "李明"] == [None]
        assert CANARY not in await t.talk("zhou", "摘要")


async def test_it_counts_as_unanswered_she_is_reminded_and_silent_and_may_answer_late() -> None:
    async with asked() as t:
        await play(t, "li: 1\nli: 撤回")
        await t.until("2026-03-03 13:40")
        assert "li" in await t.owed("report.reminder")
        await t.until("2026-03-03 17:40")
        assert "李明" in "".join(await t.heard("zhou"))
        await play(t, "li: 1 | 晚到\nli: 撤回 | 已撤回")


async def test_an_answer_given_early_is_taken_back_and_the_question_comes(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-04 18:00")
        await play(t, "li: 思想一般 | 已记\nli: 胃不舒服 | 已改")
    async with edited(tmp_path, "2026-03-04 18:10") as t:
        await play(t, "li: 撤回 | 3月2日（周一）17:40那次的回答已撤回")
        await play(t, "li: 思想稳定 | 已记：思想稳定")
        await t.until("2026-03-05 17:40")
        assert (await t.owed("report.question")).count("li") == 2


async def test_taking_back_an_early_answer_brings_the_question_at_its_hour() -> None:
    async with asked() as t:
        await play(t, "li: 1")
        await t.until("2026-03-04 18:00")
        await play(t, "li: 思想一般 | 提前答\nli: 撤回 | 3月5日（周四）17:40那次")
        await t.until("2026-03-05 17:40")
        assert (await t.owed("report.question")).count("li") == 2


async def test_a_sentence_that_begins_like_it_withdraws_nothing() -> None:
    async with asked() as t:
        await play(t, "li: 思想稳定\nli: 收回了宿舍钥匙 | !已撤回\nli: 撤回诉求 | 没有诉求\nli: 收回来的快递 | !已撤回")
        assert await t.rows("SELECT 1 FROM report WHERE said <> ''")


async def test_nothing_can_be_taken_back_where_the_branch_has_closed() -> None:
    async with asked() as t:
        await play(t, "li: 思想稳定\nzhou: 立即结束 | 确认\nzhou: 确认 | 已结束\nli: 撤回 | 没有可以撤回的")
        assert await t.rows("SELECT 1 FROM report WHERE said <> ''")
