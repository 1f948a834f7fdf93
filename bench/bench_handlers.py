"""What a handler costs, and the whole unit around it (seen before?, gate, sentence, sealing), without the commit: every
message of every talk of tests/talks, on the real tables."""

import asyncio
import logging
import math
import time
from dataclasses import dataclass
from typing import TypeVar

from bot.flow.inbound import Ear
from bot.handling import Answer, Context
from bot.message import Message
from bot.store.inbound import Seen
from bot.store.tx import Store, Tx, Unit, undone
from handlers import ARRIVAL, COMMANDS, FALLBACK
from tests.talking import Talk, begun, play_lines, spoken_in, talks
from tests.town import Town

TIMES = 7
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    unit: float  # milliseconds, as the next
    handler: float
    said: str


class TimedEar(Ear):
    """Keeps what its handlers took at their fastest."""

    fastest = math.inf

    def _answer(self, heard: Context, seen: Seen, *, opened: bool) -> Answer:
        begun_at = time.perf_counter()
        answer = super()._answer(heard, seen, opened=opened)
        self.fastest = min(self.fastest, time.perf_counter() - begun_at)
        return answer


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
    store, ear = TimedStore(t.bot.store), TimedEar(t.bot.config, t.bot.renderer, COMMANDS, FALLBACK, ARRIVAL)
    message = Message("chat", "measured", who, text)
    await ear.hear(store, message, t.clock.now(), t.bot.channels["chat"].can)
    handler = ear.fastest * 1000 if ear.fastest < math.inf else 0.0  # what the gate refuses reaches none
    return Figure(store.milliseconds, handler, text)


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
    figures = [one for talk in talks() for one in await _of(talk)]
    print(f"{len(figures)} messages, without commit, in ms")
    _print("a handler (p50 wanted < 0.5)", [(one.handler, one.said) for one in figures])
    _print("the whole unit", [(one.unit, one.said) for one in figures])


def _print(what: str, figures: list[tuple[float, str]]) -> None:
    figures.sort()
    p50, p99 = (figures[int(len(figures) * share)][0] for share in (0.5, 0.99))
    print(f"{what}: p50 {p50:.2f}, p99 {p99:.2f}; the longest {figures[-1][0]:.2f} {figures[-1][1][:40]!r}")


if __name__ == "__main__":
    asyncio.run(main())
