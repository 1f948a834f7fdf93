"""Making a backup beside a running bot: copied, packed, tried out, and only then given its name."""

import fcntl
import os
import re
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.archive import CONFIG, DATABASE, KEY, ROSTER, BackupRefused, pack
from bot.backup.examining import Examined, examine, fits
from bot.config.places import Places
from bot.errors import CannotStart
from bot.store.sqlite_copy import copy, look
from bot.store.vault import keep_name

NAME = re.compile(r"lianxin-backup-\d{8}-\d{6}\.zip")
WORK, LOCK = ".lianxin-backup.part", ".lianxin-backup.lock"


@dataclass(frozen=True, slots=True)
class Made:
    file: Path
    size: int
    examined: Examined
    roster_missing: bool
    dropped: tuple[Path, ...]


def back_up(
    places: Places, migrations: Path, program: str, folder: Path, now: datetime, *, keep: int, with_key: bool
) -> Made:
    """Nothing bears the name of a backup before it has been opened as a restore would open it."""
    with _alone_in(folder) as work:
        copied = work / DATABASE
        rows = copy(places.database, copied)
        if with_key and not fits(look(copied), places.key_file):
            raise CannotStart("start.wrong_key", path=places.key_file)
        files = _files(places, work, with_key=with_key)
        pack(work / "new.zip", files, now, program, rows)
        copied.unlink()
        examined = examine(work / "new.zip", _emptied(work / "tried"), migrations)
        file = _named(work / "new.zip", folder / f"lianxin-backup-{now.astimezone(places.zone):%Y%m%d-%H%M%S}.zip")
        missing = places.roster is not None and not places.roster.exists()
        return Made(file, file.stat().st_size, examined, missing, _rotate(folder, keep, file))


def _files(places: Places, work: Path, *, with_key: bool) -> dict[str, Path]:
    """Each as it is now: somebody may be saving the settings while they are packed."""
    wanted = {CONFIG: places.config}
    if with_key:
        wanted[KEY] = places.key_file
    if places.roster and places.roster.exists():
        wanted[ROSTER + places.roster.suffix.lower()] = places.roster
    return {DATABASE: work / DATABASE, **{name: Path(shutil.copy(file, work / name)) for name, file in wanted.items()}}


def _named(made: Path, file: Path) -> Path:
    """A second backup in the same second does not replace the first."""
    if file.exists():
        raise BackupRefused("backup.busy", path=file.parent)
    made.rename(file)
    keep_name(file.parent)
    return file


def _rotate(folder: Path, keep: int, newest: Path) -> tuple[Path, ...]:
    """Only files that are named as ours are, and never the one just made."""
    ours = sorted(file for file in folder.iterdir() if NAME.fullmatch(file.name) and file.is_file())
    old = tuple(file for file in ours[: max(0, len(ours) - keep)] if file != newest)
    for file in old:
        file.unlink()
    return old


@contextmanager
def _alone_in(folder: Path) -> Generator[Path]:
    """An empty folder to work in, within `folder`; what a killed backup left there goes first."""
    with ExitStack() as opened:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            opened.callback(os.close, held)
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            opened.callback(shutil.rmtree, folder / WORK, ignore_errors=True)
            yield _emptied(folder / WORK)
        except BlockingIOError as error:
            raise BackupRefused("backup.busy", path=folder) from error
        except OSError as error:
            raise BackupRefused("backup.unwritable", path=folder, reason=error.strerror) from error


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder
