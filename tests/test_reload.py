"""The file is edited while the bot runs: valid is applied, broken changes nothing, what is large waits."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import Bot
from bot.config.load import load, read
from bot.config.model import Config
from bot.errors import CannotStart, ConfigBroken
from tests.reloading import Edited, edited_town
from tests.town import TOWN, town_with

TO = ("to = 2026-05-29", "to = 2026-06-12")
MEMBERS = 'members = ["chen", "li", "wang", "zhao", "sun"]'
ONE_LEFT = (MEMBERS, 'members = ["chen"]')
BROKEN = ('kind = "case"', 'kind = "cace"')
NEW = """
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-02
to = 2026-03-20
liaison = ["wu"]
members = ["chen", "zhou"]
"""


async def closes(t: Edited) -> str:
    return (await t.rows("SELECT closes FROM branch WHERE id = 'qingfeng'"))[0]["closes"]


async def members(t: Edited) -> int:
    return len(await t.rows("SELECT member FROM membership WHERE branch = 'qingfeng' AND left_at IS NULL"))


async def config_health(bot: Bot) -> dict[str, object]:
    return (await bot.health())["config"]


async def test_what_was_saved_is_applied_and_the_admin_hears_what_it_was(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("zhou")
        assert (await t.save(TO)).state == "applied"
        assert await closes(t) == "2026-06-12"
        [told] = [line for line in await t.heard("zhou") if "配置已生效" in line]
        assert "「清风专班临时党支部」的最后一天：5月29日（周五） → 6月12日（周五）" in told


async def test_a_new_branch_opens_while_the_bot_runs(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("chen")
        await t.save(more=NEW)
        assert await t.state("hailan") == "running"
        assert any("海澜培训班" in line for line in await t.heard("chen"))
        await t.save()
        assert "配置文件里已没有「海澜培训班」" in "".join(await t.heard("zhou"))


async def test_rules_that_live_in_the_file_alone_hold_at_once(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        assert "案号" not in await t.talk("li", "海棠花开了")
        outcome = await t.save(more='[gate]\nwords = ["海棠"]\n')
        assert outcome.plan
        assert [change.key for change in outcome.plan.changes] == ["plan.setting_veiled"]
        before = len(await t.rows("SELECT rule FROM refusal"))
        await t.talk("li", "海棠花开了")
        assert len(await t.rows("SELECT rule FROM refusal")) == before + 1


async def test_another_hour_for_the_digest_holds_from_the_next_one_on(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.talk("li", "求助 换房")
        await t.until("2026-03-02 12:00")
        await t.save(more='[digest]\ndaily = "daily 13:00"\n')
        await t.heard("zhou")
        await t.until("2026-03-02 13:00")
        assert "摘要" in "".join(await t.heard("zhou"))


async def test_a_broken_file_changes_nothing_and_the_admin_hears_why_once(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("zhou")
        for _ in range(2):
            assert (await t.save(TO, BROKEN)).state == "broken"
        assert await closes(t) == "2026-05-29"
        assert (await config_health(t.bot))["stale_since"] == "2026-03-02T00:00:00Z"
        [told] = await t.heard("zhou")
        assert "cace" in told
        assert "没有生效" in told
        assert (await t.save(TO)).state == "applied"
        assert await config_health(t.bot) == {"stale_since": None, "waits_for_confirmation": False}


async def test_an_admin_who_reads_english_hears_it_in_english(tmp_path: Path) -> None:
    async with edited_town(tmp_path, text=TOWN.replace('"周敏" }', '"Zhou", language = "en" }')) as t:
        await t.heard("zhou")
        english = ('zhou = { name = "周敏" }', 'zhou = { name = "Zhou", language = "en" }')
        await t.save(english, TO)
        await t.save(english, TO, BROKEN)
        await t.save(english, TO, ONE_LEFT)
        done, broken, held = (line for line in await t.heard("zhou") if "configuration" in line)
        assert "last day: Fri 29 May → Fri 12 Jun" in done
        assert "what held before still holds" in broken
        assert "4 people leave a branch" in held


async def test_a_look_that_breaks_costs_nobody_the_bot(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with edited_town(tmp_path) as t:
        watching = asyncio.create_task(t.reloader.watch())
        await t.bot.store.close()  # whatever it wants of the store breaks from now on
        t.reloader.wake()
        for _ in range(400):
            await asyncio.sleep(0.01)
            if "look broke" in caplog.text:
                break
        assert "look broke" in caplog.text
        assert not watching.done()
        watching.cancel()


async def test_the_same_file_saved_again_is_no_news(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("zhou")
        assert (await t.save(more="# a remark\n")).state == "same"
        assert await t.heard("zhou") == []


async def test_many_who_would_leave_wait_for_an_admin_s_word(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.heard("zhou")
        assert (await t.save(ONE_LEFT)).state == "held"
        assert (await members(t), await config_health(t.bot)) == (
            5,
            {"stale_since": "2026-03-02T00:00:00Z", "waits_for_confirmation": True},
        )
        assert "4 人离开支部" in (await t.heard("zhou"))[-1]
        assert "由管理员确认：周敏" in await t.talk("li", "确认生效")
        assert "这就生效" in await t.talk("zhou", "确认生效")
        assert (await t.look()).state == "applied"
        assert await members(t) == 1


async def test_many_messages_wait_for_an_admin_s_word(tmp_path: Path) -> None:
    async with edited_town(tmp_path, text=TOWN + "[limits]\napply_messages = 2\n") as t:
        outcome = await t.save(more=NEW + "[limits]\napply_messages = 2\n")
        assert outcome.state == "held"
        assert outcome.plan
        assert sorted(one.member for one in outcome.plan.messages) == ["chen", "wu", "zhou"]
        assert await t.rows("SELECT id FROM branch WHERE id = 'hailan'") == []


async def test_a_yes_is_for_the_file_it_was_said_of(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.save(ONE_LEFT)
        await t.talk("zhou", "确认生效")
        assert (await t.save((MEMBERS, 'members = ["li"]'))).state == "held"
        assert await members(t) == 5


async def test_a_file_changed_back_waits_no_more(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.save(ONE_LEFT)
        assert (await t.save()).state == "same"
        assert await config_health(t.bot) == {"stale_since": None, "waits_for_confirmation": False}
        assert "没有等待确认" in await t.talk("zhou", "确认生效")


async def test_a_bare_yes_to_another_question_is_not_taken_for_this(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.save(ONE_LEFT)
        assert "现在就结束" in await t.talk("zhou", "立即结束")
        assert "已结束" in await t.talk("zhou", "确认")
        assert await t.rows("SELECT value FROM setting WHERE name = 'confirmed'") == []


async def test_a_start_with_a_large_change_goes_on_with_what_was_applied_last(tmp_path: Path) -> None:
    async with edited_town(tmp_path):
        pass
    async with edited_town(tmp_path, "2026-03-03 08:00", town_with(ONE_LEFT)) as t:
        assert await members(t) == 5
        assert "4 人离开支部" in "".join(await t.heard("zhou"))
        await t.talk("zhou", "确认")
        assert (await t.look()).state == "applied"
    async with edited_town(tmp_path, "2026-03-04 08:00", None) as t:
        assert await members(t) == 1


async def test_where_the_last_file_is_not_known_a_large_change_is_not_begun(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.bot.store.write(lambda tx: tx.run("DELETE FROM setting WHERE name = 'applied_source'"))
    with pytest.raises(CannotStart, match="start_held"):
        async with edited_town(tmp_path, "2026-03-03 08:00", town_with(ONE_LEFT)):
            pass


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, len(TOWN.encode())), min_size=1, max_size=6))
async def test_what_is_in_force_was_always_wholly_valid(cuts: list[int]) -> None:
    """Half-written saves, one after another: what was valid as a whole is in force, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        async with edited_town(Path(folder), text=TOWN) as t:
            in_force = read(TOWN, t.file)
            for cut in cuts:
                t.file.write_bytes(TOWN.encode()[:cut])
                outcome = await t.look(confirmed=True)
                valid = valid_config(t.file)
                assert (outcome.state == "broken") is (valid is None)
                in_force = valid or in_force
                assert t.bot.config == in_force


def valid_config(file: Path) -> Config | None:
    try:
        return load(file)
    except ConfigBroken:
        return None
