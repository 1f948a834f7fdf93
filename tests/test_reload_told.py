"""What the admins hear when a version of the file comes back that they have heard of before."""

from datetime import timedelta
from pathlib import Path

from tests.reloading import Edited, edited_town
from tests.test_reload import BROKEN, ONE_LEFT, TO


async def told(t: Edited, words: str) -> int:
    return len([line for line in await t.heard("zhou") if words in line])


async def test_a_change_that_is_taken_back_is_told_too(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        for change in (TO, None, TO):
            t.clock.move(t.clock.now() + timedelta(minutes=1))
            assert (await t.save(*([change] if change else []))).state == "applied"
            assert await told(t, "配置已生效") == 1


async def test_a_large_change_that_comes_again_is_told_again_and_once_while_it_waits(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        for _ in range(2):
            t.clock.move(t.clock.now() + timedelta(minutes=1))
            await t.save(ONE_LEFT)
            t.clock.move(t.clock.now() + timedelta(minutes=1))
            await t.save(ONE_LEFT)
            assert await told(t, "还没有生效") == 1
            await t.save()


async def test_a_mistake_that_comes_again_is_told_again(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        for _ in range(2):
            t.clock.move(t.clock.now() + timedelta(minutes=1))
            await t.save(BROKEN)
            assert await told(t, "没有生效") == 1
            await t.save()


async def test_there_is_nothing_to_say_yes_to_while_the_file_is_broken(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.save(ONE_LEFT)
        await t.save(BROKEN)
        assert "没有等待确认" in await t.talk("zhou", "确认生效")


async def test_what_the_admin_hears_has_no_empty_lines(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("zhou")
        for change in (ONE_LEFT, BROKEN):
            await t.save(change)
        heard = await t.heard("zhou")
        assert len(heard) == 2
        assert [line for line in heard if "\n\n" in line] == []


async def test_what_was_mended_in_quiet_hours_is_no_news_in_the_morning(tmp_path: Path) -> None:
    async with edited_town(tmp_path, "2026-03-02 22:00") as t:
        for change in (ONE_LEFT, BROKEN):
            await t.save(change)
            await t.save()
        await t.save(ONE_LEFT)
        await t.until("2026-03-03 08:00")
        assert await told(t, "没有生效") == 1
        assert await t.skipped("apply.broken") == ["no longer holds"]
