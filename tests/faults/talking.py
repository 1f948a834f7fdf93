"""A bot that hears one need after another, and prints each number only once it has been told that it is stored."""

import asyncio
import sys
from pathlib import Path

from bot.message import Message
from tests.place import STORE
from tests.town import town, town_with


async def talk(folder: Path) -> None:
    async with town(town_with(more=STORE), folder=folder) as t:
        for number in range(1_000_000):
            await t.bot.hear(Message("chat", f"m{number}", "li", f"求助 买药，这是{number}回"))
            print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(talk(Path(sys.argv[1])))
