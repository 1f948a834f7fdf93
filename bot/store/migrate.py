"""Brings an older database to the form this version knows; refuses one from a newer version."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString, NamedTuple, cast

from bot.errors import CannotStart
from bot.store.tx import Tx

MIGRATIONS = Path(__file__).parent / "migrations"
FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
VERSIONS = """CREATE TABLE IF NOT EXISTS schema_version (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
)"""


class Migration(NamedTuple):
    """One numbered file; later numbers build on earlier ones."""

    number: int
    name: str
    file: Path


def migrate(tx: Tx, folder: Path, now: datetime) -> list[str]:
    """Apply what is pending, all of it in the caller's one transaction; gives the names of what was applied."""
    known = migrations_in(folder)
    tx.run(VERSIONS)
    applied: set[int] = {row["number"] for row in tx.all("SELECT number FROM schema_version")}
    _refuse_newer(max(applied, default=0), max((each.number for each in known), default=0))
    pending = [each for each in known if each.number not in applied]
    for each in pending:
        _apply(tx, each, now)
    return [each.file.stem for each in pending]


def refuse_other_version(tx: Tx, folder: Path) -> None:
    """Raises CannotStart with what to do; who only reads cannot bring the database up."""
    row = tx.one("SELECT max(number) AS newest FROM schema_version")
    database = row["newest"] or 0 if row else 0
    program = max((each.number for each in migrations_in(folder)), default=0)
    _refuse_newer(database, program)
    if database < program:
        raise CannotStart("start.older_database", database=database, program=program)


def migrations_in(folder: Path) -> list[Migration]:
    """In the order to apply. A misnamed file or a number used twice is a mistake of ours, not of the admin."""
    found = [_migration(file) for file in sorted(folder.glob("*.sql"))]
    numbers = [each.number for each in found]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"two migrations share a number: {numbers}")
    return found


def statements(script: str) -> Iterator[str]:
    """A statement ends with `;` at the end of a line; lines that are only a comment are left out."""
    without_comments = re.sub(r"^[ \t]*--.*$", "", script, flags=re.MULTILINE)
    pieces = re.split(r";[ \t\r]*$", without_comments, flags=re.MULTILINE)
    return (piece.strip() for piece in pieces if piece.strip())


def _apply(tx: Tx, migration: Migration, now: datetime) -> None:
    for statement in statements(migration.file.read_text("utf-8")):
        tx.run(cast(LiteralString, statement))  # from a file of ours, so as good as written here
    tx.run(
        "INSERT INTO schema_version (number, name, applied_at) VALUES (:number, :name, :applied_at)",
        number=migration.number,
        name=migration.name,
        applied_at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _refuse_newer(database: int, program: int) -> None:
    if database > program:
        raise CannotStart("start.newer_database", database=database, program=program)


def _migration(file: Path) -> Migration:
    parts = FILE_NAME.fullmatch(file.name)
    if parts is None:
        raise ValueError(f"a migration is named like 0001_start.sql: {file.name}")
    return Migration(int(parts[1]), parts[2], file)
