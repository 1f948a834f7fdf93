"""`lianxin backup`, beside a running bot: whole, tried out, guarded, and not more of them than wanted."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from bot.backup.archive import CONFIG, DATABASE, KEY
from bot.backup.examining import Examined, examine
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite_copy import copy, look
from bot.store.sqlite_file import connect
from tests.place import backed_up, backups, lianxin, settings, unit

Out = pytest.CaptureFixture[str]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def open_to_others(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*") if file.stat().st_mode & 0o077}


def opened(archive: Path, folder: Path) -> Examined:
    (folder / "opened").mkdir()
    return examine(archive, folder / "opened", MIGRATIONS)


async def test_a_backup_beside_a_running_bot_holds_all_that_was_said(tmp_path: Path, capsys: Out) -> None:
    archive = await backed_up(tmp_path, ("li", "1"), ("wang", "求助 一件事"))
    found = opened(archive, tmp_path)
    assert (found.manifest.rows["need"], found.contents.rows["report"], found.has_key) == (1, 5, True)
    assert (found.folder / CONFIG).read_bytes() == (tmp_path / "config.toml").read_bytes()
    assert (found.folder / KEY).read_bytes() == (tmp_path / "town.key").read_bytes()
    said = capsys.readouterr().out
    assert "1 件诉求" in said
    assert f"lianxin restore {archive}" in said


async def test_only_its_owner_may_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    assert open_to_others(archive.parent) == set()
    assert names(archive.parent) == {archive.name, ".lianxin-backup.lock"}
    assert names(tmp_path) == {"config.toml", "backups", "town.db", "town.db.lock", "town.key"}


async def test_a_backup_is_one_file_any_zip_program_opens(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        told = json.loads(packed.read("manifest.json"))
    assert {DATABASE, KEY, CONFIG} == told["sums"].keys()


async def test_the_database_in_it_is_one_file_that_can_be_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    found = opened(await backed_up(tmp_path), tmp_path)
    header = (found.folder / DATABASE).read_bytes()[:20]
    assert header[18:] == b"\1\1"  # 2: with a log beside it


def write_when_opened(path: Path, database: Path) -> None:
    """Somebody writes into the database at the moment at which `path` is opened."""
    writer = connect(database, "rw")
    waiting = [writer]

    def reported(event: str, args: tuple[object, ...]) -> None:
        if waiting and event == "sqlite3.connect" and args == (path,):
            waiting.pop().execute("INSERT INTO setting (name, value) VALUES ('late', 'row')")
            writer.close()

    sys.addaudithook(reported)


async def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    async with unit(tmp_path) as t:
        write_when_opened(tmp_path / "copied.db", tmp_path / "town.db")
        rows = copy(tmp_path / "town.db", tmp_path / "copied.db")
        assert await t.rows("SELECT 1 FROM setting WHERE name = 'late'")
    assert look(tmp_path / "copied.db").rows == rows


async def test_without_the_key_it_says_what_else_to_keep(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        assert lianxin("backup", tmp_path / "config.toml", "--without-key") == 0
    assert not opened(backups(tmp_path)[0], tmp_path).has_key
    assert "town.key" in capsys.readouterr().out


async def test_the_roster_goes_along_and_a_missing_one_is_told(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        settings(tmp_path, more='[roster]\nfile = "名册.xlsx"\n')
        assert lianxin("backup", tmp_path / "config.toml", "--to", tmp_path / "first") == 0
        assert "名册.xlsx" in capsys.readouterr().err
        (tmp_path / "名册.xlsx").write_bytes(b"a workbook")
        assert lianxin("backup", tmp_path / "config.toml") == 0
    found = opened(backups(tmp_path)[0], tmp_path)
    assert (found.folder / "roster.xlsx").read_bytes() == b"a workbook"


async def test_a_slip_in_the_settings_does_not_cost_a_nights_backup(tmp_path: Path) -> None:
    async with unit(tmp_path):
        settings(tmp_path, ('kind = "case"', 'kind = "cace"'))
        assert lianxin("backup", tmp_path / "config.toml") == 0
        settings(tmp_path, more="\n[store")
        assert lianxin("backup", tmp_path / "config.toml") == 2
    assert len(backups(tmp_path)) == 1


async def test_old_backups_go_and_nothing_but_backups(tmp_path: Path, capsys: Out) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [f"lianxin-backup-2026030{day}-021000.zip" for day in range(1, 5)]
    others = ["lianxin-backup-20260301-021000.zip.txt", "my-lianxin-backup-20260301-021000.zip", "photo.zip"]
    for name in (*old, *others):
        (folder / name).touch()
    async with unit(tmp_path):
        assert lianxin("backup", tmp_path / "config.toml", "--keep", 3) == 0
    left = {file.name for file in backups(tmp_path)}
    assert left - {name for name in left if name > "lianxin-backup-20260305"} == {*old[2:]}
    assert names(folder) >= {*others}
    assert old[1] in capsys.readouterr().out


def refused(folder: Path, capsys: Out) -> str:
    """What it says; nothing that looks like a backup is there."""
    assert lianxin("backup", folder / "config.toml") == 2
    assert names(folder / "backups") == {".lianxin-backup.lock"}
    return capsys.readouterr().err


async def test_a_database_with_another_key_is_not_backed_up(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        (tmp_path / "town.key").write_bytes((tmp_path / "town.key").read_bytes().swapcase())
        assert "密钥" in refused(tmp_path, capsys)
        (tmp_path / "town.key").unlink()
        assert "town.key" in refused(tmp_path, capsys)


async def test_a_damaged_database_is_not_backed_up(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        pass
    with (tmp_path / "town.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    assert "不是完好的数据库" in refused(tmp_path, capsys)


def test_where_nothing_has_run_there_is_nothing_to_back_up(tmp_path: Path, capsys: Out) -> None:
    settings(tmp_path)
    assert "lianxin run" in refused(tmp_path, capsys)


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_at_least_one_is_kept(tmp_path: Path, count: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        lianxin("backup", settings(tmp_path), "--keep", count)
