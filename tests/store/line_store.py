"""A store of lines, to try what every store must keep."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import monotonic
from bot.store.sqlite import SqliteStore, open_store
from bot.store.tx import Tx, Unit
from bot.store.vault import AesVault

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VAULT = AesVault(bytes(32))
START = """
CREATE TABLE line (id TEXT PRIMARY KEY, text TEXT NOT NULL DEFAULT '');
CREATE TABLE child (line TEXT REFERENCES line (id));
CREATE TABLE late (line TEXT REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE tally (count INTEGER NOT NULL);
INSERT INTO tally VALUES (0);
"""


def start(folder: Path, seconds: Callable[[], float] = monotonic) -> SqliteStore:
    migrations = folder / "migrations"
    migrations.mkdir(exist_ok=True)
    (migrations / "0001_start.sql").write_text(START)
    return open_store(folder / "lianxin.db", migrations, VAULT, NOW, seconds)


def add(name: str, text: str = "") -> Unit[str]:
    def unit(tx: Tx) -> str:
        tx.run("INSERT INTO line (id, text) VALUES (:id, :text)", id=name, text=text)
        return name

    return unit


def ids(tx: Tx) -> list[str]:
    return [row["id"] for row in tx.all("SELECT id FROM line ORDER BY id")]


def fill(tx: Tx) -> None:
    tx.many("INSERT INTO line (id, text) VALUES (:id, :text)", [{"id": f"f{n}", "text": "x" * 9000} for n in range(9)])


class Gate:
    """A unit that keeps the writer busy until it is let go."""

    def __init__(self, store: SqliteStore) -> None:
        self.entered, self.go = threading.Event(), threading.Event()
        self.task = asyncio.create_task(store.write(self.unit, aside=True))

    def unit(self, tx: Tx) -> None:
        self.entered.set()
        assert self.go.wait(10)

    async def shut(self) -> "Gate":
        await asyncio.to_thread(self.entered.wait, 10)
        return self

    async def open(self) -> None:
        self.go.set()
        await self.task
