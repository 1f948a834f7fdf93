"""Backups and restores that are killed half-way, and a backup of a bot that does not stop for it."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from bot.backup.examining import Examined, examine
from bot.errors import CannotStart
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite_copy import look
from tests.place import ASKED, backed_up, backups, lianxin, settings, unit

ROOT = Path(__file__).parents[2]


def killed(before: tuple[str, str, int], *words: object) -> bool:
    command = [sys.executable, "-m", "tests.faults.stopping", *map(str, before), *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=50, check=False).returncode == -9


def opened(archive: Path, folder: Path) -> Examined:
    (folder / "opened").mkdir()
    return examine(archive, folder / "opened", MIGRATIONS)


BACKING_UP = [
    ("sqlite3.connect", "backup.part/lianxin.db", 1),
    ("sqlite3.connect", "backup.part/lianxin.db", 2),
    ("open", "backup.part/lianxin.db", 1),
    ("open", "new.zip", 1),
    ("open", "backup.part/lianxin.db", 2),
    ("os.remove", "backup.part/lianxin.db", 1),
    ("open", "tried/lianxin.db", 1),
    ("sqlite3.connect", "tried/lianxin.db", 1),
    ("os.rename", "new.zip", 1),
]


@pytest.mark.parametrize("before", BACKING_UP)
async def test_a_backup_killed_half_way_leaves_nothing_that_looks_like_one(
    tmp_path: Path, before: tuple[str, str, int]
) -> None:
    async with unit(tmp_path):
        assert killed(before, "backup", tmp_path / "config.toml")
        assert backups(tmp_path) == []
        assert lianxin("backup", tmp_path / "config.toml") == 0
    assert opened(backups(tmp_path)[0], tmp_path).has_key
    assert sorted(file.suffix for file in backups(tmp_path)[0].parent.iterdir()) == [".lock", ".zip"]


RESTORING = [
    (("open", "town.db.restoring", 1), ["li", "wang"]),
    (("os.rename", "before-restore", 1), ["refused"]),
    (("os.rename", "restore.part/lianxin.db", 1), ["refused"]),
    (("open", "town.key.part", 1), ["refused"]),
    (("os.rename", "town.key.part", 1), ["refused"]),
    (("os.remove", "town.db.restoring", 1), ["refused"]),
    (("shutil.rmtree", "restore.part", 2), ["li"]),
]


async def needs(folder: Path) -> list[str]:
    """Who has needs after a start like any other; or that it would not start before the restore is finished."""
    try:
        async with unit(folder, ASKED) as t:
            return [row["member"] for row in await t.rows("SELECT member FROM need ORDER BY number")]
    except CannotStart as error:
        return ["refused" if error.key == "start.restore_unfinished" else error.key]


@pytest.mark.parametrize(("before", "found"), RESTORING)
async def test_a_restore_killed_half_way_is_never_taken_for_a_database(
    tmp_path: Path, before: tuple[str, str, int], found: list[str]
) -> None:
    archive = await backed_up(tmp_path, ("li", "求助 一件事"))
    async with unit(tmp_path, ASKED) as t:
        await t.talk("wang", "求助 另一件事")
    words = ("restore", archive, "--config", tmp_path / "config.toml", "--yes")
    assert killed(before, *words)
    assert await needs(tmp_path) == found
    assert lianxin(*words) == 0
    assert await needs(tmp_path) == ["li"]


@contextmanager
def talking(folder: Path) -> Generator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.faults.talking", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_backup_holds_all_that_was_told_stored_before_it_began(tmp_path: Path) -> None:
    settings(tmp_path)
    with talking(tmp_path) as process:
        assert process.stdout
        told = len(list(islice(process.stdout, 200)))
        assert lianxin("backup", tmp_path / "config.toml") == 0
        assert len(list(islice(process.stdout, 50))) == 50
    assert opened(backups(tmp_path)[0], tmp_path).contents.rows["need"] >= told


def counted(folder: Path) -> int:
    return look(folder / "town.db").rows["need"]


def test_the_log_of_a_killed_bot_does_not_get_into_what_is_restored(tmp_path: Path) -> None:
    file = settings(tmp_path)
    with talking(tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        assert lianxin("backup", file) == 0
        assert len(list(islice(process.stdout, 50))) == 50
    assert (tmp_path / "town.db-wal").stat().st_size
    before, told = counted(tmp_path), opened(backups(tmp_path)[0], tmp_path).contents.rows["need"]
    assert lianxin("restore", backups(tmp_path)[0], "--config", file, "--yes") == 0
    assert counted(tmp_path) == told < before
    [aside] = [each for each in tmp_path.glob("*.before-restore-*") if not each.name.endswith(("-wal", "-shm"))]
    assert look(aside).rows["need"] == before


def test_two_backups_into_one_folder_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    settings(tmp_path)
    command = [sys.executable, "-m", "bot", "backup", str(tmp_path / "config.toml")]
    with talking(tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        told = [each.communicate(timeout=50)[1] for each in both]
    assert all((each.returncode, bool(said)) in ((0, False), (2, True)) for each, said in zip(both, told, strict=True))
    assert len(backups(tmp_path)) == sum(each.returncode == 0 for each in both) >= 1
