"""A whole copy of the database, made beside a bot that goes on writing; and what such a copy holds."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain import instant
from bot.errors import CannotStart
from bot.store.sqlite_file import connect, refuse_damage, told_plainly

RESTORED = "restored_from"
# The last minute the bot is known to have been there, or the last message, whichever is later.
REACHES = "SELECT max(at) FROM (SELECT value AS at FROM setting WHERE name = 'alive' UNION SELECT max(at) FROM inbound)"
SETTING = "SELECT value FROM setting WHERE name = ?"
PUT = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


@dataclass(frozen=True, slots=True)
class Contents:
    """`number`: of its newest migration. `key_check`: what only its own key gives. `reaches`: None, it never ran."""

    number: int
    key_check: str | None
    reaches: datetime | None
    rows: Mapping[str, int]


def copy(path: Path, target: Path) -> Mapping[str, int]:
    """Copy what is committed at this moment; gives how many rows each table has in it.

    The open read transaction holds that moment. Without it each commit of the bot would make SQLite begin anew.
    `target` is not flushed to disk here: a flush of the whole file held up the bot's own commits for 0.2 s.
    """
    if not path.exists():
        raise CannotStart("start.no_database", path=str(path))
    with told_plainly(path), closing(connect(path, "ro")) as source:
        source.execute("BEGIN")
        rows = _rows(source)
        with closing(sqlite3.connect(target, isolation_level=None)) as copied:
            copied.execute("PRAGMA synchronous=OFF")
            source.backup(copied)
    _into_one_file(target)
    return rows


def look(path: Path) -> Contents:
    """What a database holds. Raises CannotStart if it is damaged, or none of ours."""
    with told_plainly(path), closing(connect(path, "ro")) as connection:
        refuse_damage(connection, path)
        number = connection.execute("SELECT max(number) FROM schema_version").fetchone()[0]
        check = connection.execute(SETTING, ["key_check"]).fetchone()
        reaches = instant.parse_or_none(connection.execute(REACHES).fetchone()[0])
        return Contents(number or 0, check[0] if check else None, reaches, _rows(connection))


def mark_restored(path: Path, reaches: datetime) -> None:
    """The next start tells by it what is missing since."""
    with told_plainly(path), closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(PUT, [RESTORED, instant.text(reaches)])


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [row[0] for row in tables if not row[0].startswith("sqlite_")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _into_one_file(path: Path) -> None:
    """The copy of a database with a log says that it has one, and could not be opened where nothing may be written."""
    with told_plainly(path), closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
