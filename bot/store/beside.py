"""The store as a command sees it beside a bot that may be running: read, or tried out on a copy."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.errors import CannotStart
from bot.store.migrate import migrate, refuse_other_version
from bot.store.sqlite_file import connect, empty, told_plainly
from bot.store.sqlite_tx import in_snapshot, on_copy
from bot.store.tx import Tx, Unit, Vault

T = TypeVar("T")


def read_once(path: Path, vault: Vault, unit: Unit[T], migrations: Path | None = None) -> T:
    """Run `unit` read-only. With `migrations`, a database of another version than they make is refused."""
    if not path.exists():
        raise CannotStart("start.no_database", path=str(path))
    with told_plainly(path), closing(connect(path, "ro")) as connection:
        if migrations:
            in_snapshot(connection, vault, lambda tx: refuse_other_version(tx, migrations))
        return in_snapshot(connection, vault, unit)


def rehearse_once(path: Path, migrations: Path, vault: Vault, unit: Unit[T], now: datetime) -> T:
    """What `unit` gives on a copy in memory of the database in `path`; without one, of an empty one."""
    with told_plainly(path), closing(connect(path, "ro") if path.exists() else empty()) as connection:
        return on_copy(connection, vault, lambda tx: _brought_up(tx, migrations, now, unit))


def _brought_up(tx: Tx, migrations: Path, now: datetime, unit: Unit[T]) -> T:
    migrate(tx, migrations, now)
    return unit(tx)
