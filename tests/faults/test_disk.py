"""When the disk, another program or the writer itself fails, nobody is told stored; what can go on goes on."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import pytest
from sqlite_utils import Database

from bot.errors import StoreFailed
from bot.store.sqlite import BATCH, WAITING, SqliteStore
from bot.store.sqlite_file import connect
from bot.store.tx import Tx
from tests.store.line_store import VAULT, Gate, add, fill, ids, start


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = start(tmp_path)
    yield store
    await store.close()


def one_row_at_a_time(tx: Tx) -> None:
    """Fills the disk with statements that end the transaction when they fail."""
    for n in range(90):
        add(f"g{n}", "x" * 9000)(tx)


def all_rows_at_once(tx: Tx) -> None:
    """Fills the disk with a statement that rolls back itself only."""
    tx.run("INSERT INTO line SELECT f.id || g.id, f.text FROM line f, line g")


@pytest.mark.parametrize(("greedy", "survivors"), [(one_row_at_a_time, []), (all_rows_at_once, ["a", "b"])])
async def test_a_full_disk_is_told_and_later_writes_go_on(
    store: SqliteStore, greedy: Callable[[Tx], None], survivors: list[str]
):
    await store.write(fill)
    await store.write(lambda tx: tx.run("PRAGMA max_page_count = 1"))
    gate = await Gate(store).shut()
    tasks = [asyncio.create_task(store.write(unit)) for unit in (add("a"), greedy, add("b"))]
    await asyncio.sleep(0)
    gate.go.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [each for each in told if isinstance(each, str)] == survivors
    assert all("FULL" in str(each) for each in told if each not in survivors)
    assert [line for line in await store.read(ids) if line < "f"] == survivors
    await store.write(lambda tx: tx.run("PRAGMA max_page_count = 1000000"))
    assert await store.write(add("c")) == "c"


async def test_a_unit_that_passes_over_a_full_disk_writes_nothing_more(store: SqliteStore):
    def careless(tx: Tx) -> None:
        with suppress(StoreFailed):
            one_row_at_a_time(tx)
        with suppress(StoreFailed):
            tx.run("UPDATE tally SET count = 1")

    await store.write(lambda tx: tx.run("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreFailed, match="FULL"):
        await store.write(careless)
    assert await store.read(lambda tx: tx.one("SELECT 1 FROM tally WHERE count = 0")) is not None


@pytest.mark.parametrize("sql", ["ROLLBACK", "RELEASE unit", "INSERT INTO late VALUES ('nobody')"])
async def test_a_batch_that_cannot_be_committed_is_told_and_later_writes_go_on(store: SqliteStore, sql: LiteralString):
    def unit(tx: Tx) -> None:
        add("lost")(tx)
        tx.run(sql)

    with pytest.raises(StoreFailed):
        await store.write(unit)
    assert await store.write(add("a")) == "a"
    assert await store.read(ids) == ["a"]


async def test_a_database_held_by_another_program_is_told_and_later_writes_go_on(store: SqliteStore, tmp_path: Path):
    await store.write(lambda tx: tx.run("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(tmp_path / "lianxin.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="BUSY"):
            await store.write(add("a"))
        other.execute("ROLLBACK")
    assert await store.write(add("b")) == "b"
    assert await store.read(ids) == ["b"]


async def test_too_many_waiting_are_refused_at_once(store: SqliteStore):
    gate = await Gate(store).shut()
    tasks = [asyncio.create_task(store.write(add(str(n)))) for n in range(WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(StoreFailed, match="overloaded"):
        await store.write(add("one too many"))
    await gate.open()
    await asyncio.gather(*tasks)
    assert len(await store.read(ids)) == WAITING


@contextmanager
def bare_store(folder: Path) -> Generator[tuple[SqliteStore, sqlite3.Connection]]:
    """A store whose connection can be broken behind its back."""
    asyncio.run(start(folder).close())
    with ExitStack() as opened:
        connection = opened.enter_context(closing(connect(folder / "lianxin.db", "rw")))
        reader = opened.enter_context(closing(connect(folder / "lianxin.db", "ro")))
        yield SqliteStore(Database(connection), [reader], VAULT, opened.pop_all()), connection


def test_a_transaction_left_open_ends_the_writer_and_nobody_is_told_stored(tmp_path: Path):
    async def write_and_wait(store: SqliteStore) -> None:
        told = await asyncio.gather(*(store.write(add(str(n))) for n in range(5)), return_exceptions=True)
        assert [type(each) for each in told] == [StoreFailed] * 5
        assert "left open" in str(await store.died())
        await store.close()

    with bare_store(tmp_path) as (store, connection):
        connection.execute("BEGIN")
        asyncio.run(write_and_wait(store))


def test_a_writer_that_dies_leaves_nobody_waiting(tmp_path: Path):
    async def break_while_many_wait(store: SqliteStore, connection: sqlite3.Connection) -> None:
        gone, gate = asyncio.create_task(store.died()), await Gate(store).shut()
        tasks = [asyncio.create_task(store.write(add(str(n)))) for n in range(3 * BATCH)]
        await asyncio.sleep(0)
        gone.cancel()
        connection.close()
        gate.go.set()
        with pytest.raises(StoreFailed):
            await gate.task
        assert {type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)} == {StoreFailed}
        assert isinstance(await store.died(), sqlite3.Error)
        assert not store.alive
        with pytest.raises(StoreFailed, match="stopped"):
            await store.write(add("a"))
        assert await store.read(ids) == []
        await store.close()

    with bare_store(tmp_path) as (store, connection):
        asyncio.run(break_while_many_wait(store, connection))
