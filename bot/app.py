"""The one place that builds everything and joins it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import clock as clocks
from bot import source
from bot.channels.base import Channel, Counting
from bot.channels.webchat import Remember
from bot.clock import Clock, StillClock
from bot.config.model import ChannelConfig, Config
from bot.desk import Bells, remember_lines
from bot.domain import instant
from bot.file_state import FileState
from bot.flow.calls import Calls
from bot.flow.delivery import send_due
from bot.flow.first_send import Today, ask, today
from bot.flow.grouping import look_after
from bot.flow.inbound import Ear
from bot.flow.letters import batch
from bot.flow.reconcile import reconcile
from bot.flow.rewording import tell
from bot.flow.tick import tick_all
from bot.flow.wanted import Difference
from bot.making import Make, make_all
from bot.message import Message
from bot.render import Renderer
from bot.store.sqlite import SqliteStore
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import AesVault
from bot.unconfirmed import unconfirmed
from bot.web.records import link
from bot.work import Work
from handlers import ARRIVAL, COMMANDS, FALLBACK

log = logging.getLogger("lianxin.app")
VERSION = "0.1.0"
# Facts: the file that waits for an admin's word, the one she said yes to, and the one that is broken.
HELD, CONFIRMED, BROKEN = "held", "confirmed", "broken"
FORGETS = {"erase", "forget"}  # after these alarms the log of the database is emptied too


class Bot:
    """The running program. `beat` is its only way to act by itself; `hear` its only way to be spoken to."""

    def __init__(
        self,
        config: Config,
        store: SqliteStore,
        vault: AesVault,
        clock: Clock,
        renderer: Renderer,
        make: Make = make_all,
    ) -> None:
        """`make` builds the channels. Raises CannotStart where one of them lacks a secret."""
        self.store, self.vault, self.clock, self.renderer = store, vault, clock, renderer
        self.shown_at = ""  # where the demo is served, whatever the file says
        self.bells = Bells()
        self.woken = asyncio.Event()
        self.file = FileState()
        self.only_admins = False  # nobody else is written to: a set-up is being tried
        self.last_tick: datetime | None = None
        self._beating = asyncio.Lock()
        self._make, self._made = make, dict[str, tuple[ChannelConfig, Channel]]()
        self._unused: list[Channel] = []
        self._counting: set[Channel] = set()
        self.go_by(config)

    def go_by(self, config: Config, renderer: Renderer | None = None) -> None:
        """From now on this is what the file says, and how the unit says it."""
        self.config, self.renderer = config, renderer or self.renderer
        made, unused = self._make(config.channels, self._made, self._remember)
        self._made = dict(made)
        self.channels: Mapping[str, Channel] = {name: channel for name, (_, channel) in made.items()}
        self._unused += unused
        links = partial(link, self.vault, self.shown_at or config.server.public_url)
        self._ear = Ear(config, self.renderer, COMMANDS, FALLBACK, ARRIVAL, links)

    def _remember(self, name: str) -> Remember:
        return partial(remember_lines, self.store, self.bells, name, self.clock)

    async def close(self) -> None:
        """Let go of what is open towards the outside; the store is closed by whoever opened it."""
        for channel in (*self._unused, *self.channels.values()):
            await channel.close()

    async def ask_before_first_send(self) -> Today | None:
        """Where a real channel has never been said yes to, show the admins what would go out today; None: it has."""
        now = self.clock.now()
        if not await self.store.read(lambda tx: bool(unconfirmed(Work(tx, self.config, now)))):
            return None
        found = await self.store.rehearse(lambda tx: today(tx, self.config, now))
        await self.store.write(lambda tx: ask(Work(tx, self.config, now), found))
        self.woken.set()
        return found

    async def mind(self, channel: str, alarm: str) -> None:
        """The admins hear of an event of the platform's own, once a day."""
        now = self.clock.now()

        def unit(tx: Tx) -> None:
            work = Work(tx, self.config, now)
            day = instant.day_of(now, work.zone)
            work.owe_admins("channel.alarm", f"alarm:{channel}:{alarm}:{day}", channel=channel, alarm=alarm)

        await self.store.write(unit)
        self.woken.set()

    async def apply(
        self,
        config: Config | None = None,
        found: Difference | None = None,
        packed: str = "",
        renderer: Renderer | None = None,
        tell: Callable[[Tx, datetime], None] | None = None,
    ) -> None:
        """Bring the store to what the file says, in one unit of work, and go by it from then on.

        `found`: the difference, where it is known already. `packed`: the files, to know next time what was applied.
        `tell`: what the admins hear of it.
        """
        wanted = config or self.config

        def unit(tx: Tx, now: datetime) -> list[str]:
            Tables(tx).deliveries.release_all()
            if packed:
                _remember(tx, packed)
            changed = reconcile(tx, wanted, now, found)
            if tell:
                tell(tx, now)
            return changed

        async with self._beating:  # a beat goes by one configuration from beginning to end
            now = self.clock.now()
            changed = await self.store.write(lambda tx: unit(tx, now), aside=True)
            self.go_by(wanted, renderer)
            await self._recall(now)
        while self._unused:
            await self._unused.pop().close()
        if not self.only_admins:
            await self.ask_before_first_send()
        self.file = FileState()
        self.woken.set()
        log.info("applied changed=%d", len(changed))

    async def _recall(self, now: datetime) -> None:
        """A channel that was made just now learns what went out in the last hour: its platform has counted it."""
        since = now - timedelta(hours=1)
        for name, channel in self.channels.items():
            if isinstance(channel, Counting) and channel not in self._counting:
                sent = await self.store.read(partial(_sent, name=name, since=since))
                channel.recall({one: [(now - at).total_seconds() for at in times] for one, times in sent.items()})
        self._counting = set(self.channels.values())

    async def hear(self, message: Message) -> str:
        """The answer to one message. Raises StoreFailed when it could not be put on disk."""
        can = self.channels[message.channel].can
        heard = await self._ear.hear(self.store, message, self.clock.now(), can)
        if heard.stirs:
            self.woken.set()
        return heard.text

    async def beat(self) -> None:
        """One tick and all that follows from it: what is due is owed, what is owed is sent."""
        async with self._beating:
            now = self.clock.now()
            rang, calls = await tick_all(self.store, self.config, now), Calls()
            while await self._own_up(now) or await self.store.write(
                lambda tx: batch(
                    tx, self.config, self.renderer, self.channels, now, calls, only_admins=self.only_admins
                ),
                aside=True,
            ):
                pass
            while await send_due(self.store, self.channels, self.config, now, clocks.real()):
                pass
            away = {"only_admins": self.only_admins}
            await look_after(self.store, self.channels, self.config, self.renderer, now, **away)
            if self.last_tick is None or self.last_tick.date() != now.date() or rang & FORGETS:
                await self.store.tidy()
            self.last_tick = now

    async def _own_up(self, now: datetime) -> int:
        """Owe the admins word of each sentence of the unit's own that could not be said; how many there were."""
        news = self.renderer.own.news()
        if news:
            await self.store.write(lambda tx: tell(Work(tx, self.config, now), news))
            self.renderer.own.told(news)
        return len(news)

    async def next_at(self) -> datetime | None:
        """When there will be something to do, if nobody says anything."""
        return await self.store.read(_next_at)

    async def health(self) -> dict[str, Any]:
        """For /healthz: `degraded` when the store has died or something has waited for ten minutes to be sent."""
        oldest = await self.store.read(lambda tx: Tables(tx).deliveries.oldest_undelivered())
        now = self.clock.now()
        well = self.store.alive and (oldest is None or (now - oldest).total_seconds() < 600)
        return {
            "status": "ok" if well else "degraded",
            "version": VERSION,
            "clock": instant.text(now),
            "oldest_undelivered": instant.text(oldest) if oldest else None,
            "last_tick": instant.text(self.last_tick) if self.last_tick else None,
            "config": self.file.as_health(),
        }


def _remember(tx: Tx, packed: str) -> None:
    """What is applied from here on; nothing is broken or waits for an admin's word any more."""
    source.remember(tx, packed)
    for name in (HELD, CONFIRMED, BROKEN):
        Tables(tx).facts.forget(name)


def _sent(tx: Tx, name: str, since: datetime) -> dict[str, list[datetime]]:
    return Tables(tx).deliveries.sent_since(name, since)


def _next_at(tx: Tx) -> datetime | None:
    tables = Tables(tx)
    times = (
        tables.alarms.next_at(),
        tables.outbox.next_at(),
        tables.deliveries.next_at(),
        tables.group_chats.next_at(),
    )
    return min((at for at in times if at), default=None)


async def advance(bot: Bot, clock: StillClock, to: datetime) -> None:
    """Move a clock that stands still, event by event, as the real one would have passed."""
    while (at := await bot.next_at()) and at <= to:
        if at <= clock.now():
            await bot.beat()
            if (again := await bot.next_at()) and again <= clock.now():
                break  # it could not be done now; the next beat tries again
            continue
        clock.move(at)
        await bot.beat()
    clock.move(to)
    await bot.beat()
