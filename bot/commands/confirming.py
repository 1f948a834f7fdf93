"""Saying yes to the first messages over a real channel, where no admin can be reached by one yet."""

import asyncio
from argparse import Namespace
from pathlib import Path

from bot import clock as clocks
from bot import control
from bot.clock import StillClock
from bot.commands.planning import mind_error
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.making import SILENT
from bot.opening import check_key, open_bot
from bot.serve import closing_store
from bot.store.tx import Tx
from bot.unconfirmed import confirm
from bot.work import Work


def add_verbs(verbs: Verbs) -> None:
    verbs.add("confirm", yes).add_argument("file", type=Path)


def yes(terminal: Terminal, chosen: Namespace) -> int:
    """Through the bot that runs, else on the store itself."""
    config = load(chosen.file)
    terminal.language = config.language
    answer = control.ask(store_path(config, chosen.file), {"verb": "confirm", "file": str(chosen.file.resolve())})
    if answer is not None:
        mind_error(answer, chosen.file)
        return _said(terminal, answer["channels"])
    return asyncio.run(_alone(terminal, config, chosen.file))


async def _alone(terminal: Terminal, config: Config, file: Path) -> int:
    bot = open_bot(config, store_path(config, file), key_path(config, file), StillClock(clocks.real()), make=SILENT)

    async def work() -> int:
        await check_key(bot, key_path(config, file))
        now = bot.clock.now()

        def unit(tx: Tx) -> list[str]:
            return confirm(Work(tx, config, now))

        return _said(terminal, await bot.store.write(unit))

    return await closing_store(bot, work)


def _said(terminal: Terminal, channels: list[str]) -> int:
    terminal.say("sending.confirmed" if channels else "sending.nothing_waits", channels=channels)
    return 0
