"""代报, where a talk cannot say it: quiet hours, consent, what is written down, what is forgotten."""

from pathlib import Path

import pytest

from bot.store.tables import Tables
from tests.flow.transcript import asked, play
from tests.town import TOWN, Town, town


async def stored(t: Town, member: str = "chen") -> list[tuple[object, ...]]:
    rows = await t.rows("SELECT way, entered_by, entered_at, late FROM report WHERE member = :who", who=member)
    return [(row["way"], row["entered_by"], row["entered_at"], row["late"]) for row in rows]


async def consent(t: Town, member: str) -> str:
    return (await t.rows("SELECT consent FROM membership WHERE member = :who", who=member))[0]["consent"]


async def test_it_is_written_down_how_it_came_and_who_entered_it_when() -> None:
    async with asked() as t:
        await t.talk("zhou", "代报 陈晓 1")
        assert await stored(t) == [("phone", "zhou", "2026-03-02T09:40:00Z", 0)]
        assert [row["note"] for row in await t.rows("SELECT note FROM ledger WHERE kind = 'reported_for'")] == ["chen"]
        await t.until("2026-03-02 18:00")
        await t.talk("chen", "生活不好")
        assert await stored(t) == [("own", "zhou", "2026-03-02T09:40:00Z", 0)]


async def test_what_she_says_first_is_hers_alone() -> None:
    async with asked() as t:
        await play(t, "chen: 思想稳\nchen: 生活好")
        assert await stored(t) == [("", None, None, 0)]


async def test_it_is_no_consent_of_hers_but_her_own_answer_is() -> None:
    async with asked() as t:
        await t.talk("zhou", "代报 陈晓 1")
        assert await consent(t, "chen") == "unasked"
        await t.talk("chen", "思想一般")
        assert await consent(t, "chen") == "given"


async def test_who_is_reported_for_is_neither_reminded_nor_called_silent() -> None:
    async with asked() as t:
        await t.talk("zhou", "代报 陈晓 1")
        await t.until("2026-03-03 18:20")
        assert "chen" not in await t.owed("report.reminder")
        assert "没有回音" in (heard := "\n".join(await t.heard("zhou")))
        assert not any("陈晓" in line for line in heard.split("\n") if "没有回音" in line)


async def test_in_quiet_hours_she_hears_in_the_morning_what_then_stands() -> None:
    async with asked() as t:
        await t.until("2026-03-02 21:00")
        await play(t, "zhou: 代报 陈晓 1\nzhou: 代报 陈晓 胃不舒服\nzhou: 代报 王静 1\nwang: 思想一般")
        assert await t.heard_unasked("chen") == []
        await t.until("2026-03-03 08:00")
        (told,) = await t.heard_unasked("chen")
        assert told.count("代报了") == 1
        assert "生活有难处“胃不舒服”" in told
        assert await t.heard_unasked("wang") == []
        assert await t.skipped("proxy.told") == ["no longer holds"] * 2


async def test_for_a_day_her_next_words_amend_what_was_entered_then_they_are_early_for_the_next_round() -> None:
    for hours, way in (("2026-03-03 17:00", "own"), ("2026-03-05 09:00", "phone")):
        async with asked() as t:
            await t.talk("zhou", "代报 陈晓 1")
            await t.until(hours)
            await t.talk("chen", "思想一般")
            assert (await stored(t))[0][0] == way


async def test_after_a_restart_the_question_whom_he_means_still_stands(tmp_path: Path) -> None:
    text = TOWN.replace('["chen", "li", "wang"', '["chen", "li", "wang", "li2"').replace(
        "[people]", '[people]\nli2 = { name = "李明", status = "officer", home = "二部" }'
    )
    async with town(text, folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        assert "李明不止一位" in await t.talk("zhou", "代报 李明 1")
    async with town(text, "2026-03-02 17:50", tmp_path) as t:
        assert "李明（二部）（电话代报），已记" in await t.talk("zhou", "li2")


@pytest.mark.parametrize("words", ["代报 陈晓 今天提审了", "代报\n陈晓 今天提审了\n王静 1"])
async def test_words_about_a_case_are_kept_on_no_phone(words: str) -> None:
    async with asked() as t:
        await t.talk("zhou", words)
        assert "提审" not in "\n".join(await t.heard("zhou") + await t.heard("chen"))
        assert "（这条没有保存）" in await said(t, "zhou")


async def said(t: Town, who: str) -> str:
    """What stands on her own side of her phone."""
    lines = await t.bot.store.read(lambda tx: Tables(tx).lines.of(who, 0))
    return "\n".join(line.text for line in lines if line.sender == who)


async def test_whose_words_are_forgotten_nobody_can_read_what_was_entered() -> None:
    async with town(TOWN.replace("to = 2026-05-29", "to = 2026-03-10")) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("zhou", "代报 陈晓 胃不舒服")
        await t.until("2026-04-12 08:00")
        rows = await t.rows("SELECT said, entered_by FROM report WHERE member = 'chen' AND way = 'phone'")
        assert [(row["said"], row["entered_by"]) for row in rows] == [("", "zhou")]
