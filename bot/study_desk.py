"""Study as the web pages see it: calendars, material, and exports of platforms that are handed over."""

import asyncio
import hmac
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.config.model import Config
from bot.config.progress_file import progress_of
from bot.domain.access import may
from bot.errors import Unreadable
from bot.export.calendar import as_ics
from bot.flow.progress_post import looked_at
from bot.learning import feeds
from bot.store.tx import Store, Tx
from bot.store.vault import AesVault
from bot.work import Work

Lines = Sequence[tuple[str, Mapping[str, Any]]]
MOST_SHOWN = 200


class Taught(Protocol):
    """What this needs of the bot."""

    @property
    def config(self) -> Config: ...
    @property
    def store(self) -> Store: ...
    @property
    def vault(self) -> AesVault: ...
    @property
    def clock(self) -> Clock: ...


async def calendar(bot: Taught, whose: str, key: str) -> bytes | None:
    now = bot.clock.now()

    def unit(tx: Tx) -> tuple[str, list[feeds.Event]] | None:
        work = Work(tx, bot.config, now)
        events = feeds.events_of(work, whose) if hmac.compare_digest(key, feeds.key_of(work, whose)) else None
        return (whose, events) if events is not None else None

    found = await bot.store.read(unit)
    if found is None:
        return None
    return as_ics(bot.config.name, found[1], ZoneInfo(bot.config.time_zone), now)


def material(bot: Taught, item: str) -> tuple[Path | None, str] | None:
    """Files only beside the settings file or below it."""
    study = bot.config.study.get(item)
    if study is None or not study.material or study.material.lower().startswith(("http:", "https:")):
        return None
    folder = bot.config.sources[0].parent.resolve() if bot.config.sources else Path.cwd()
    path = (folder / study.material).resolve()
    there = path.is_relative_to(folder) and path.is_file()
    return (path if there else None), bot.vault.digest(f"material|{item}")[:32]


async def may_import(bot: Taught, member: str) -> bool:
    """Liaison officers and secretaries of running branches, secretaries of home branches, admins."""
    secretaries = {home.secretary for home in bot.config.homes.values()}
    now = bot.clock.now()

    def unit(tx: Tx) -> bool:
        work = Work(tx, bot.config, now)
        held = work.tables.branches.open_of_duty_holder(member)
        return any(may(work.roles(one, member), "see_digest") for one in held)

    return member in bot.config.admins or member in secretaries or await bot.store.read(unit)


async def take_export(bot: Taught, name: str, content: bytes, platform: str, *, enter: bool) -> Lines:
    """The very sentences that `lianxin import study` prints."""
    known = bot.config.platforms.get(platform)
    if known is None:
        return [("progress.no_platform", {"found": platform, "known": sorted(bot.config.platforms)})]
    now = bot.clock.now()
    year = now.astimezone(ZoneInfo(bot.config.time_zone)).year
    try:
        export = await asyncio.to_thread(progress_of, content, name, known, year)
    except Unreadable as wrong:
        return [(f"progress.{wrong.key.split('.')[1]}", {"path": name, **wrong.facts})]
    unit = looked_at(bot.config, now, platform, export, enter=enter)
    outcome = await (bot.store.write(unit, aside=True) if enter else bot.store.read(unit))
    lines = [(one["key"], one["facts"]) for one in outcome["lines"]]
    told = {"path": name, "platform": known.named(bot.config.language), "left": len(lines), **outcome["figures"]}
    return [("progress.entered" if enter else "progress.tried", told), *lines[:MOST_SHOWN]]
