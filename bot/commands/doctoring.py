"""lianxin doctor: each line is fine or says what to do."""

import asyncio
from argparse import Namespace
from pathlib import Path

from bot.checkup import checkup
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import load
from bot.config.model import Config


def add_verbs(verbs: Verbs) -> None:
    verbs.add("doctor", doctor).add_argument("file", type=Path)


def doctor(terminal: Terminal, chosen: Namespace) -> int:
    """0: all is fine. 1: something has to be mended."""
    config = load(chosen.file)
    terminal.language = config.language
    terminal.say("doctor.fine", text=terminal.words("doctor.file", path=chosen.file, people=len(config.people)))
    return asyncio.run(_told(terminal, config))


async def _told(terminal: Terminal, config: Config) -> int:
    ill = 0
    async for one in checkup(config):
        text = terminal.words(one.key, **one.facts)
        terminal.say("doctor.fine" if one.fine else "doctor.mend", text=text)
        ill += not one.fine
    terminal.say("doctor.ended", count=ill)
    return 1 if ill else 0
