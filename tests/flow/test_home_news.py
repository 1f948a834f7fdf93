"""Home news through starts, missed hours and forgetting: what was written goes once, and leaves no trace after."""

from pathlib import Path

from tests.town import Town, town

HOMES = Path(__file__).parents[1] / "talks" / "office.toml"
WORDS = "体检报告出来了"


def office(more: str = "") -> str:
    return HOMES.read_text("utf-8") + more


async def kept(t: Town) -> list[tuple[bool, bool]]:
    """Of each piece of news whether its words are there, and whether it has gone out."""
    rows = await t.rows("SELECT words, sent_at FROM news ORDER BY number")
    return [(row["words"] != "", row["sent_at"] is not None) for row in rows]


async def test_it_waits_through_a_start_goes_once_and_its_words_are_gone(tmp_path: Path) -> None:
    async with town(office(), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        assert await kept(t) == [(True, False)]
        words = (await t.rows("SELECT words FROM news"))[0]["words"]
        assert WORDS not in words
    async with town(office(), "2026-03-05 10:00", tmp_path) as t:
        await t.until("2026-03-06 17:31")
        assert await t.owed("news.week") == ["chen", "li"]
        assert await kept(t) == [(False, True)]
        await t.until("2026-03-13 17:31")
        assert await t.owed("news.week") == ["chen", "li"]


async def test_an_hour_that_was_missed_is_made_up_for(tmp_path: Path) -> None:
    async with town(office(), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
    async with town(office(), "2026-03-07 10:00", tmp_path) as t:
        assert await t.owed("news.week") == ["chen", "li"]


async def test_what_is_taken_back_leaves_no_row(tmp_path: Path) -> None:
    async with town(office(), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        await t.talk("qian", "撤回消息")
        assert await kept(t) == []


async def test_whoever_leaves_for_days_before_it_is_sent_is_skipped() -> None:
    async with town(office('[digest]\nnews = "fri 21:00"\n'), "2026-03-03 10:00") as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        await t.until("2026-03-06 21:01")
        assert await t.owed("news.week") == ["chen", "li"]
        await t.talk("li", "静默 48小时")
        await t.until("2026-03-07 08:00")
        assert await t.owed("news.week") == ["chen"]
        assert await t.skipped("news.week") == ["no longer holds"]


async def test_it_counts_as_a_message_nobody_asked_for() -> None:
    async with town(office("[limits]\nprompts_per_day = 1\n[report]\nask = 'fri 12:00'\n"), "2026-03-03 10:00") as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        await t.until("2026-03-06 17:31")
        assert await t.skipped("news.week") == ["cap", "cap"]


async def test_what_waits_for_an_hour_that_never_comes_is_forgotten() -> None:
    async with town(office('[digest]\nnews = "yearly 12-31 17:30"\n'), "2026-03-03 10:00") as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        await t.until("2026-04-01 12:00")
        assert await kept(t) == [(True, False)]
        await t.until("2026-04-04 12:00")
        assert await kept(t) == []


async def test_that_something_was_sent_is_forgotten_with_the_other_facts() -> None:
    keep = '[keep]\nwords = "5d"\nfacts = "10d"\n'
    async with town(office(keep), "2026-03-03 10:00") as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
        await t.until("2026-03-15 12:00")
        assert await kept(t) == [(False, True)]
        await t.until("2026-03-17 12:00")
        assert await kept(t) == []


async def test_another_hour_in_the_file_is_the_hour_from_then_on(tmp_path: Path) -> None:
    async with town(office(), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("qian", f"家里消息 第一党支部：{WORDS}")
    async with town(office('[digest]\nnews = "thu 12:00"\n'), "2026-03-04 10:00", tmp_path) as t:
        assert "3月5日（周四）12:00" in await t.talk("qian", "家里消息 第二党支部：食堂开了面馆")
        await t.until("2026-03-05 12:01")
        assert await t.owed("news.week") == ["chen", "li", "li2", "wang", "zhao"]
