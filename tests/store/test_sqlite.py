"""What was answered as stored is on disk; what failed left nothing; nobody waits for ever."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import LiteralString

import pytest

from bot.errors import StoreFailed
from bot.store.beside import read_once
from bot.store.sqlite import BATCH, SqliteStore
from bot.store.tx import StatementRefused, Tx
from tests.store.line_store import VAULT, Gate, add, fill, ids, start


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = start(tmp_path)
    yield store
    await store.close()


async def test_a_unit_gives_its_result_and_readers_see_it(store: SqliteStore):
    assert await store.write(add("a", "早")) == "a"
    row = await store.read(lambda tx: tx.one("SELECT * FROM line WHERE id = :id", id="a"))
    assert row is not None
    assert {name: row[name] for name in ("id", "text")} == {"id": "a", "text": "早"}
    assert await store.read(lambda tx: tx.one("SELECT * FROM line WHERE id = 'b'")) is None


async def test_changing_rows_gives_how_many_were_touched(store: SqliteStore):
    await store.write(fill)
    assert await store.write(lambda tx: tx.run("UPDATE line SET text = '' WHERE id < :id", id="f5")) == 5
    assert await store.write(lambda tx: tx.run("DELETE FROM line WHERE id >= 'f5' RETURNING id")) == 4


async def test_a_change_gives_what_it_returns(store: SqliteStore):
    def unit(tx: Tx) -> tuple[int, list[str]]:
        touched = tx.run("INSERT INTO line (id) VALUES ('a'), ('b') RETURNING id")
        row = tx.one("INSERT INTO line (id) VALUES ('c') RETURNING id")
        return touched, [each["id"] for each in (row, *tx.all("DELETE FROM line RETURNING id")) if each]

    assert await store.write(unit) == (2, ["c", "a", "b", "c"])


async def test_a_unit_that_fails_rolls_back_alone(store: SqliteStore):
    def breaks(tx: Tx) -> None:
        add("lost")(tx)
        raise KeyError("why")

    gate = await Gate(store).shut()
    tasks = [asyncio.create_task(store.write(unit)) for unit in (add("a"), breaks, add("b"))]
    await asyncio.sleep(0)
    await gate.open()
    first, second, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, third) == ("a", "b")
    assert isinstance(second, KeyError)
    assert store.commits == 2
    assert await store.read(ids) == ["a", "b"]


@pytest.mark.parametrize("error", [StopIteration, SystemExit, asyncio.CancelledError, GeneratorExit])
async def test_no_kind_of_failure_stops_the_writer(store: SqliteStore, error: type[BaseException]):
    def breaks(tx: Tx) -> None:
        raise error

    for run in (store.write, store.read):
        with pytest.raises((error, RuntimeError)):
            await run(breaks)
    assert await store.write(add("a")) == "a"
    assert store.alive


async def test_units_that_wait_share_a_commit(store: SqliteStore):
    gate = await Gate(store).shut()
    tasks = [asyncio.create_task(store.write(add(str(n)))) for n in range(3 * BATCH)]
    await asyncio.sleep(0)
    await gate.open()
    await asyncio.gather(*tasks)
    assert store.commits == 1 + 3


async def test_two_hundred_at_once_do_not_lose_a_count(store: SqliteStore):
    def count(tx: Tx) -> None:
        row = tx.one("SELECT count FROM tally")
        tx.run("UPDATE tally SET count = :count", count=row["count"] + 1 if row else -1)

    await asyncio.gather(*(store.write(count) for _ in range(200)))
    assert [row["count"] for row in await store.read(lambda tx: tx.all("SELECT count FROM tally"))] == [200]


async def test_readers_see_only_what_is_committed(store: SqliteStore):
    inside, go = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        add("a")(tx)
        inside.set()
        assert go.wait(10)

    task = asyncio.create_task(store.write(slow, aside=True))
    await asyncio.to_thread(inside.wait, 10)
    assert await store.read(ids) == []
    go.set()
    await task
    assert await store.read(ids) == ["a"]


async def test_all_that_a_reader_sees_is_of_one_moment(store: SqliteStore):
    loop = asyncio.get_running_loop()

    def twice(tx: Tx) -> tuple[list[str], list[str]]:
        before = ids(tx)
        asyncio.run_coroutine_threadsafe(store.write(add("a")), loop).result(10)
        return before, ids(tx)

    assert await store.read(twice) == ([], [])
    assert await store.read(ids) == ["a"]


async def test_a_reader_cannot_write(store: SqliteStore):
    with pytest.raises(StoreFailed, match="READONLY"):
        await store.read(add("a"))


REFUSED = [
    ("INSERT INTO line (id) VALUES ('a')", "UNIQUE"),
    ("INSERT INTO line (id, text) VALUES ('b', NULL)", "NOT NULL"),
    ("INSERT INTO child VALUES ('nobody')", "FOREIGN KEY"),
    ("INSERT INTO lines VALUES ('b')", "no such table"),
    ("INSERT INTO line (id) VALUES (:missing)", ":missing"),
    ("DELETE FROM line; DELETE FROM line", "one statement"),
]


@pytest.mark.parametrize(("sql", "reason"), REFUSED)
async def test_a_statement_the_database_refuses_is_the_units_fault(store: SqliteStore, sql: LiteralString, reason: str):
    def unit(tx: Tx) -> None:
        add("lost")(tx)
        tx.run(sql)

    await store.write(add("a"))
    with pytest.raises(StatementRefused, match=reason):
        await store.write(unit)
    assert await store.read(ids) == ["a"]


async def test_a_unit_that_passes_over_a_refusal_is_rolled_back_all_the_same(store: SqliteStore):
    def careless(tx: Tx) -> None:
        for name in ("b", "a", "c"):
            try:
                add(name)(tx)
            except StatementRefused:
                continue

    await store.write(add("a"))
    with pytest.raises(StatementRefused):
        await store.write(careless)
    assert await store.read(ids) == ["a"]


async def test_a_caller_that_goes_away_disturbs_nobody(store: SqliteStore):
    gate = await Gate(store).shut()
    gone, stays = asyncio.create_task(store.write(add("a"))), asyncio.create_task(store.write(add("b")))
    await asyncio.sleep(0)
    gone.cancel()
    gate.task.cancel()
    gate.go.set()
    assert await stays == "b"
    assert await store.read(ids) == ["a", "b"]


async def test_closing_writes_what_waits_and_leaves_one_whole_file(tmp_path: Path):
    store = start(tmp_path)
    tasks = [asyncio.create_task(store.write(add(str(n)))) for n in range(500)]
    await asyncio.sleep(0)
    await store.close()
    assert len(await asyncio.gather(*tasks)) == 500
    assert not (tmp_path / "lianxin.db-wal").exists()
    assert len(read_once(tmp_path / "lianxin.db", VAULT, ids)) == 500


async def test_a_closed_store_refuses(tmp_path: Path):
    store = start(tmp_path)
    await store.close()
    await store.close()
    for run in (store.write, store.read):
        with pytest.raises(StoreFailed, match="stopped"):
            await run(ids)
    assert not store.alive


def hold(folder: Path, canary: bytes) -> bool:
    """Whether any of the database's files holds it."""
    return any(canary in file.read_bytes() for file in folder.glob("lianxin.db*"))


async def test_tidying_leaves_nothing_of_what_was_deleted_in_the_files(store: SqliteStore, tmp_path: Path):
    await store.write(add("a", "canary-" * 40))
    await store.write(lambda tx: tx.run("DELETE FROM line"))
    assert hold(tmp_path, b"canary")
    await store.tidy()
    assert not hold(tmp_path, b"canary")
    assert await store.write(add("b")) == "b"
