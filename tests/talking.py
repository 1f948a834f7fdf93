"""Conversations as files, tests/talks/*.talk: read, and played on the real program with a clock that stands still.

== A sentence about behaviour            (a talk begins; `== [awkward] …` is one where people are people)
% [limits]                               (lines added to office.toml; before all talks: for each of them)
@ 2026-03-02 17:40     @ +2h             (time passes; a talk begins when the first question has been read)
li: 求助 换房 | 诉求 1 号 | !没有          (what she says; what the answer has in it, and what not)
li: ¶ between lines                      (¶ is a new line in what she says)
zhou < 诉求 1 号 | !换房                   (what she has heard unasked since the last look)
wu <                                     (nothing)
"""

import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.when import parse_duration
from tests.town import ZONE, Town, town

TALKS = Path(__file__).parent / "talks"
Numbered = tuple[int, str]  # a line, and its number in the file
BEGINS = "2026-03-02 17:40"
_SAYS = re.compile(r"(\w+): ?(.*)")
_HEARS = re.compile(r"(\w+) <(.*)")


@dataclass(frozen=True, slots=True)
class Talk:
    """`lines`: number in the file, and the line."""

    file: str
    title: str
    toml: str
    lines: tuple[Numbered, ...]

    @property
    def awkward(self) -> bool:
        return self.title.startswith("[awkward]")


def talks() -> Iterator[Talk]:
    for file in sorted(TALKS.glob("*.talk")):
        yield from _talks_of(file)


def _talks_of(file: Path) -> Iterator[Talk]:
    title, common = "", list[str]()
    toml, lines = list[str](), list[Numbered]()
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if line.startswith("== "):
            if title:
                yield Talk(file.stem, title, "\n".join(common + toml), tuple(lines))
            title, toml, lines = line[3:], [], []
        elif line.startswith("%"):
            (toml if title else common).append(line[1:].strip())
        elif line.strip() and not line.startswith("#"):
            lines.append((number, line))
    if title:
        yield Talk(file.stem, title, "\n".join(common + toml), tuple(lines))


@dataclass(frozen=True, slots=True)
class Said:
    """One line as it is heard: `speaker` empty is the bot, which says it to `to`; `hour` where time has passed."""

    speaker: str
    to: str
    text: str
    hour: str = ""


async def play_talk(talk: Talk) -> list[Said]:
    """Say each line and hold what comes against what should; the first that is wrong is named. All that was said."""
    async with begun(talk) as t:
        return await play_lines(t, talk, talk.lines)


@asynccontextmanager
async def begun(talk: Talk) -> AsyncGenerator[Town]:
    """The office of the talk, before its first line."""
    text = (TALKS / "office.toml").read_text("utf-8")
    async with town(_with(text, talk.toml)) as t:
        await t.until(BEGINS)
        for who in t.bot.config.people:
            await t.heard_unasked(who)
        yield t


async def play_lines(t: Town, talk: Talk, lines: Sequence[Numbered]) -> list[Said]:
    heard: list[Said] = []
    for number, line in lines:
        heard += await _step(t, line, f"{talk.file}.talk:{number}: {line}")
    return heard


def spoken_in(line: str) -> tuple[str, str] | None:
    """Who says what in it; None: nobody says anything."""
    says = _SAYS.fullmatch(line.split(" | ")[0])
    return (says[1], says[2].replace("¶", "\n")) if says and not line.startswith("@") else None


def _with(text: str, more: str) -> str:
    """A line `people.x = …` or `branches.qingfeng.report = …` before any table goes to the head of the file."""
    lines = more.split("\n")
    first = next((place for place, line in enumerate(lines) if line.startswith("[")), len(lines))
    return "\n".join([*lines[:first], text, *lines[first:]])


async def _step(t: Town, line: str, where: str) -> list[Said]:
    said, *wanted = line.split(" | ")
    if line.startswith("@"):
        await t.until(hour := _hour(t, line[1:].strip()))
        return [Said("", "", "", hour)]
    if hears := _HEARS.fullmatch(line):
        who, wants = hears[1], hears[2].strip()
        texts = await t.heard_unasked(who)
        _hold("\n".join(texts), wants.split(" | ") if wants else None, where)
        return [Said("", who, text) for text in texts]
    says = spoken_in(said)
    assert says, f"not a line of a talk: {where}"
    answer = await t.talk(*says)
    _hold(answer, wanted, where)
    return [Said(says[0], "", says[1]), Said("", says[0], answer)]


def _hold(answer: str, wanted: list[str] | None, where: str) -> None:
    assert wanted is not None or not answer, f"{where}\n-> {answer}"
    for want in map(str.strip, wanted or []):
        if want == "…":
            continue
        there = want.removeprefix("!") in answer
        assert there is not want.startswith("!"), f"{where}\n-> {answer}"


def _hour(t: Town, written: str) -> str:
    if written.startswith("+"):
        later: timedelta = parse_duration(written[1:])
        return f"{(t.clock.now() + later).astimezone(ZONE):%Y-%m-%d %H:%M}"
    return written
