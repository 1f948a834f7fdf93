"""A backup that is not what it was is refused, in a sentence, whatever has happened to it."""

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.backup import archive as archives
from bot.backup.archive import CONFIG, DATABASE, KEY, SEAL, BackupRefused, pack
from bot.backup.examining import examine
from bot.errors import CannotStart
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite_copy import look
from bot.store.vault import open_vault
from tests.place import backed_up
from tests.town import moment


def tried(archive: Path, folder: Path) -> str:
    """The key of the sentence that says why it is refused."""
    work = folder / "tried"
    work.mkdir(exist_ok=True)
    for file in work.iterdir():
        file.unlink()
    with pytest.raises(BackupRefused) as told:
        examine(archive, work, MIGRATIONS)
    return told.value.key


async def test_any_byte_that_changed_is_noticed(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    whole = archive.read_bytes()
    step = max(1, len(whole) // 150)
    for at in {*range(0, len(whole), step), *range(len(whole) - 130, len(whole))}:
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        assert tried(archive, tmp_path) in ("backup.damaged", "backup.not_ours"), at


async def test_a_backup_cut_short_or_grown_is_refused(tmp_path: Path) -> None:
    archive = await backed_up(tmp_path)
    whole = archive.read_bytes()
    for part in (b"", whole[:1], whole[:-1], whole[: len(whole) // 2], whole + b"\n", whole[1:], whole + whole):
        archive.write_bytes(part)
        assert tried(archive, tmp_path) in ("backup.damaged", "backup.not_ours"), len(part)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photo.zip", "w") as other:
        other.writestr("photo", "x")
    (tmp_path / "text.zip").write_text("not a zip file at all", "utf-8")
    assert [tried(tmp_path / name, tmp_path) for name in ("photo.zip", "text.zip")] == ["backup.not_ours"] * 2
    assert [tried(tmp_path / name, tmp_path) for name in ("nothing.zip", ".")] == ["backup.unreadable"] * 2


async def repacked(folder: Path, change: Callable[[Path], None]) -> Path:
    """A backup that is well sealed, of files that are not as they should be."""
    found = await backed_up(folder)
    with zipfile.ZipFile(found) as packed:
        packed.extractall(folder / "inside")
    change(folder / "inside")
    rows: dict[str, int] = {}
    files = {name: folder / "inside" / name for name in (DATABASE, KEY, CONFIG)}
    with suppress(CannotStart):
        rows |= look(files[DATABASE]).rows
    pack(folder / "again.zip", files, moment("2026-03-02 08:00"), "9.9", rows)
    return folder / "again.zip"


def from_a_newer_version(inside: Path) -> None:
    with closing(sqlite3.connect(inside / DATABASE)) as database, database:
        database.execute("INSERT INTO schema_version (number, name, applied_at) VALUES (9999, 'later', '')")


def with_another_key(inside: Path) -> None:
    (inside / KEY).unlink()
    open_vault(inside / KEY)


def with_a_broken_key(inside: Path) -> None:
    (inside / KEY).write_text("half a k", "utf-8")


def with_no_database(inside: Path) -> None:
    (inside / DATABASE).write_bytes(b"no database")


BAD = [
    (from_a_newer_version, "backup.newer"),
    (with_another_key, "backup.wrong_key"),
    (with_a_broken_key, "backup.wrong_key"),
    (with_no_database, "backup.damaged"),
]


@pytest.mark.parametrize(("change", "key"), BAD)
async def test_a_sealed_backup_that_could_not_be_used_is_refused(
    tmp_path: Path, change: Callable[[Path], None], key: str
) -> None:
    assert tried(await repacked(tmp_path, change), tmp_path) == key


async def test_a_backup_with_fewer_rows_than_it_says_is_refused(tmp_path: Path) -> None:
    """What a database looks like that has lost its log: sound, and older than it was."""
    archive = await backed_up(tmp_path)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "inside")
    rows = {**look(tmp_path / "inside" / DATABASE).rows, "report": 6}
    pack(tmp_path / "again.zip", {DATABASE: tmp_path / "inside" / DATABASE}, moment("2026-03-02 08:00"), "0.1", rows)
    assert tried(tmp_path / "again.zip", tmp_path) == "backup.damaged"


async def test_a_backup_in_a_later_form_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FORMAT", 2)
    archive = await backed_up(tmp_path)
    monkeypatch.undo()
    assert tried(archive, tmp_path) == "backup.newer"


def test_nothing_is_written_outside_the_folder_it_is_opened_in(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    pack(tmp_path / "evil.zip", {"../outside": tmp_path / "file"}, moment("2026-03-02 08:00"), "0.1", {})
    assert SEAL in (tmp_path / "evil.zip").read_bytes()
    assert tried(tmp_path / "evil.zip", tmp_path) == "backup.not_ours"
    assert not (tmp_path / "outside").exists()
