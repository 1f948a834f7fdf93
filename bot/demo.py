"""The demo: the real program on a sample organisation, with a clock that moves by buttons."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import Bot, advance
from bot.clock import StillClock
from bot.config.model import Config
from bot.domain import instant
from bot.domain.branch import title
from bot.store.tables import Tables
from bot.store.tx import Tx

MORNING = time(8, 0)
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
SILENT_WEEK = timedelta(days=7)
RUN_STEP, RUN_SECONDS = timedelta(minutes=30), 1.0


def prepare(checkout: Path) -> Path:
    """The file to edit: the sample, copied once. Nothing is written outside the checkout."""
    folder = checkout / "demo"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    if not file.exists():
        shutil.copy(checkout / "config.example.toml", file)
    return file


def first_morning(config: Config) -> datetime:
    """Eight o'clock on the day the first branch opens: something happens at once."""
    day = min(branch.opens for branch in config.branches.values())
    return instant.start_of(day, ZoneInfo(config.time_zone), MORNING)


async def go_on(bot: Bot, clock: StillClock) -> None:
    """A demo that was stopped goes on at the hour it was left at."""
    left = await bot.store.read(lambda tx: Tables(tx).facts.moment("demo_clock"))
    if left:
        clock.move(left)


class Buttons:
    """What the demo's page may do with the clock. One move at a time."""

    def __init__(self, bot: Bot, clock: StillClock, heard: Callable[[], Awaitable[int]] | None = None) -> None:
        """`heard`: a number that grows when some phone rings; without one, the web chat's."""
        self._bot, self._clock = bot, clock
        self._heard = heard or self._lines
        self._moving = asyncio.Lock()
        self._running: asyncio.Task[None] | None = None

    async def move(self, step: str) -> None:
        await self.stop()
        if step == "run":
            self._running = asyncio.create_task(self._run())
        elif step == "next":
            await self._next_word()
        elif step in STEPS:
            await self._to(self._clock.now() + STEPS[step])

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def state(self) -> dict[str, Any]:
        zone = ZoneInfo(self._bot.config.time_zone)
        following = await self._bot.store.read(_next_seen_at)
        return {
            "now": instant.local(self._clock.now(), zone),
            "running": self._running is not None,
            "next": instant.local(following, zone) if following else None,
            "branches": await self._bot.store.read(self._branches),
        }

    def _branches(self, tx: Tx) -> list[dict[str, str]]:
        return [
            {"name": title(branch, self._bot.config.language), "state": branch.state}
            for branch in Tables(tx).branches.all()
        ]

    async def _next_word(self) -> None:
        """On to the next moment at which some phone rings; not farther than a week of silence."""
        heard, last = await self._heard(), self._clock.now() + SILENT_WEEK
        while await self._heard() == heard and self._clock.now() < last:
            await self._to(min(await self._bot.next_at() or last, last))

    async def _lines(self) -> int:
        return await self._bot.store.read(lambda tx: Tables(tx).lines.newest())

    async def _run(self) -> None:
        while True:
            await self._to(self._clock.now() + RUN_STEP)
            await asyncio.sleep(RUN_SECONDS)

    async def _to(self, moment: datetime) -> None:
        async with self._moving:
            await advance(self._bot, self._clock, moment)
            now = instant.text(self._clock.now())
            await self._bot.store.write(lambda tx: Tables(tx).facts.put("demo_clock", now))


def _next_seen_at(tx: Tx) -> datetime | None:
    tables = Tables(tx)
    times = (tables.alarms.next_seen_at(), tables.outbox.next_at(), tables.deliveries.next_at())
    return min((at for at in times if at), default=None)
