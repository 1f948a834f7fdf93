"""`lianxin restore`: refused while the bot runs, what was there is moved aside, and the start after it is like any."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from tests.place import ASKED, backed_up, lianxin, unit
from tests.town import town

Out = pytest.CaptureFixture[str]
NEXT_DAY, IN_MAY = "2026-03-03 10:00", "2026-05-06 09:00"


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the unit but locks and what SQLite makes anew each time."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.endswith((".lock", "-shm", "-wal")))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def restored(archive: Path, folder: Path, *words: str) -> int:
    return lianxin("restore", archive, "--config", folder / "config.toml", *words)


def lose(folder: Path) -> None:
    for file in folder.glob("town.*"):
        file.unlink()


async def needs(folder: Path, at: str = NEXT_DAY) -> list[str]:
    async with unit(folder, at) as t:
        return [row["member"] for row in await t.rows("SELECT member FROM need ORDER BY number")]


async def grown(folder: Path) -> Path:
    """A unit with a backup of one need, and two now."""
    archive = await backed_up(folder, ("li", "求助 一件事"))
    async with unit(folder, ASKED) as t:
        await t.talk("wang", "求助 另一件事")
    return archive


async def test_what_is_in_it_is_shown_and_what_was_there_is_moved_aside(tmp_path: Path, capsys: Out) -> None:
    archive = await grown(tmp_path)
    before = (tmp_path / "town.db").read_bytes()
    capsys.readouterr()
    assert restored(archive, tmp_path, "--yes") == 0
    said = capsys.readouterr().out
    assert "1 件诉求" in said
    assert "要换下的" in said
    [aside] = [file for name, file in state(tmp_path).items() if "before-restore" in name]
    assert aside == before
    assert await needs(tmp_path) == ["li"]


async def test_not_while_the_bot_runs(tmp_path: Path, capsys: Out) -> None:
    archive = await backed_up(tmp_path)
    async with unit(tmp_path, ASKED):
        before = state(tmp_path)
        assert restored(archive, tmp_path, "--yes") == 2
        assert state(tmp_path) == before
    assert "先停下" in capsys.readouterr().err


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("确认\n", 0), ("yes\n", 0), ("不\n", 2), ("\n", 2), ("", 2)])
async def test_it_asks_and_takes_only_a_yes_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    archive = await grown(tmp_path)
    before = state(tmp_path)
    monkeypatch.setattr(sys, "stdin", Typed(typed))
    assert restored(archive, tmp_path) == code
    assert (state(tmp_path) == before) is (code == 2)


async def test_without_a_terminal_it_wants_yes_said(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = await grown(tmp_path)
    before = state(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("确认\n"))
    assert restored(archive, tmp_path) == 2
    assert state(tmp_path) == before
    assert "--yes" in capsys.readouterr().err


async def test_a_bad_backup_changes_nothing(tmp_path: Path, capsys: Out) -> None:
    archive = await grown(tmp_path)
    archive.write_bytes(archive.read_bytes()[:-200])
    before = state(tmp_path)
    capsys.readouterr()
    assert restored(archive, tmp_path, "--yes") == 2
    assert state(tmp_path) == before
    seen = capsys.readouterr()
    assert (seen.out, seen.err.count("\n"), "什么都没有改动" in seen.err) == ("", 1, True)


async def test_on_a_new_machine_the_settings_and_the_key_come_back_too(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path, ("li", "求助 一件事"))
    shutil.move(archive, tmp_path / "carried.zip")
    lose(tmp_path)
    settings = (tmp_path / "config.toml").read_bytes()
    (tmp_path / "config.toml").unlink()
    assert restored(tmp_path / "carried.zip", tmp_path, "--yes") == 0
    assert (tmp_path / "config.toml").read_bytes() == settings
    assert (tmp_path / "town.key").stat().st_mode & 0o077 == 0
    async with town(settings.decode(), NEXT_DAY, tmp_path) as t:
        assert "一件事" in await t.talk("zhou", "摘要")


async def test_settings_changed_since_stay_as_they_are(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write("# changed since\n")
    assert restored(archive, tmp_path, "--yes") == 0
    assert "# changed since" in (tmp_path / "config.toml").read_text("utf-8")


async def test_another_key_is_moved_aside_with_the_database_it_belongs_to(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path, ("li", "求助 一件事"))
    lose(tmp_path)
    assert await needs(tmp_path) == []
    own = (tmp_path / "town.key").read_bytes()
    assert restored(archive, tmp_path, "--yes") == 0
    assert own in [file for name, file in state(tmp_path).items() if "town.key.before-restore" in name]
    assert await needs(tmp_path) == ["li"]


async def test_a_backup_without_its_key_needs_it_in_place(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        assert lianxin("backup", tmp_path / "config.toml", "--without-key") == 0
    archive = next((tmp_path / "backups").glob("*.zip"))
    (tmp_path / "town.key").rename(tmp_path / "kept elsewhere")
    assert restored(archive, tmp_path, "--yes") == 2
    assert "密钥" in capsys.readouterr().err
    (tmp_path / "kept elsewhere").rename(tmp_path / "town.key")
    assert restored(archive, tmp_path, "--yes") == 0


@pytest.mark.parametrize("damage", ["header", "emptied", "only the log is left"])
async def test_a_database_that_cannot_be_opened_any_more_can_be_restored(
    tmp_path: Path, capsys: Out, damage: str
) -> None:
    archive = await backed_up(tmp_path, ("li", "求助 一件事"))
    database = tmp_path / "town.db"
    if damage == "header":
        database.write_bytes(b"\xff" * 4096 + database.read_bytes()[4096:])
    else:
        (tmp_path / "town.db-wal").write_bytes(database.read_bytes())
        database.write_bytes(b"") if damage == "emptied" else database.unlink()
    assert restored(archive, tmp_path, "--yes") == 0
    assert await needs(tmp_path) == ["li"]
    assert any("before-restore" in name for name in state(tmp_path)) or damage == "only the log is left"
    assert not (tmp_path / "town.db.restoring").exists()


async def test_after_a_restore_nobody_is_asked_for_the_days_between(tmp_path: Path) -> None:
    """Two months of questions lie between. Who had not answered is reminded first; only then a liaison hears."""
    archive = await backed_up(tmp_path, ("li", "1"))
    assert restored(archive, tmp_path, "--yes") == 0
    async with unit(tmp_path, IN_MAY) as t:
        await t.until("2026-05-07 07:29")
        assert (len(await t.owed("report.question")), await t.owed("report.silent")) == (5, [])
        await t.until("2026-05-07 07:31")
        assert (len(await t.owed("report.reminder")), await t.owed("report.silent")) == (4, [])
        await t.until("2026-05-07 17:41")
        assert len(await t.owed("report.question")) == 5 + 5


async def test_those_who_answer_for_it_hear_once_what_is_missing(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    assert restored(archive, tmp_path, "--yes") == 0
    for _ in range(2):
        async with unit(tmp_path, NEXT_DAY) as t:
            noted = await t.rows("SELECT note FROM ledger WHERE kind = 'restored'")
            assert await t.owed("backup.restored") == ["zhou"]
            assert [row["note"] for row in noted] == ["2026-03-02T09:40:00Z"]


async def test_what_was_about_to_be_said_is_said_and_what_is_out_of_date_is_not(tmp_path: Path) -> None:
    """A backup in the night holds what waits for the morning."""
    async with unit(tmp_path) as t:
        await t.until("2026-03-02 21:00")
        await t.talk("li", "求助 一件事")
        assert lianxin("backup", tmp_path / "config.toml") == 0
        await t.until(NEXT_DAY)
    assert restored(next((tmp_path / "backups").glob("*.zip")), tmp_path, "--yes") == 0
    async with unit(tmp_path, NEXT_DAY) as t:
        said = "\n".join(await t.heard("zhou"))
        assert said.count("一件事") == 1
        assert "3月2日（周一）21:00" in said
