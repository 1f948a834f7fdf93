"""The database file: claimed by one process, fit to write to, or refused with what to do about it."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import LiteralString

import pytest

from bot.errors import CannotStart
from bot.store.beside import read_once
from bot.store.sqlite import SqliteStore, open_store
from bot.store.sqlite_file import connect, set_up, told_plainly
from bot.store.tx import Tx
from tests.store.line_store import NOW, VAULT, add, fill, ids, start


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = start(tmp_path)
    yield store
    await store.close()


def files(folder: Path) -> list[Path]:
    return list(folder.glob("lianxin.db*"))


HELD = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 3000,
    "foreign_keys": 1,
    "secure_delete": 1,
    "cell_size_check": 1,
    "trusted_schema": 0,
}


@pytest.mark.parametrize(("name", "expected"), HELD.items())
async def test_each_setting_holds_where_units_run(store: SqliteStore, name: LiteralString, expected: str | int):
    rows = await store.write(lambda tx: tx.all("PRAGMA " + name))
    assert [row[next(iter(row.keys()))] for row in rows] == [expected]


def test_a_setting_that_does_not_hold_is_refused():
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(CannotStart, match="setting_refused"):
        set_up(connection)


async def test_nothing_opens_a_transaction_behind_our_back(store: SqliteStore, tmp_path: Path):
    with closing(connect(tmp_path / "lianxin.db", "rw")) as connection:
        connection.execute("INSERT INTO line (id) VALUES ('a') RETURNING id").fetchall()
        assert not connection.in_transaction
    assert await store.read(ids) == ["a"]


async def test_a_second_start_on_the_same_file_is_refused(store: SqliteStore, tmp_path: Path):
    with pytest.raises(CannotStart, match="second_process") as told:
        start(tmp_path)
    assert told.value.facts["path"] == str(tmp_path / "lianxin.db")
    assert await store.write(add("a")) == "a"


async def test_only_its_owner_may_read_the_database(store: SqliteStore, tmp_path: Path):
    await store.write(add("a"))
    assert {file.stat().st_mode & 0o077 for file in files(tmp_path)} == {0}


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="unwritable"):
        open_store(tmp_path / "file" / "lianxin.db", tmp_path, VAULT, NOW)


def test_a_database_held_at_the_start_is_told(tmp_path: Path):
    path = tmp_path / "lianxin.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotStart, match="database_busy"), told_plainly(path):  # noqa: SIM117
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as mine:
                mine.execute("BEGIN IMMEDIATE")


def overwritten(offset: int, path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * 4096)


def emptied(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(path.read_bytes())
    path.write_bytes(b"")


DAMAGES = [
    pytest.param(partial(overwritten, 0), id="header"),
    pytest.param(partial(overwritten, 8192), id="page"),
    pytest.param(emptied, id="emptied"),
]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_database_is_refused_and_left_as_it_is(tmp_path: Path, damage: Callable[[Path], None]):
    store = start(tmp_path)
    await store.write(fill)
    await store.close()
    damage(tmp_path / "lianxin.db")
    evidence = (tmp_path / "lianxin.db").read_bytes()
    with pytest.raises(CannotStart, match="corrupt_database"):
        start(tmp_path)
    assert (tmp_path / "lianxin.db").read_bytes() == evidence


async def test_a_refused_start_lets_go_of_the_file(tmp_path: Path):
    (tmp_path / "lianxin.db").write_text("not a database")
    with pytest.raises(CannotStart, match="corrupt_database"):
        start(tmp_path)
    (tmp_path / "lianxin.db").unlink()
    await start(tmp_path).close()


async def test_a_command_reads_beside_a_running_bot(store: SqliteStore, tmp_path: Path):
    await store.write(add("a"))
    assert read_once(tmp_path / "lianxin.db", VAULT, ids) == ["a"]
    with pytest.raises(CannotStart, match="readonly"):
        read_once(tmp_path / "lianxin.db", VAULT, add("b"))


def test_a_command_does_not_make_a_database(tmp_path: Path):
    with pytest.raises(CannotStart, match="no_database"):
        read_once(tmp_path / "lianxin.db", VAULT, ids)
    assert list(tmp_path.iterdir()) == []


async def test_what_a_member_wrote_is_nowhere_in_the_files(store: SqliteStore, tmp_path: Path):
    canary = "孩子发烧了，夜里没有睡好"

    def seal(tx: Tx) -> None:
        add("a", tx.vault.seal("line|a|text", canary))(tx)

    await store.write(seal)
    kept = b"".join(file.read_bytes() for file in files(tmp_path))
    assert b"k1:" in kept
    assert canary.encode() not in kept
