"""A skipped round: neither asked again, nor reminded, nor silent; the reason is sealed and in time forgotten."""

import json
from pathlib import Path

import pytest

from bot.store.tables import Tables
from tests.export.test_export import exported
from tests.flow.test_week import week
from tests.flow.transcript import asked, play, told
from tests.place import unit
from tests.town import Town, edited, town, town_with

WHY = "陪孩子看牙"


async def digest(t: Town) -> str:
    return await t.talk("zhou", "摘要")


async def test_who_put_it_off_and_then_skips_is_not_asked_when_the_time_is_over() -> None:
    async with asked() as t:
        await play(t, "li: 稍后 1小时 | 18:40\nli: 跳过 | 那次跳过\nli: 稍后 | 现在没有等你回答的")
        await t.until("2026-03-03 18:00")
        assert await t.heard_unasked("li") == []
        assert "li" not in await t.owed("report.reminder")
        assert (await t.owed("report.question")).count("li") == 1


async def test_it_holds_over_a_restart(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, f"li: 今天跳过 {WHY} | 那次跳过")
    async with edited(tmp_path, "2026-03-02 17:50") as t:
        await t.until("2026-03-03 18:00")
        assert "li" not in await t.owed("report.reminder")
        assert "李明" not in "".join(text for text in await t.heard("zhou") if "还没有回音" in text)


async def test_the_reason_lies_sealed_and_is_forgotten_with_the_words() -> None:
    short = ("to = 2026-05-29", "to = 2026-03-12")
    async with asked(town_with(short)) as t:
        await play(t, f"li: 今天跳过 {WHY}")
        [row] = await t.rows("SELECT skipped_why FROM report WHERE member = 'li'")
        assert row["skipped_why"] != ""
        assert WHY not in row["skipped_why"]
        assert WHY in await digest(t)
        await t.until("2026-04-13 04:00")
        assert (await t.rows("SELECT skipped_why, skipped_at FROM report WHERE skipped_at <> ''"))[0][
            "skipped_why"
        ] == ""


async def test_words_about_the_case_are_not_even_on_her_phone() -> None:
    async with asked() as t:
        await play(t, "li: 今天跳过 在提审嫌疑人 | 没有保存")
        assert (await t.rows("SELECT skipped_why FROM report WHERE member = 'li'"))[0]["skipped_why"] == ""
        assert "嫌疑人" not in "".join(
            line.text for line in await t.bot.store.read(lambda tx: Tables(tx).lines.of("li", 0))
        )


async def test_no_figure_counts_her_as_asked_and_no_bulletin_knows_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with unit(tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, f"li: 今天跳过 {WHY}\nwang: 跳过\nwang: 1 | 已记")
        rows = {row["member"]: row for row in exported(tmp_path, capsys, "reports", "--words")}
        assert (rows["李明"]["asked"], rows["王静"]["asked"], rows["陈晓"]["asked"]) == (False, False, True)
        assert WHY not in json.dumps(list(rows.values()), ensure_ascii=False)
        text = await week(t)
        assert "问了 2 次：9 人次，答 1 人次" in text  # of five asked on Monday li is none
        assert WHY not in text
        assert "跳过" not in text


async def test_only_a_new_skip_is_news_for_the_daily_digest() -> None:
    rest = "chen: 1\nwang: 1\nzhao: 1\nsun: 1\n"
    async with asked() as t:
        await play(t, rest)
        await t.until("2026-03-02 18:20")
        await told(t, "zhou")
        await t.until("2026-03-02 18:30")
        await play(t, f"li: 跳过 {WHY}")
        await t.until("2026-03-03 18:20")
        assert f"这次跳过：李明（{WHY}）" in await told(t, "zhou")
        await t.until("2026-03-04 18:20")
        assert await told(t, "zhou") == ""


async def test_who_takes_no_part_or_is_away_skips_nothing() -> None:
    async with asked() as t:
        await play(t, "li: 不同意\nli: 跳过 | 现在没有要答的")
        await play(t, f"wang: 跳过 {WHY}\nwang: 请假 3天")
        assert "跳过：" not in await digest(t)


async def test_a_replanned_schedule_keeps_what_was_skipped_in_advance(tmp_path: Path) -> None:
    ask = ('liaison = ["zhou", "wu"]', 'liaison = ["zhou", "wu"]\nreport = { ask = "mon,thu 18:30" }')
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-05 09:00")
        await play(t, "li: 1\nli: 今天跳过 | 3月5日（周四）17:40那次跳过")
    async with edited(tmp_path, "2026-03-05 09:10", ask) as t:
        await t.until("2026-03-05 17:40")
        assert "li" not in (await t.owed("report.question"))[5:]
