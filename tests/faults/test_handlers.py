"""Every handler, at the last message of the talks: whatever statement fails, nothing of it is kept, the member hears
so, and the same message then works; and a unit of work that runs twice leaves the same rows.

New talks are found by themselves. Of each file some are taken, by the hash of their titles.
"""

from collections import Counter
from hashlib import sha256
from itertools import count, dropwhile

import pytest

from bot.flow.inbound import Ear
from bot.message import Message
from bot.store.tx import Store
from handlers import ARRIVAL, COMMANDS, FALLBACK
from tests.faults.units import FailingStore, TwiceStore, rows_of
from tests.talking import Talk, begun, play_lines, spoken_in, talks
from tests.town import Town

OF_EACH_FILE = 6


def says_something(talk: Talk) -> bool:
    return any(spoken_in(line) for _, line in talk.lines)


def sampled() -> list[Talk]:
    """The same at each run, until a talk is added or renamed."""
    taken = Counter[str]()
    found: list[Talk] = []
    for talk in sorted(filter(says_something, talks()), key=lambda talk: sha256(talk.title.encode()).digest()):
        taken[talk.file] += 1
        if taken[talk.file] <= OF_EACH_FILE:
            found.append(talk)
    return sorted(found, key=lambda talk: (talk.file, talk.title))


SAMPLE = sampled()


class Last:
    """The last message of a talk, heard again and again in the state that the talk has come to before it."""

    def __init__(self, t: Town, who: str, text: str) -> None:
        self._t, self._who, self._text = t, who, text
        self._ear = Ear(t.bot.config, t.bot.renderer, COMMANDS, FALLBACK, ARRIVAL)

    async def heard(self, store: Store) -> str:
        message = Message("chat", "again", self._who, self._text)
        can = self._t.bot.channels["chat"].can
        return (await self._ear.hear(store, message, self._t.clock.now(), can)).text

    async def broken(self) -> str:
        """What she is to hear when it could not be saved."""
        (row,) = await self._t.rows("SELECT language FROM member WHERE id = :who", who=self._who)
        return self._t.bot.renderer.say(row["language"], "gate.broken")


@pytest.mark.parametrize("talk", SAMPLE, ids=[f"{talk.file}: {talk.title}" for talk in SAMPLE])
async def test_a_message_is_kept_whole_or_not_at_all_and_alike_each_time(talk: Talk) -> None:
    backwards = list(dropwhile(lambda numbered: not spoken_in(numbered[1]), reversed(talk.lines)))
    before, spoken = talk.lines[: len(backwards) - 1], spoken_in(backwards[0][1])
    assert spoken
    async with begun(talk) as t:
        await play_lines(t, talk, before)
        last = Last(t, *spoken)
        await alike_each_time(t, last)
        await not_at_all(t, last)
        await play_lines(t, talk, talk.lines[len(before) :])


async def alike_each_time(t: Town, last: Last) -> None:
    twice = TwiceStore(t.bot.store)
    await last.heard(twice)
    assert len(twice.left) > 1
    assert all(left == twice.left[0] for left in twice.left)


async def not_at_all(t: Town, last: Last) -> None:
    """One statement after another fails, until none is left to fail."""
    stood, told = await t.bot.store.read(rows_of), await last.broken()
    for statement in count(1):
        store = FailingStore(t.bot.store, statement)
        heard = await last.heard(store)
        assert heard == told, statement
        assert await t.bot.store.read(rows_of) == stood, statement
        if store.passed:
            assert statement > 2, "there is nothing that could have failed"
            return


def test_some_of_every_file_are_taken() -> None:
    assert {talk.file for talk in SAMPLE} == {talk.file for talk in talks()}
