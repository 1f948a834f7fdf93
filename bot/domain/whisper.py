"""A whisper is for one person alone: whom it names, and how it stands with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.choosing import place_of
from bot.domain.naming import find_named
from bot.domain.people import Member

Duty = Literal["liaison", "secretary"]
Gone = Literal["", "left", "taken_back"]

# Without a gap after it a name may as well begin her sentence: 书记对我有意见 is not said to the secretary.
GAP = re.compile(r"$|[\s:：,，、;；。.!！…-]+")
TELLS = re.compile(r"告诉|(?:to|tell)\s+(?:the\s+)?", re.IGNORECASE)
SAYS_TO = re.compile(r"[给跟和对向]")
SAYS = re.compile(r"(?:说|讲)(?:一声|一下|句话)?[\s:：,，、;；。]*")
TITLES: tuple[tuple[Duty, re.Pattern[str]], ...] = (
    ("secretary", re.compile(r"(?:党?支部)?书记(?!员)(?:同志)?|secretary\b", re.IGNORECASE)),
    ("liaison", re.compile(r"(?:专职)?联络员(?:同志)?|liaison(?:\s+officer)?\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Whisper:
    """`gone`: why nobody reads it any more. `answer`: all that its reader has answered."""

    number: int
    id: str
    branch: str
    member: str
    reader: str
    duty: Duty
    words: str
    said_at: datetime
    read_at: datetime | None
    gone: Gone
    answer: str

    @property
    def unread(self) -> bool:
        return self.read_at is None and not self.gone


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a whisper may go to, and the duty for which it may."""

    member: Member
    duty: Duty
    branch: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """`readers`: whom it names; none: it is all her words. `other`: she names somebody it cannot go to."""

    readers: tuple[Reader, ...]
    words: str
    other: Member | None = None


def apart(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Each person once, whatever duties she holds."""
    found: dict[str, Reader] = {}
    for one in readers:
        found.setdefault(one.member.id, one)
    return tuple(found.values())


def addressed(said: str, readers: Sequence[Reader], others: Iterable[Member] = ()) -> Addressed:
    """To whom the head of the text says it is said, and the words after that."""
    tells, says_to = TELLS.match(said), SAYS_TO.match(said)
    lead = tells or says_to
    text = said[lead.end() :] if lead else said
    for found, end in (_titled(text, readers), _named(text, readers)):
        if (
            found
            and (begins := _words_after(text, end, told=tells is not None, must_say=says_to is not None)) is not None
        ):
            return Addressed(found, text[begins:].strip())
    other = find_named(text, others)
    if other and len(other.people) == 1 and _words_after(text, _end_of(text, other.rest), told=False, must_say=False):
        return Addressed((), said, other.people[0])
    return Addressed((), said)


def choice(text: str, readers: Sequence[Reader]) -> Reader | None:
    """The answer to “to whom?”: a number, a name, a duty, and nothing else."""
    people = apart(readers)
    place = place_of(text, len(people))
    if place is not None:
        return people[place]
    meant = addressed(text.strip(" 。.!！"), readers)
    return meant.readers[0] if len(meant.readers) == 1 and not meant.words else None


def _titled(text: str, readers: Sequence[Reader]) -> tuple[tuple[Reader, ...], int]:
    for duty, title in TITLES:
        if found := title.match(text):
            return apart(one for one in readers if one.duty == duty), found.end()
    return (), 0


def _named(text: str, readers: Sequence[Reader]) -> tuple[tuple[Reader, ...], int]:
    named = find_named(text, [one.member for one in readers])
    if named is None:
        return (), 0
    return apart(one for one in readers if one.member in named.people), _end_of(text, named.rest)


def _end_of(text: str, rest: str) -> int:
    """Where the name ends: before what follows it, and before the gap in between."""
    return len((text[: text.rfind(rest)] if rest else text).rstrip(' \t\n\u3000:：,，、;；。“”"「」'))


def _words_after(text: str, end: int, *, told: bool, must_say: bool) -> int | None:
    """Where her words begin; None: what looked like an address is a part of what she says."""
    gap = GAP.match(text, end)
    says = SAYS.match(text, gap.end() if gap else end)
    if says:
        return says.end()
    if must_say and not (gap and text[gap.end() :] == ""):
        return None
    return gap.end() if gap else end if told else None
