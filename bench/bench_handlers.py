"""What a handler costs, without the commit: every message of every talk of tests/talks, on the real tables."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TypeVar

from bot.flow.inbound import Ear
from bot.message import Message
from bot.store.tx import Store, Tx, Unit, undone
from handlers import ARRIVAL, COMMANDS, FALLBACK
from tests.talking import Talk, begun, play_lines, spoken_in, talks
from tests.town import Town

TIMES = 7
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    milliseconds: float
    said: str


class TimedStore:
    """Runs a unit some times over, takes each run back, and keeps what the fastest took: the machine has other work."""

    def __init__(self, store: Store) -> None:
        self._store, self.milliseconds = store, 0.0

    async def write(self, unit: Unit[T], *, aside: bool = False) -> T:
        def run(tx: Tx) -> T:
            took = [_seconds(unit, tx) for _ in range(TIMES)]
            self.milliseconds = min(took) * 1000
            with undone(tx):
                return unit(tx)

        return await self._store.write(run, aside=aside)

    async def read(self, unit: Unit[T]) -> T:
        return await self._store.read(unit)

    async def close(self) -> None:
        await self._store.close()


def _seconds(unit: Unit[T], tx: Tx) -> float:
    with undone(tx):
        begun_at = time.perf_counter()
        unit(tx)
        return time.perf_counter() - begun_at


async def _measured(t: Town, who: str, text: str) -> Figure:
    store, ear = TimedStore(t.bot.store), Ear(t.bot.config, t.bot.renderer, COMMANDS, FALLBACK, ARRIVAL)
    message = Message("chat", "measured", who, text)
    await ear.hear(store, message, t.clock.now(), t.bot.channels["chat"].can)
    return Figure(store.milliseconds, text)


async def _of(talk: Talk) -> list[Figure]:
    figures: list[Figure] = []
    async with begun(talk) as t:
        for numbered in talk.lines:
            if spoken := spoken_in(numbered[1]):
                figures.append(await _measured(t, *spoken))
            await play_lines(t, talk, [numbered])
    return figures


async def main() -> None:
    logging.getLogger("lianxin").setLevel(logging.ERROR)  # a unit that runs so often is no slow one
    figures = sorted([one for talk in talks() for one in await _of(talk)], key=lambda one: one.milliseconds)
    p50, p99 = (figures[int(len(figures) * share)] for share in (0.5, 0.99))
    print(
        f"a handler without commit, {len(figures)} messages: p50 {p50.milliseconds:.2f} ms (wanted < 0.5),"
        f" p99 {p99.milliseconds:.2f} ms"
    )
    for one in figures[-3:]:
        print(f"  {one.milliseconds:.2f} ms  {one.said[:40]!r}")


if __name__ == "__main__":
    asyncio.run(main())
