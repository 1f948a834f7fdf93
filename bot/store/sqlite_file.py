"""The one file everything is kept in: fit to be opened, claimed for this process, brought to this version."""

import fcntl
import os
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.errors import CannotStart, StoreFailed
from bot.store.migrate import migrate
from bot.store.sqlite_tx import FAULTS_OF_A_UNIT, SqliteTx, code_of
from bot.store.tx import StatementRefused, Vault

BUSY_SECONDS = 3
SETTINGS: tuple[tuple[str, str, str | int], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("busy_timeout", str(BUSY_SECONDS * 1000), BUSY_SECONDS * 1000),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("cell_size_check", "ON", 1),
    ("trusted_schema", "OFF", 0),
)
START_KEYS = {
    sqlite3.SQLITE_NOTADB: "start.corrupt_database",
    sqlite3.SQLITE_CORRUPT: "start.corrupt_database",
    sqlite3.SQLITE_BUSY: "start.database_busy",
    **dict.fromkeys(FAULTS_OF_A_UNIT, "start.database_refused"),
}


def connect(path: Path, mode: Literal["rw", "ro"]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # else Python opens transactions of its own
        check_same_thread=False,
        cached_statements=256,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def empty() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def claim(path: Path, opened: ExitStack) -> None:
    """Lock the file for the life of this process, and refuse what only looks like a database to begin with."""
    lock(path, opened)
    with _writable(path):
        _refuse_remains(path)
        path.touch(mode=0o600)


def lock(path: Path, opened: ExitStack) -> None:
    """Nobody else works on the file until `opened` ends; the system lets go of it even after kill -9."""
    with _writable(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        opened.callback(os.close, held)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


def wal_of(path: Path) -> Path:
    return Path(f"{path}-wal")


def restoring_mark(path: Path) -> Path:
    """Lies beside the database from the first to the last moment of a restore."""
    return Path(f"{path}.restoring")


@contextmanager
def _writable(path: Path) -> Generator[None]:
    try:
        yield
    except BlockingIOError as error:
        raise CannotStart("start.second_process", path=str(path)) from error
    except OSError as error:
        raise CannotStart("start.unwritable", path=str(path), reason=error.strerror) from error


def _refuse_remains(path: Path) -> None:
    """A -wal file that lost its database is evidence; SQLite would delete it and begin an empty database."""
    if restoring_mark(path).exists():
        raise CannotStart("start.restore_unfinished", path=str(path))
    wal = wal_of(path)
    if wal.exists() and wal.stat().st_size and not (path.exists() and path.stat().st_size):
        raise CannotStart("start.corrupt_database", path=str(path))


def set_up(connection: sqlite3.Connection) -> None:
    """A setting SQLite does not know, or cannot keep on this disk, is passed over in silence: so each is read back."""
    for name, wanted, expected in SETTINGS:
        connection.execute(f"PRAGMA {name}={wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise CannotStart("start.setting_refused", setting=name, wanted=wanted, found=found)


def refuse_damage(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise CannotStart("start.corrupt_database", path=str(path))


def bring_up(connection: sqlite3.Connection, migrations: Path, vault: Vault, now: datetime) -> None:
    """With foreign keys on, a table that is dropped to be rebuilt would take along what points to it."""
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    applied = migrate(SqliteTx(connection, vault), migrations, now)
    if applied and connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StatementRefused("store.statement_refused", reason="foreign_key_check")
    connection.execute("COMMIT")
    set_up(connection)


@contextmanager
def told_plainly(path: Path) -> Generator[None]:
    """What SQLite refuses before the bot runs becomes CannotStart."""
    try:
        yield
    except (sqlite3.Error, StoreFailed, StatementRefused) as error:
        source = error if isinstance(error, sqlite3.Error) else error.__cause__
        key = START_KEYS.get(code_of(source), "start.unwritable")
        raise CannotStart(key, path=str(path), reason=str(source or error)) from error
