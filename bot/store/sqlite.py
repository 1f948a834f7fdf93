"""Remembers everything in one SQLite file: what was answered as stored is on disk, whatever happens next."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future as Promise
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.clock import monotonic
from bot.errors import StoreFailed
from bot.store.sqlite_file import bring_up, claim, connect, refuse_damage, set_up, told_plainly
from bot.store.sqlite_tx import SqliteTx, failed, in_snapshot, kept, on_copy
from bot.store.tx import Unit, Vault
from bot.store.watching import Seconds, Watch

T = TypeVar("T")
Outcome = tuple[Any, BaseException | None]

BATCH = 64
WAITING = 2000
READERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work that waits for its turn, and where its outcome goes."""

    unit: Unit[Any]
    aside: bool
    answer: asyncio.Future[Outcome]


class SqliteStore:
    """Units run on the loop, in groups, with the one connection that writes; only a thread waits for the disk.

    A unit is short, and on the loop it needs no hand-over. What is long goes `aside`: it runs on the writer's
    thread. The two never use the connection at the same time.
    """

    def __init__(
        self,
        database: Database,
        readers: Sequence[sqlite3.Connection],
        vault: Vault,
        opened: ExitStack,
        seconds: Seconds = monotonic,
    ) -> None:
        self.commits, self._watch = 0, Watch(seconds)
        self._connection, self._vault, self._opened = database.conn, vault, opened
        self._waiting: deque[Job] = deque()
        self._idle_readers: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for reader in readers:
            self._idle_readers.put(reader)
        self._reading = ThreadPoolExecutor(len(readers), "reader")
        self._writing = ThreadPoolExecutor(1, "writer")
        self._writer: asyncio.Task[None] | None = None
        self._closed = self._tidying = False
        self._death: Promise[BaseException] = Promise()
        self._death.set_running_or_notify_cancel()  # so that whoever stops waiting for it does not cancel it

    @property
    def alive(self) -> bool:
        return not (self._closed or self._death.done())

    async def died(self) -> BaseException:
        """Waits until the writer has died of what it cannot survive: the program must end, to be started again."""
        return await asyncio.wrap_future(self._death)

    async def write(self, unit: Unit[T], *, aside: bool = False) -> T:
        """A caller that is cancelled does not take its unit back: it may be stored all the same."""
        if not self.alive:
            raise StoreFailed("store.stopped")
        if len(self._waiting) >= WAITING:
            raise StoreFailed("store.overloaded", waiting=WAITING)
        job = Job(unit, aside, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_on())
        return _given(await job.answer)

    async def read(self, unit: Unit[T]) -> T:
        return await self._beside(in_snapshot, unit)

    async def rehearse(self, unit: Unit[T]) -> T:
        """What `unit` gives on a copy in memory, where it may change what it likes; the store stays as it is."""
        return await self._beside(on_copy, unit)

    async def _beside(self, run: Callable[[sqlite3.Connection, Vault, Unit[T]], T], unit: Unit[T]) -> T:
        if self._closed:
            raise StoreFailed("store.stopped")
        return _given(await asyncio.get_running_loop().run_in_executor(self._reading, self._read, run, unit))

    async def tidy(self) -> None:
        """Write the log into the database and empty it: until then it still holds what has been forgotten."""
        self._tidying = True
        await self.write(lambda _: None)

    async def close(self) -> None:
        """Ends after everything that waits has been written."""
        if not self._closed:
            self._closed = True
            if self._writer is not None:
                await asyncio.wait([self._writer])
            await asyncio.to_thread(self.shut)

    def shut(self) -> None:
        self._writing.shutdown()
        self._reading.shutdown()
        with suppress(sqlite3.Error):  # what stays in the -wal file is read from there at the next start
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._opened.close()

    def _read(self, run: Callable[[sqlite3.Connection, Vault, Unit[Any]], Any], unit: Unit[Any]) -> Outcome:
        connection = self._idle_readers.get()
        try:
            return self._watch(unit, lambda: run(connection, self._vault, unit), aside=True), None
        except BaseException as error:  # noqa: BLE001 - it is raised again, to the caller
            return None, error
        finally:
            self._idle_readers.put(connection)

    async def _write_on(self) -> None:
        batch: list[Job] = []
        try:
            while batch := self._next_batch():
                outcomes = await self._commit(batch)
                if self._tidying:
                    self._tidying = False
                    await self._on_thread("PRAGMA wal_checkpoint(TRUNCATE)")
                _answer(batch, outcomes)
        except BaseException as error:  # noqa: BLE001 - `died` gives it to the program, which ends
            self._death.set_result(error)
            refused = [*batch, *self._waiting]
            self._waiting.clear()
            _answer(refused, [(None, StoreFailed("store.stopped")) for _ in refused])

    def _next_batch(self) -> list[Job]:
        """What waits by now, without waiting for more: the last commit was the time to gather. Empty: nothing."""
        batch: list[Job] = []
        while self._waiting and len(batch) < BATCH and not (batch and (batch[0].aside or self._waiting[0].aside)):
            batch.append(self._waiting.popleft())
        return batch

    async def _commit(self, batch: list[Job]) -> list[Outcome]:
        self._expect_no_transaction()
        try:
            done = self._aside(batch[0]) if batch[0].aside else self._together(batch)
            outcomes: list[Outcome] = await done
            self.commits += 1
        except (sqlite3.Error, StoreFailed) as error:
            if self._connection.in_transaction:
                await self._on_thread("ROLLBACK")
            outcomes = [(None, failed(error)) for _ in batch]
        self._expect_no_transaction()
        return outcomes

    async def _on_thread(self, sql: str) -> None:
        """What may wait for the disk, or for another program, does not hold up the loop."""
        await asyncio.get_running_loop().run_in_executor(self._writing, self._connection.execute, sql)

    async def _together(self, batch: list[Job]) -> list[Outcome]:
        """What has changed nothing has nothing to put on the disk, and need not wait for a thread to say so."""
        await self._on_thread("BEGIN IMMEDIATE")
        before = self._connection.total_changes
        outcomes = self._in_one_go(batch) or await self._singly(batch)
        nothing = self._connection.total_changes == before
        _ = self._connection.execute("COMMIT") if nothing else await self._on_thread("COMMIT")
        return outcomes

    async def _aside(self, job: Job) -> list[Outcome]:
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._whole, job)

    def _whole(self, job: Job) -> list[Outcome]:
        self._connection.execute("BEGIN IMMEDIATE")
        outcome = self._run(job)
        self._connection.execute("COMMIT")
        return [outcome]

    def _in_one_go(self, batch: list[Job]) -> list[Outcome] | None:
        """Without a savepoint each, which costs as much as two changes. None: a unit failed, and nothing is kept."""
        try:
            return [(self._kept(job), None) for job in batch]
        except BaseException as error:  # noqa: BLE001 - the unit is run again, and what it raises then is its outcome
            self._mind_the_transaction(error)
            return None

    async def _singly(self, batch: list[Job]) -> list[Outcome]:
        """From the beginning again, so that what fails takes nobody else's along."""
        await self._on_thread("ROLLBACK")
        await self._on_thread("BEGIN IMMEDIATE")
        return [self._run(job) for job in batch]

    def _run(self, job: Job) -> Outcome:
        self._connection.execute("SAVEPOINT unit")
        try:
            outcome = self._kept(job), None
        except BaseException as error:  # noqa: BLE001 - it is raised again, to the caller
            self._mind_the_transaction(error)
            self._connection.execute("ROLLBACK TO unit")
            outcome = None, error
        self._connection.execute("RELEASE unit")
        return outcome

    def _kept(self, job: Job) -> Any:
        tx = SqliteTx(self._connection, self._vault)
        return self._watch(job.unit, lambda: kept(job.unit, tx), aside=job.aside)

    def _mind_the_transaction(self, error: BaseException) -> None:
        """Some errors end the whole transaction, as a full disk does: what the others wrote is gone too."""
        if not self._connection.in_transaction:
            raise failed(error) from error

    def _expect_no_transaction(self) -> None:
        """Inside an open transaction each COMMIT would only end a savepoint, and nothing would reach the disk."""
        if self._connection.in_transaction:
            raise RuntimeError("a transaction was left open")


def open_store(path: Path, migrations: Path, vault: Vault, now: datetime, seconds: Seconds = monotonic) -> SqliteStore:
    """The store in `path`, which is made if missing. Raises CannotStart with what to do about it."""
    with told_plainly(path), ExitStack() as opened:
        claim(path, opened)
        database = Database(opened.enter_context(closing(connect(path, "rw"))), execute_plugins=False)
        set_up(database.conn)
        refuse_damage(database.conn, path)
        bring_up(database.conn, migrations, vault, now)
        readers = [opened.enter_context(closing(connect(path, "ro"))) for _ in range(READERS)]
        return SqliteStore(database, readers, vault, opened.pop_all(), seconds)


def _given(outcome: Outcome) -> Any:
    value, error = outcome
    if error is not None:
        raise error
    return value


def _answer(batch: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
    for job, outcome in zip(batch, outcomes, strict=True):
        if not job.answer.done():
            job.answer.set_result(outcome)
