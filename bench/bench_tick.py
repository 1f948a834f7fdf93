"""A tick with nothing due, with 10 and with 10 000 running branches: the cost must be the same."""

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config.load import read
from bot.domain import instant
from bot.flow.tick import tick
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite import SqliteStore, open_store
from bot.store.tx import Tx, Value
from bot.store.vault import open_vault

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TIMES, TURNS = 2000, 9
FILE = """
name = "测试院"
admins = ["boss"]
[channels.chat]
kind = "webchat"
[people]
boss = { name = "周敏" }
"""
CONFIG = read(FILE, Path("config.toml"))


async def _open(folder: str, branches: int) -> SqliteStore:
    """A store in which so many branches run, and nothing of them is due."""
    store = open_store(Path(folder) / "x.db", MIGRATIONS, open_vault(Path(folder) / "x.key"), NOW)
    later = instant.text(NOW + timedelta(hours=1))
    subjects = [(kind, f"b{i}") for i in range(branches) for kind in ("branch", "plan", "round")]
    rows: list[dict[str, Value]] = [{"kind": kind, "subject": one, "at": later} for kind, one in subjects]
    insert = "INSERT INTO alarm (kind, subject, at) VALUES (:kind, :subject, :at)"
    await store.write(lambda tx: tx.many(insert, rows))
    return store


def _microseconds(tx: Tx) -> float:
    """Of one tick."""
    begun = time.perf_counter()
    for _ in range(TIMES):
        assert tick(tx, CONFIG, NOW) == []
    return (time.perf_counter() - begun) / TIMES * 1e6


async def main() -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        few, many = await _open(one, 10), await _open(other, 10_000)
        figures = [(await few.write(_microseconds), await many.write(_microseconds)) for _ in range(TURNS)]
        await few.close()
        await many.close()
    low, high = (min(column) for column in zip(*figures, strict=True))
    print(f"idle tick: {low:.1f} µs with 10 branches, {high:.1f} µs with 10 000, ratio {high / low:.2f}")


if __name__ == "__main__":
    asyncio.run(main())
