"""Every handler, at a message of the talks: whatever statement fails, nothing of it is kept, the member hears so, and
the same message then works; and a unit of work that runs twice leaves the same rows.

New talks are found by themselves. Of each file some are taken at their last message, by the hash of their titles; and
for each command the first message that is one.
"""

from collections import Counter
from hashlib import sha256
from itertools import count

import pytest

from bot.flow.inbound import Ear
from bot.flow.router import find
from bot.message import Message
from bot.store.tx import Store
from handlers import ARRIVAL, COMMANDS, FALLBACK
from tests.faults.units import FailingStore, TwiceStore, rows_of
from tests.talking import Talk, begun, play_lines, spoken_in, talks
from tests.town import Town

OF_EACH_FILE = 3
Said = tuple[Talk, int]  # a talk, and the place of the line in it


def spoken_lines(talk: Talk) -> list[tuple[int, str]]:
    said = ((place, spoken_in(line)) for place, (_, line) in enumerate(talk.lines))
    return [(place, spoken[1]) for place, spoken in said if spoken]


def sampled() -> list[Said]:
    """The same at each run, until a talk is added or renamed."""
    taken, known, found = Counter[str](), set[str](), set[tuple[str, int]]()
    shuffled = sorted(filter(spoken_lines, talks()), key=lambda talk: sha256(talk.title.encode()).digest())
    for talk in shuffled:
        taken[talk.file] += 1
        if taken[talk.file] <= OF_EACH_FILE:
            found.add((talk.title, spoken_lines(talk)[-1][0]))
        for place, text in spoken_lines(talk):
            command = find(COMMANDS, text)
            if command and command.command.name not in known:
                known.add(command.command.name)
                found.add((talk.title, place))
    by_title = {talk.title: talk for talk in shuffled}
    return [(by_title[title], place) for title, place in sorted(found)]


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


@pytest.mark.parametrize(("talk", "place"), SAMPLE, ids=[f"{talk.file}: {talk.title} {n}" for talk, n in SAMPLE])
async def test_a_message_is_kept_whole_or_not_at_all_and_alike_each_time(talk: Talk, place: int) -> None:
    before, spoken = talk.lines[:place], spoken_in(talk.lines[place][1])
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
    assert {talk.file for talk, _ in SAMPLE} == {talk.file for talk in talks()}


def test_every_command_is_among_them() -> None:
    said = (spoken_in(talk.lines[place][1]) for talk, place in SAMPLE)
    found = {command.command.name for spoken in said if spoken and (command := find(COMMANDS, spoken[1]))}
    assert {command.name for command in COMMANDS} - found == set()
