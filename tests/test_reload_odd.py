"""Odd things that happen to the files while the bot runs: none of them ends it, and none is passed over."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import source
from bot.config.load import load
from bot.store.tables import Tables
from tests.reloading import Edited, edited_town
from tests.test_reload import MEMBERS, ONE_LEFT, TO, closes, config_health, members, valid_config
from tests.test_reload_told import told
from tests.town import TOWN, town_with

REFUSES = "CREATE TRIGGER refuses BEFORE UPDATE OF closes ON branch BEGIN SELECT raise(ABORT, 'no'); END"
PEOPLE = TOWN[TOWN.index("[people]") : TOWN.index("[branches")]
LISTED = "编号,姓名\nchen,陈晓\nli,李明\nwang,王静\nzhao,赵磊\nsun,孙悦\nzhou,周敏\nwu,吴强\nma,马骏\n"
PLACES = {"in its folder": "people.csv", "elsewhere": "../lists/people.csv", "named in full": "{root}/lists/people.csv"}


def with_roster(
    folder: Path, place: str = "people.csv", listed: str = LISTED, change: tuple[str, str] = ("", "")
) -> str:
    """The town with its people in a roster there; `change` is one of the file."""
    roster = folder / place
    roster.parent.mkdir(exist_ok=True)
    roster.write_text(listed, "utf-8")
    return TOWN.replace(PEOPLE, f'[roster]\nfile = "{place}"\n').replace(*change)


async def refusing(t: Edited) -> None:
    await t.bot.store.write(lambda tx: tx.run(REFUSES))


async def test_a_file_that_cannot_be_read_is_broken_and_the_bot_goes_on(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        t.file.unlink()
        t.file.symlink_to("/proc/self/mem")  # is there, and gives nothing, whoever asks
        assert (await t.look()).state == "broken"
        t.file.unlink()
        assert (await t.save(TO)).state == "applied"


async def test_a_folder_with_an_impossible_name_is_no_end(tmp_path: Path) -> None:
    async with edited_town(tmp_path, text=f'sentences = "{"x" * 300}"\n{TOWN}') as t:
        assert (await t.look()).state == "same"


async def test_what_breaks_while_it_is_applied_changes_nothing_and_health_says_so(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await refusing(t)
        t.file.write_text(town_with(TO), "utf-8")
        assert await t.reloader.look_if_saved() is None
        assert await closes(t) == "2026-05-29"
        assert (await config_health(t.bot))["stale_since"]
        assert t.bot.config == load_text(TOWN, tmp_path)


def load_text(text: str, folder: Path) -> object:
    (folder / "again.toml").write_text(text, "utf-8")
    return load(folder / "again.toml")


async def test_a_yes_to_what_is_held_no_more_is_not_looked_at_again_and_again(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.save(ONE_LEFT)
        await t.talk("zhou", "确认生效")
        await t.save((MEMBERS, 'members = ["li"]'))
        assert await t.reloader.look_if_saved() is not None  # it was saved
        assert await t.reloader.look_if_saved() is None
        assert (await t.save(ONE_LEFT)).state == "held"
        assert await members(t) == 5


async def test_what_waits_is_told_once_however_often_the_bot_is_started(tmp_path: Path) -> None:
    async with edited_town(tmp_path):
        pass
    for hour in ("08:00", "09:00"):
        async with edited_town(tmp_path, f"2026-03-03 {hour}", town_with(ONE_LEFT)) as t:
            assert (await config_health(t.bot))["waits_for_confirmation"]
            assert await told(t, "还没有生效") == 1  # of both starts together: a phone keeps its lines


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_a_roster_that_waits_for_a_yes_is_not_read_at_a_start(tmp_path: Path, place: str) -> None:
    unit = tmp_path / "unit"
    unit.mkdir()
    place = place.format(root=tmp_path)
    async with edited_town(unit, text=with_roster(unit, place)):
        pass
    fewer = "\n".join(LISTED.splitlines()[:2] + LISTED.splitlines()[6:]) + "\n"
    text = with_roster(unit, place, fewer, (MEMBERS, 'members = ["chen"]'))
    async with edited_town(unit, "2026-03-03 08:00", text) as t:
        assert await members(t) == 5
        assert len(t.bot.config.people) == 8
        assert (await config_health(t.bot))["waits_for_confirmation"]


async def test_of_a_roster_elsewhere_no_copy_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit, copies = tmp_path / "unit", tmp_path / "tmp"
    unit.mkdir()
    copies.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(copies))
    async with edited_town(unit, text=with_roster(unit, "../lists/people.csv")) as t:
        known = await t.bot.store.read(lambda tx: source.applied(tx, t.file))
        assert known == t.bot.config
        assert list(copies.iterdir()) == []


async def test_each_thing_that_is_wrong_with_the_roster_is_told(tmp_path: Path) -> None:
    async with edited_town(tmp_path, text=with_roster(tmp_path)) as t:
        for listed in (LISTED + "he\n", LISTED + "he\n", LISTED + ",何苗\n"):
            with_roster(tmp_path, listed=listed)
            assert (await t.look()).state == "broken"
        assert await told(t, "没有生效") == 2


async def test_a_roster_that_is_mended_where_a_broken_file_names_it_is_seen(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        t.file.write_text(with_roster(tmp_path, "lists/people.csv", LISTED + "he\n"), "utf-8")
        found = await t.reloader.look_if_saved()
        assert found
        assert found.state == "broken"
        with_roster(tmp_path, "lists/people.csv")
        assert await t.reloader.look_if_saved() is not None
        assert not (await config_health(t.bot))["stale_since"]


async def test_the_admins_hear_in_the_same_unit_of_work_that_applies(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        refuses = (
            "CREATE TRIGGER r BEFORE INSERT ON outbox WHEN NEW.kind = 'apply.done' BEGIN SELECT raise(ABORT, 'no'); END"
        )
        await t.bot.store.write(lambda tx: tx.run(refuses))
        t.file.write_text(town_with(TO), "utf-8")
        assert await t.reloader.look_if_saved() is None
        assert await closes(t) == "2026-05-29"
        assert "2026-06-12" not in "".join((await t.bot.store.read(lambda tx: Tables(tx).facts.applied())).values())


SAVES = st.tuples(st.sampled_from(["config.toml", "people.csv"]), st.integers(0, 60), st.booleans())


@settings(max_examples=15, deadline=None)
@given(st.lists(SAVES, min_size=1, max_size=6))
async def test_what_is_in_force_was_once_valid_with_its_roster(saves: list[tuple[str, int, bool]]) -> None:
    """Either file is cut short, before a look or while it is going on; or whole again, cut short by nothing."""
    with tempfile.TemporaryDirectory() as folder:
        async with edited_town(Path(folder), text=with_roster(Path(folder))) as t:
            whole = {name: (Path(folder) / name).read_bytes() for name in ("config.toml", "people.csv")}
            valid = [t.bot.config]
            for name, cut, during in saves:
                look = asyncio.ensure_future(t.reloader.look(confirmed=True)) if during else None
                await asyncio.sleep(0)
                (Path(folder) / name).write_bytes(whole[name][: len(whole[name]) - cut])
                valid += [found] if (found := valid_config(t.file)) else []
                await (look or t.reloader.look(confirmed=True))
                assert t.bot.config in valid
                assert await t.bot.store.read(lambda tx: source.applied(tx, t.file)) in valid
            await t.look(confirmed=True)
            assert (valid_config(t.file) or t.bot.config) == t.bot.config
