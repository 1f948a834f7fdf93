"""What need not be kept any more is gone: words a while after the end, facts after their time."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import instant
from tests.town import Town, edited, moment, town, town_with

SHORT = ("to = 2026-05-29", "to = 2026-03-12")
CANARY = "金丝雀在窗台上"
# They go on when the branch is gone, without anyone's words.
NO_FIGURES = '[digest]\nweekly = "none"\nmonthly = "none"\nquarterly = "none"\n'
TABLES_OF_WORDS = {
    "report": "said",
    "need": "words",
    "standing": "facts",
    "phone_line": "text",
    "outbox": "facts",
    "delivery": "body",
    "inbound": "answer",
}


async def say_much(t: Town) -> None:
    """Leave words everywhere words can be."""
    await t.until("2026-03-02 17:40")
    await t.talk("li", f"思想一般，{CANARY} 节点紧 胃不舒服")
    await t.talk("chen", f"求助 {CANARY}")
    await t.talk("zhou", "认领 1")
    await t.talk("zhou", f"答复 1 {CANARY}")
    await t.until("2026-03-12 21:00")
    await t.talk("wang", f"生活：{CANARY}睡不好")  # leaves a step nobody comes back to
    await t.talk("zhao", f"求助 {CANARY}")  # its news is held for the night, in which the branch ends


async def kept_words(t: Town) -> set[str]:
    """The tables that still hold anything written or said."""
    kept: set[str] = set()
    for table, column in TABLES_OF_WORDS.items():
        rows = await t.rows(f"SELECT 1 FROM {table} WHERE {column} <> '' LIMIT 1")  # pyright: ignore[reportArgumentType]
        kept |= {table} if rows else set()
    return kept


async def test_words_stay_until_their_time_and_are_gone_the_night_after() -> None:
    async with town(town_with(SHORT, more=NO_FIGURES)) as t:
        await say_much(t)
        assert await kept_words(t) == {"report", "need", "phone_line", "outbox", "standing"}
        await t.until("2026-04-12 00:00")  # thirty days after the end; the last lines on a phone are a day younger
        assert {"report", "need"} <= await kept_words(t)
        await t.until("2026-04-13 03:10")
        assert await kept_words(t) == set()


async def test_what_was_held_for_the_night_in_which_the_branch_ended_keeps_no_words() -> None:
    async with town(town_with(SHORT)) as t:
        await say_much(t)
        await t.until("2026-03-13 08:00")
        assert await t.rows("SELECT 1 FROM outbox WHERE facts <> ''") == []


async def test_the_facts_stay_when_the_words_are_gone() -> None:
    async with town(town_with(SHORT)) as t:
        await say_much(t)
        await t.until("2026-04-13 12:00")
        [report] = await t.rows("SELECT said, answered_at FROM report WHERE member = 'li' AND answered_at IS NOT NULL")
        assert (report["said"], report["answered_at"]) == ("", "2026-03-02T09:40:00Z")
        assert [row["state"] for row in await t.rows("SELECT state FROM need ORDER BY number")] == ["in_hand", "open"]


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("town.db*"))


async def test_no_word_lies_open_on_the_disk_and_after_its_time_not_sealed_either(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", SHORT) as t:
        await say_much(t)
        rows = await t.rows("SELECT said AS sealed FROM report WHERE said <> '' UNION ALL SELECT words FROM need")
        sealed = [row["sealed"].encode() for row in rows]
        disk = on_disk(tmp_path)
        assert all(one in disk for one in sealed)
        for written in (CANARY, "胃不舒服", "睡不好"):
            assert written.encode() not in disk
            assert written.encode("utf-16-le") not in disk
        await t.until("2026-04-13 12:00")
    disk = on_disk(tmp_path)
    assert len(sealed) == 4
    assert not [one for one in sealed if one in disk]


FACTS = (
    "round",
    "report",
    "need",
    "away",
    "study",
    "outbox",
    "delivery",
    "delivery_to",
    "ledger",
    "refusal",
    "membership",
)


async def test_facts_are_gone_after_theirs() -> None:
    lesson = (
        '[study.x]\ntitle = "课"\nwhen = "fri 15:10"\n[keep]\nwords = "10d"\nfacts = "60d"\n[digest]\ndaily = "none"\n'
    )
    async with town(town_with(SHORT, more=lesson)) as t:
        await say_much(t)
        await t.talk("chen", "请假 1天")
        await t.talk("chen", "手机号1380013" + "8000")
        await t.until("2026-03-14 12:00")
        counts = {table: await count(t, table) for table in FACTS}
        assert all(counts.values()), counts
        await t.until("2026-05-10 12:00")
        assert await count(t, "need") == 2
        before = instant.text(moment("2026-03-14 12:00"))
        await t.until("2026-05-14 12:00")
        assert {
            table: await count(t, table) for table in ("round", "report", "need", "away", "refusal", "membership")
        } == dict.fromkeys(("round", "report", "need", "away", "refusal", "membership"), 0)
        for table, column in (("study", "starts_at"), ("outbox", "owed_at"), ("delivery", "made_at"), ("ledger", "at")):
            old = await t.rows(f"SELECT 1 FROM {table} WHERE {column} < :before", before=before)  # pyright: ignore[reportArgumentType]
            assert old == [], table


async def count(t: Town, table: str) -> int:
    return (await t.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"]  # pyright: ignore[reportArgumentType]


async def test_a_round_that_still_goes_on_is_not_forgotten_under_it() -> None:
    short = '[keep]\nwords = "0d"\nfacts = "0d"\n'
    async with town(town_with(more=short)) as t:
        await t.until("2026-03-03 14:00")
        assert await t.owed("report.reminder") == ["chen", "li", "sun", "wang", "zhao"]


async def test_forgetting_is_done_once_a_night_also_after_a_night_it_missed(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", SHORT) as t:
        await say_much(t)
        await t.until("2026-03-13 08:00")
    async with edited(tmp_path, "2026-04-20 10:00", SHORT) as t:
        assert "report" not in await kept_words(t)
        [alarm] = await t.rows("SELECT at FROM alarm WHERE kind = 'forget'")
        assert instant.parse(alarm["at"]) - t.clock.now() < timedelta(days=1)


@pytest.mark.parametrize("text", ["求助 换个住处", "思想一般"])
async def test_a_member_taken_out_of_the_file_leaves_no_words_longer_than_the_others(tmp_path: Path, text: str) -> None:
    members = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "wang", "zhao"]')
    out = ('sun = { name = "孙悦", status = "officer", language = "en" }\n', "")
    async with edited(tmp_path, "2026-03-02 08:00", SHORT, more=NO_FIGURES) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("sun", text)
    async with edited(tmp_path, "2026-03-03 10:00", SHORT, members, out, more=NO_FIGURES) as t:
        await t.until("2026-04-13 12:00")
        assert await kept_words(t) == set()
