"""Putting a backup in the database's place; what was there is moved aside, never deleted."""

import os
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.archive import CONFIG, DATABASE, KEY, ROSTER, BackupRefused, settings_in
from bot.backup.examining import Examined, examine, fits
from bot.config.places import Places, places, places_in
from bot.errors import CannotStart, Unreadable
from bot.store.sqlite_copy import Contents, look, mark_restored
from bot.store.sqlite_file import lock, restoring_mark
from bot.store.vault import keep_name

WORK = ".lianxin-restore.part"
BESIDE = ("", "-wal", "-shm")  # the database, and the files SQLite keeps next to it


@dataclass(frozen=True, slots=True)
class Restore:
    """A sound backup and where it would go. `present` None: no database there, or none that can be read."""

    examined: Examined
    places: Places
    present: Contents | None
    moves_key: bool

    @property
    def replaced(self) -> list[Path]:
        """What would be moved aside."""
        files = [Path(f"{self.places.database}{end}") for end in BESIDE]
        return [file for file in [*files, *([self.places.key_file] if self.moves_key else [])] if file.exists()]


def places_for(archive: Path, file: Path) -> Places:
    """Where things go, as the configuration file says; where there is none, as the one in the backup does."""
    if file.exists():
        return places(file)
    try:
        return places_in(settings_in(archive), file)
    except Unreadable as error:
        raise BackupRefused("backup.needs_config", path=file) from error


@contextmanager
def prepared(archive: Path, file: Path, migrations: Path) -> Generator[Restore]:
    """A restore that only waits for a yes; while it waits no bot can start on that database."""
    found = places_for(archive, file)
    with ExitStack() as opened:
        _lock(found.database, opened)
        work = found.database.parent / WORK
        opened.callback(shutil.rmtree, work, ignore_errors=True)
        try:
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(mode=0o700)
            examined = examine(archive, work, migrations)
            yield Restore(examined, found, _present(found.database), _moves_key(examined, found.key_file))
        except OSError as error:
            raise BackupRefused("backup.unwritable", path=found.database.parent, reason=error.strerror) from error


def put_in_place(restore: Restore, now: datetime) -> list[Path]:
    """Gives where things were moved to. From the first move to the last a mark keeps the bot from starting."""
    found, work = restore.places, restore.examined.folder
    moves = _moves(restore, f"{now.astimezone(found.zone):%Y%m%d-%H%M%S}")
    mark_restored(work / DATABASE, restore.examined.contents.reaches or restore.examined.manifest.made_at)
    mark = restoring_mark(found.database)
    mark.touch(mode=0o600)
    keep_name(mark.parent)
    for file, target in moves.items():
        file.rename(target)
    (work / DATABASE).replace(found.database)
    keep_name(found.database.parent)
    if restore.examined.has_key:
        _put(work / KEY, found.key_file)
    _put_settings(restore)
    look(found.database)
    mark.unlink()
    keep_name(mark.parent)
    return list(moves.values())


def _lock(database: Path, opened: ExitStack) -> None:
    try:
        lock(database, opened)
    except CannotStart as error:
        raise (BackupRefused("backup.running") if error.key == "start.second_process" else error) from error


def _present(database: Path) -> Contents | None:
    try:
        return look(database) if database.exists() else None
    except CannotStart:
        return None


def _moves_key(examined: Examined, key_file: Path) -> bool:
    """Whether another key lies where the backup's goes. A backup without one needs its key there already."""
    if examined.has_key:
        return key_file.exists() and key_file.read_bytes() != (examined.folder / KEY).read_bytes()
    try:
        if fits(examined.contents, key_file):
            return False
    except CannotStart as error:
        raise BackupRefused("backup.needs_key", path=key_file) from error
    raise BackupRefused("backup.needs_key", path=key_file)


def _moves(restore: Restore, stamp: str) -> dict[Path, Path]:
    """Each to a name that nothing bears yet."""
    number, moves = 1, _named(restore, stamp)
    while any(target.exists() for target in moves.values()):
        number += 1
        moves = _named(restore, f"{stamp}-{number}")
    return moves


def _named(restore: Restore, stamp: str) -> dict[Path, Path]:
    """The database keeps its -wal beside it under the new name, so that it can be opened there."""
    database, mark = str(restore.places.database), f".before-restore-{stamp}"
    ends = {file: str(file).removeprefix(database) for file in restore.replaced}
    return {file: Path(f"{database}{mark}{end}" if end in BESIDE else f"{file}{mark}") for file, end in ends.items()}


def _put(source: Path, target: Path) -> None:
    """There whole or not at all, for its owner only."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    with (
        source.open("rb") as inside,
        os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        shutil.copyfileobj(inside, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    keep_name(target.parent)


def _put_settings(restore: Restore) -> None:
    """Only where they are missing: what the admin has changed since the backup stays."""
    found, work = restore.places, restore.examined.folder
    roster = next((work / name for name in restore.examined.manifest.sums if name.startswith(ROSTER)), None)
    if CONFIG in restore.examined.manifest.sums and not found.config.exists():
        _put(work / CONFIG, found.config)
    if roster and found.roster and not found.roster.exists():
        _put(roster, found.roster)
