"""A bot on a real file that is edited while it runs."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import StillClock
from bot.config.load import load
from bot.opening import check_key, open_bot
from bot.outcome import Outcome
from bot.reload import Reloader
from tests.town import TOWN, Town, moment, town_with


class Edited(Town):
    """Save the file anew, and have it looked at."""

    file: Path
    reloader: Reloader

    async def save(self, *changes: tuple[str, str], more: str = "", confirmed: bool = False) -> Outcome:
        self.file.write_text(town_with(*changes, more=more), "utf-8")
        return await self.look(confirmed=confirmed)

    async def look(self, *, confirmed: bool = False) -> Outcome:
        outcome = await self.reloader.look(confirmed=confirmed)
        await self.bot.beat()
        return outcome


@asynccontextmanager
async def edited_town(
    folder: Path, at: str = "2026-03-02 08:00", text: str | None = TOWN
) -> AsyncGenerator[Edited, None]:
    """Started on the file in `folder` (`text` None: as it lies there)."""
    file = folder / "config.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    clock = StillClock(moment(at))
    bot = open_bot(load(file), folder / "town.db", folder / "town.key", clock)
    try:
        await check_key(bot, folder / "town.key")
        t = Edited(bot, clock)
        t.file, t.reloader = file, Reloader(bot, file)
        await t.reloader.begin()
        await bot.beat()
        yield t
    finally:
        await bot.store.close()
