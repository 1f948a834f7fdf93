"""Runs the bot on a disk that takes longer: each COMMIT sleeps on the thread that waits for the disk.

python -m bench.slow_disk SECONDS BATCH run … ; BATCH 0: as shipped, else at most so many units a commit.
"""

import sys
import time
from typing import Any

from bot import __main__
from bot.store import sqlite


class Slow:
    """A connection whose COMMIT takes longer."""

    def __init__(self, connection: Any, seconds: float) -> None:
        self._connection, self._seconds = connection, seconds

    def execute(self, sql: str, *values: Any) -> Any:
        if sql == "COMMIT":
            time.sleep(self._seconds)
        return self._connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def slow_down(seconds: float, batch: int) -> None:
    made = sqlite.SqliteStore.__init__

    def init(self: Any, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self._connection = Slow(self._connection, seconds)

    sqlite.SqliteStore.__init__ = init
    if batch:
        sqlite.BATCH = batch


if __name__ == "__main__":
    if float(sys.argv[1]) or int(sys.argv[2]):
        slow_down(float(sys.argv[1]), int(sys.argv[2]))
    sys.argv[1:3] = []
    sys.exit(__main__.main())
