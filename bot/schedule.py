"""APScheduler as an alarm clock: it wakes the beat and remembers nothing; the database knows what is due."""

import logging
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]

from bot import clock as clocks
from bot.app import Bot
from bot.errors import StoreFailed

log = logging.getLogger("lianxin.schedule")
POLL_SECONDS = 20
SHORTEST = 0.2


class Heart:
    """Beats when woken by a message, by the next thing due, or every twenty seconds."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )

    async def run(self) -> None:
        """Beat until cancelled. A store that refuses is tried again at the next waking."""
        self._scheduler.add_job(self._wake, "interval", seconds=POLL_SECONDS)  # pyright: ignore[reportUnknownMemberType]
        self._scheduler.start()
        try:
            while True:
                self._bot.woken.clear()
                try:
                    await self._bot.beat()
                    await self._set_next()
                except StoreFailed as error:
                    log.error("beat failed error=%s", error.key)  # noqa: TRY400 - the key says it; no words in logs
                await self._bot.woken.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    async def _wake(self) -> None:
        self._bot.woken.set()

    async def _set_next(self) -> None:
        """Wake in time for what is due next, as far as the rules' clock runs by itself."""
        at = await self._bot.next_at()
        seconds = self._bot.clock.real_seconds(at - self._bot.clock.now()) if at else None
        if seconds is not None and seconds < POLL_SECONDS:
            when = clocks.real() + timedelta(seconds=max(seconds, SHORTEST))
            self._scheduler.add_job(self._wake, "date", run_date=when, id="next", replace_existing=True)  # pyright: ignore[reportUnknownMemberType]
