"""Members added and removed in chat stay so through starts and edits; the file acts where its own list changes."""

from pathlib import Path

from bot.config.load import read
from bot.flow.plan import foresee
from bot.flow.plan_lines import change_lines
from tests.reloading import edited_town
from tests.town import Town, edited, town, town_with

NAMES = '["chen", "li", "wang", "zhao", "sun"]'
MEMBERS = f"members = {NAMES}"
EXTRA = ('ma = { name = "马骏" }', 'ma = { name = "马骏" }\nhe = { name = "何雨", status = "full" }')


async def members(t: Town) -> list[str]:
    sql = "SELECT member FROM membership WHERE branch = 'qingfeng' AND left_at IS NULL ORDER BY member"
    return [row["member"] for row in await t.rows(sql)]


async def change(t: Town) -> None:
    """何雨 is added, 王静 leaves."""
    await t.talk("zhou", "加人 何雨")
    await t.talk("zhou", "移出 王静")
    await t.talk("zhou", "确认")


async def test_the_next_start_undoes_nothing(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        await change(t)
    async with edited(tmp_path, "2026-03-03 10:00", EXTRA) as t:
        assert await members(t) == ["chen", "he", "li", "sun", "zhao"]
        assert await t.owed("branch.welcome") == ["chen", "li", "sun", "wang", "zhao", "he"]
        assert await t.owed("branch.left") == ["wang"]


async def test_the_file_acts_on_those_whom_its_list_newly_names_or_no_longer_does(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        await change(t)
    fewer = (MEMBERS, 'members = ["chen", "li", "wang", "sun", "ma"]')
    async with edited(tmp_path, "2026-03-03 10:00", EXTRA, fewer) as t:
        assert await members(t) == ["chen", "he", "li", "ma", "sun"]
        assert (await t.owed("branch.left"))[-1] == "zhao"


async def test_named_anew_by_the_file_whoever_was_removed_is_back(tmp_path: Path) -> None:
    without = (MEMBERS, 'members = ["chen", "li", "zhao", "sun"]')
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        await change(t)
    async with edited(tmp_path, "2026-03-03 10:00", EXTRA, without) as t:
        assert "wang" not in await members(t)
    async with edited(tmp_path, "2026-03-04 10:00", EXTRA) as t:
        assert "wang" in await members(t)


async def test_a_saved_file_undoes_nothing_either(tmp_path: Path) -> None:
    async with edited_town(tmp_path, text=town_with(EXTRA)) as t:
        await change(t)
        await t.save(EXTRA, ("to = 2026-05-29", "to = 2026-06-05"))
        assert await members(t) == ["chen", "he", "li", "sun", "zhao"]


async def test_a_branch_that_comes_back_into_the_file_has_the_members_it_says(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        await change(t)
        text = town_with(EXTRA)
    async with town(text[: text.index("[branches")], "2026-03-03 10:00", tmp_path):
        pass
    async with edited(tmp_path, "2026-03-04 10:00", EXTRA) as t:
        assert await members(t) == ["chen", "li", "sun", "wang", "zhao"]


async def plan_lines(t: Town, *changes: tuple[str, str]) -> str:
    new = read(town_with(*changes), Path("config.toml"))
    now = t.clock.now()
    plan = await t.bot.store.rehearse(lambda tx: foresee(tx, t.bot.config, new, now))
    return "\n".join(change_lines(t.bot.renderer, "zh", plan))


async def test_a_plan_says_what_was_done_in_chat_and_stays(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        assert "在聊天里" not in await plan_lines(t, EXTRA)
        await change(t)
        assert "「清风专班临时党支部」在聊天里加了 何雨，移出了 王静，保持不变" in await plan_lines(t, EXTRA)
        agreeing = (MEMBERS, 'members = ["chen", "li", "zhao", "sun", "he"]')
        assert "在聊天里" not in await plan_lines(t, EXTRA, agreeing)
        half = (MEMBERS, 'members = ["chen", "li", "zhao", "sun"]')
        assert "在聊天里加了 何雨，保持不变" in await plan_lines(t, EXTRA, half)


async def test_a_closed_branch_is_nobody_s_plan_any_more(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00", EXTRA) as t:
        await change(t)
        await t.talk("zhou", "立即结束")
        await t.talk("zhou", "确认")
        assert "加了" not in await plan_lines(t, EXTRA)
