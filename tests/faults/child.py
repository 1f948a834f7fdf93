"""A process to be killed: it prints each line's id only once it has been told that the line is stored."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from bot.errors import CannotStart
from bot.store.tx import Tx
from tests.store.line_store import add, start

WRITERS = 16


def by_returning(line: str) -> Callable[[Tx], object]:
    """Adds a row with RETURNING, and uses what is returned in each way there is, or not at all."""

    def unit(tx: Tx) -> object:
        ways = (tx.run, tx.one, tx.all)
        return ways[int(line.split("-")[1]) % 3]("INSERT INTO line (id) VALUES (:id) RETURNING id", id=line)

    return unit


async def burst(folder: Path, unit: Callable[[str], Callable[[Tx], object]]) -> None:
    store = start(folder)

    async def write_on(writer: int) -> None:
        for number in range(1_000_000):
            await store.write(unit(f"{writer}-{number}"))
            print(f"{writer}-{number}", flush=True)  # noqa: T201

    await asyncio.gather(*(write_on(writer) for writer in range(WRITERS)))


def trap(folder: Path) -> None:
    """What the store must never do: a transaction stays open, and all that follows only ends savepoints in it."""
    asyncio.run(start(folder).close())
    connection = sqlite3.connect(folder / "lianxin.db")
    for number in range(1_000_000):
        connection.execute("SAVEPOINT unit") if number else None
        connection.execute("INSERT INTO line (id) VALUES (?) RETURNING id", [f"0-{number}"]).fetchall()
        connection.execute("RELEASE unit") if number else None
        print(f"0-{number}", flush=True)  # noqa: T201


def main(mode: str, folder: Path) -> None:
    try:
        trap(folder) if mode == "trap" else asyncio.run(burst(folder, add if mode == "burst" else by_returning))
    except CannotStart as error:
        sys.exit(error.key)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
