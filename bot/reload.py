"""The file is read again when it is saved: what is wholly valid is applied, anything else changes nothing."""

import asyncio
import logging
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot import source
from bot.app import BROKEN, CONFIRMED, HELD, Bot
from bot.burst import burst
from bot.config.load import problem_lines
from bot.config.model import Config
from bot.errors import CannotStart, ConfigBroken, StoreFailed
from bot.flow.plan import Plan, as_facts, difference, foresee, unchanged
from bot.flow.plan_lines import change_lines
from bot.outcome import Outcome
from bot.render import SENTENCES, Renderer
from bot.source import Source
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.wording import renderer_for
from bot.work import Work

log = logging.getLogger("lianxin.reload")
POLL_SECONDS, SETTLING_SECONDS = 2.0, 0.3
LINES_TOLD = 6


class Reloader:
    """Watches one file and what belongs to it. One look at a time."""

    def __init__(self, bot: Bot, file: Path) -> None:
        self._bot, self._file = bot, file
        self._looking = asyncio.Lock()
        self._woken = asyncio.Event()
        self._seen: object = None  # the fingerprint of the files when they were last read
        self._named: Sequence[Path] = ()  # what the file on disk names, which need not be in force

    @property
    def file(self) -> Path:
        """Which one it is, wherever one stands."""
        return self._file.resolve()

    async def begin(self) -> None:
        """At the start. A large difference waits, and what was applied last goes on meanwhile.

        Raises CannotStart where that is not known any more: then somebody has to say yes first.
        """
        self._seen = await self._fingerprint()
        new = await self._read()
        old = await self._bot.store.read(lambda tx: source.applied(tx, self._file))
        if not await self._bot.store.read(lambda tx: Tables(tx).facts.applied()):
            await self._bot.apply(new.config, packed=new.sealed)  # the first start of all surprises nobody
            return
        plan = await self._foresee(old, new.config)
        if not plan.too_much(new.config) or await self._is_confirmed(new):
            await self._bot.apply(new.config, plan.found, new.sealed)  # it speaks as this file says already
            return
        if old is None:
            raise CannotStart("apply.start_held", path=self._file, **as_facts(plan))
        await self._bot.apply(old)
        await self._hold(new, plan)

    async def watch(self) -> None:
        """Look whenever something in the folder was saved, an admin has said yes, or `wake` was called."""
        while True:
            woken = await self._rest()
            try:
                await self.look_if_saved(woken=woken)
            except StoreFailed as error:  # it is looked at again, since it has not been seen
                log.error("look broke path=%s error=%s", self._file, error.key)  # noqa: TRY400 - the key says it

    async def look_if_saved(self, *, woken: bool = False) -> Outcome | None:
        """None: there is nothing new, or it is still being saved, and looked at when it is not."""
        found = await self._fingerprint()
        if found == self._seen and not woken and not await self._bot.store.read(_said_yes):
            return None
        await asyncio.sleep(SETTLING_SECONDS)
        if await self._fingerprint() != found:
            return None
        outcome = await self._look_safely()
        self._seen = found
        return outcome

    async def _look_safely(self) -> Outcome | None:
        """Whatever breaks, the bot goes on with what holds, and its health says so."""
        try:
            return await self.look()
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - a file that cannot be applied must not end the bot
            log.error("look broke path=%s error=%s", self._file, type(error).__name__)  # noqa: TRY400
            self._bot.file.broken(self._bot.clock.now())
            return None

    async def _fingerprint(self) -> object:
        return await asyncio.to_thread(source.fingerprint, self._file, self._bot.config, self._named)

    async def _read(self) -> Source:
        """Raises ConfigBroken. Whatever comes of it, the files that it names are watched from then on."""
        try:
            new = await asyncio.to_thread(source.read_steadily, self._file, self._bot.config.sources)
        except ConfigBroken:
            self._named = await asyncio.to_thread(source.named_by, self._file)
            raise
        self._named = new.config.sources
        return new

    def wake(self) -> None:
        """Look now, changed or not (SIGHUP)."""
        self._woken.set()

    async def look(self, *, confirmed: bool = False) -> Outcome:
        """Read the file and apply it, unless it is broken or (not `confirmed`) changes much."""
        async with self._looking:
            with _giving_way():
                return await self._look(confirmed=confirmed)

    async def _look(self, *, confirmed: bool) -> Outcome:
        try:
            new = await self._read()
        except ConfigBroken as error:
            return await self._broken(error)
        plan = await self._foresee(self._bot.config, new.config)
        if plan.too_much(new.config) and not confirmed and not await self._is_confirmed(new):
            return await self._hold(new, plan)
        return await self._apply(new, plan)

    async def _rest(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken

    async def _foresee(self, old: Config | None, new: Config) -> Plan:
        now, store = self._bot.clock.now(), self._bot.store
        found = await store.read(lambda tx: difference(tx, new))
        same = await store.read(lambda tx: unchanged(tx, found, old, new))
        return same or await store.rehearse(lambda tx: foresee(tx, old, new, now, found))

    async def _is_confirmed(self, new: Source) -> bool:
        return await self._bot.store.read(_confirmed) == new.mark

    async def _apply(self, new: Source, plan: Plan) -> Outcome:
        renderer = await asyncio.to_thread(renderer_for, new.config, self._file, SENTENCES)

        def tell(tx: Tx, now: datetime) -> None:
            self._owe(Work(tx, new.config, now), renderer, "apply.done", f"applied:{new.mark}", plan)

        await self._bot.apply(new.config, plan.found, new.sealed, renderer, None if plan.empty else tell)
        if plan.empty:
            return Outcome("same", plan)
        log.info("applied anew changes=%d messages=%d", len(plan.changes), len(plan.messages))
        return Outcome("applied", plan)

    async def _hold(self, new: Source, plan: Plan) -> Outcome:
        now = self._bot.clock.now()
        self._bot.file.waits(now)

        def unit(tx: Tx) -> None:
            facts = Tables(tx).facts
            facts.forget(BROKEN)
            if facts.setting(CONFIRMED) != new.mark:  # a yes was for the file it was said of
                facts.forget(CONFIRMED)
            if facts.setting(HELD) != new.mark:
                facts.put(HELD, new.mark)
                work = Work(tx, self._bot.config, now)
                self._owe(work, self._bot.renderer, "apply.held", f"held:{new.mark}", plan)

        await self._bot.store.write(unit)
        self._bot.woken.set()
        log.warning("file held changes=%d messages=%d leaving=%d", *as_facts(plan).values())
        return Outcome("held", plan)

    async def _broken(self, error: ConfigBroken) -> Outcome:
        """What held before goes on; the admins hear of each broken version once, until the file is mended."""
        now = self._bot.clock.now()
        self._bot.file.broken(now)
        problems = problem_lines(error)
        log.error("file broken path=%s problems=%d", self._file, len(problems))
        for one, facts in problems[:LINES_TOLD]:
            log.error("file broken at=%s problem=%s", facts["where"], one.key)
        mark = await asyncio.to_thread(source.mark_of_broken, self._file, repr(problems))
        reason = f"broken:{mark}:{self._bot.file.stale_since}"

        def unit(tx: Tx) -> None:
            work = Work(tx, self._bot.config, now)
            for name in (HELD, CONFIRMED):  # there is nothing to say yes to any more
                work.tables.facts.forget(name)
            work.tables.facts.put(BROKEN, mark)
            for admin in self._bot.config.admins:
                told = [
                    self._bot.renderer.say(work.language(admin), one.key, facts) for one, facts in problems[:LINES_TOLD]
                ]
                facts = {"path": self._file.name, "lines": told, "more": len(problems) - len(told)}
                work.owe("apply.broken", admin, f"{reason}:{admin}", filled_by=facts)

        await self._bot.store.write(unit)
        self._bot.woken.set()
        return Outcome("broken", error=error)

    def _owe(self, work: Work, renderer: Renderer, sentence: str, reason: str, plan: Plan) -> None:
        """The same version may come again after another: each time is news."""
        for admin in work.config.admins:
            told = change_lines(renderer, work.language(admin), plan, LINES_TOLD)
            facts = {**as_facts(plan), "lines": told, "more": len(plan.changes) - len(told)}
            work.owe(sentence, admin, f"{reason}:{work.now}:{admin}", filled_by=facts)


@contextmanager
def _giving_way() -> Generator[None]:
    """What is worked out beside the loop hands over ten times as often, and nobody looks for garbage meanwhile:
    both had answers wait for a tenth of a second where twenty thousand people were read (bench_reload)."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 10)
    try:
        with burst():
            yield
    finally:
        sys.setswitchinterval(before)


def _said_yes(tx: Tx) -> bool:
    """An admin has said yes to what is held."""
    held = Tables(tx).facts.setting(HELD)
    return held is not None and _confirmed(tx) == held


def _confirmed(tx: Tx) -> str | None:
    return Tables(tx).facts.setting(CONFIRMED)
