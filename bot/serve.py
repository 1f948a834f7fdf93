"""Serving: the pages, the heart, and an end that loses nothing."""

import asyncio
import errno
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import control
from bot.app import Bot
from bot.desk import BotDesk
from bot.errors import CannotStart
from bot.flow.paper_post import paper_of, take
from bot.flow.progress_post import export_of, looked_at
from bot.outcome import answer_of
from bot.reload import Reloader
from bot.schedule import Heart
from bot.unconfirmed import confirm
from bot.web.desk import DemoClock
from bot.web.server import build, runner
from bot.work import Work

log = logging.getLogger("lianxin.serve")


async def serve(
    bot: Bot,
    listen: str,
    reloader: Reloader,
    database: Path,
    demo: DemoClock | None = None,
    ready: Callable[[], None] = lambda: None,
) -> int:
    """Run until told to stop; the exit code. 1: the store died, and the supervisor should start us again."""
    site = await listen_on(build(BotDesk(bot, demo)), listen)
    heart, watch = asyncio.create_task(Heart(bot).run()), asyncio.create_task(reloader.watch())
    stop, died = asyncio.ensure_future(_told_to_stop()), asyncio.ensure_future(bot.store.died())
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloader.wake)
    async with control.listening(database, partial(grant, bot, reloader)):
        gc.collect()
        gc.freeze()  # what is there now stays to the end, and need not be looked through again and again
        log.info("ready listen=%s", listen)
        ready()
        done, _ = await asyncio.wait({stop, died, heart, watch}, return_when=asyncio.FIRST_COMPLETED)
    await site.cleanup()
    await _cancelled(heart, watch, stop, died)
    await bot.store.close()
    log.info("stopped")
    return 0 if stop in done else 1


async def grant(bot: Bot, reloader: Reloader, wish: control.Wish) -> control.Answer:
    """What a command beside the running bot may ask of it."""
    if wish.get("verb") not in ("apply", "import", "import_study", "confirm"):
        return {"error": "unknown"}
    if wish.get("file") != str(reloader.file):
        return {"error": "other_file", "running": str(reloader.file)}
    if wish["verb"] == "confirm":
        return {"channels": await _confirm(bot)}
    if wish["verb"] == "apply":
        return answer_of(await reloader.look(confirmed=bool(wish.get("yes"))))
    if wish["verb"] == "import_study":
        platform, export = str(wish["platform"]), export_of(wish["export"])
        unit = looked_at(bot.config, bot.clock.now(), platform, export, enter=bool(wish["enter"]))
        return await (bot.store.write(unit, aside=True) if wish["enter"] else bot.store.read(unit))
    outcome = await take(bot.store, bot.config, bot.clock.now(), paper_of(wish["paper"]), enter=bool(wish["enter"]))
    bot.woken.set()
    return outcome


async def _confirm(bot: Bot) -> list[str]:
    now = bot.clock.now()
    channels = await bot.store.write(lambda tx: confirm(Work(tx, bot.config, now)))
    bot.woken.set()
    return channels


async def listen_on(app: web.Application, listen: str) -> web.AppRunner:
    host, port = listen.rsplit(":", 1)
    site = runner(app)
    await site.setup()
    try:
        await web.TCPSite(site, host.strip("[]"), int(port)).start()
    except OSError as error:
        await site.cleanup()
        key = "start.port_in_use" if error.errno == errno.EADDRINUSE else "start.cannot_listen"
        raise CannotStart(key, listen=listen, port=port) from error
    return site


async def _told_to_stop() -> None:
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, event.set)
    await event.wait()


async def _cancelled(*tasks: "asyncio.Future[Any]") -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, Exception):
            await task


async def closing_store(bot: Bot, work: Callable[[], Awaitable[int]]) -> int:
    """Whatever stops the work before it serves, the store is closed properly."""
    try:
        return await work()
    finally:
        await bot.close()
        await bot.store.close()
