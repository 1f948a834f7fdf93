"""Conversations as they are read: `who: what she says | what the answer has in it | and this too`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.town import TOWN, Town, town

ASKED = "2026-03-02 17:40"
HAILAN = """
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-02
to = 2026-03-20
liaison = ["wu"]
secretary = "zhou"
members = ["chen", "zhou"]
"""
TWO = TOWN + HAILAN


async def play(t: Town, script: str) -> None:
    """Say each line and hold the answer against what should be in it; `!` before it: should not be."""
    for line in filter(str.strip, script.split("\n")):
        said, *wanted = line.split(" | ")
        who, text = said.split(": ", 1) if ": " in said else (said.strip().rstrip(":"), "")
        answer = await t.talk(who.strip(), text)
        for want in map(str.strip, wanted):
            there = want.removeprefix("!") in answer
            assert there is not want.startswith("!"), f"{line}\n-> {answer}"


@asynccontextmanager
async def asked(text: str = TOWN) -> AsyncGenerator[Town, None]:
    """The town when the first question has just gone out and been seen."""
    async with town(text) as t:
        await t.until(ASKED)
        for who in ("chen", "li", "wang", "zhao", "sun", "zhou", "wu", "ma"):
            await t.heard(who)
        yield t


async def told(t: Town, who: str) -> str:
    """All that somebody has heard since the last time, in one text."""
    return "\n".join(await t.heard(who))
