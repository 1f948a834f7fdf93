"""Letters that say the same share a call, as far as the channel allows, whatever unit of work they came up in."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import Channel
from bot.message import Card
from bot.work import Work

BETWEEN_PARTS = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Letter:
    """One merged text for one person, or a part of it: what does not fit into one message goes on in the next."""

    member: str
    channel: str
    address: str
    text: str
    prompt: bool
    reasons: tuple[str, ...]
    part: int = 0
    card: Card | None = None
    chat: str = ""  # it is said there, once for all who hear it for the same reason
    stem: str = ""

    @property
    def call(self) -> tuple[object, ...]:
        """What those who may share a call have in common."""
        where = (self.channel, self.chat, self.stem)
        return (*where, self.text, self.prompt, self.part, self.card)


class Calls:
    """The deliveries of one beat: none is sent before the beat has made them all, so each may still be filled."""

    def __init__(self) -> None:
        self._open: dict[tuple[object, ...], tuple[str, set[str]]] = {}

    def put(self, work: Work, letters: Iterable[Letter], channels: Mapping[str, Channel]) -> None:
        for text in _same_text(letters):
            channel = channels[text[0].channel]
            most = len(text) if text[0].chat else channel.can.recipients
            rest = self._filled(work, text, most)
            for start in range(0, len(rest), most):
                self._make(work, rest[start : start + most], channel)

    def _filled(self, work: Work, letters: Sequence[Letter], most: int) -> Sequence[Letter]:
        """Those that did not fit into a call that is there already; nobody is in one call twice."""
        id_, there = self._open.get(letters[0].call, ("", set[str]()))
        if letters[0].chat or not id_ or work.tables.deliveries.state(id_) != "due":
            return letters
        more = [letter for letter in letters if letter.member not in there][: max(most - len(there), 0)]
        work.tables.deliveries.add(id_, _to(more), work.now)
        self._settle(work, more, id_, there)
        placed = {letter.member for letter in more}
        return [letter for letter in letters if letter.member not in placed]

    def _make(self, work: Work, letters: Sequence[Letter], channel: Channel) -> None:
        """One delivery; its name follows from what it says to whom, so the same unit run again makes the same rows.

        What has been said in a chat for the same reason is not said there again.
        """
        part, first = letters[0].part, letters[0]
        reasons = sorted(reason for letter in letters for reason in letter.reasons)
        whole = name_of_call(first.chat, first.stem if first.chat else "\n".join(reasons))
        id_ = f"{whole[:28]}-{part:03}" if part else whole
        next_at = work.now + part * BETWEEN_PARTS
        if channel.can.off_the_hour:
            next_at += off_the_hour(whole, work.now)
        if not (first.chat and work.tables.deliveries.state(id_)):
            make = work.tables.deliveries.make
            make(id_, first.channel, first.text, _to(letters), work.now, next_at, card=first.card, chat=first.chat)
        self._settle(work, letters, id_, set())

    def _settle(self, work: Work, letters: Sequence[Letter], id_: str, there: set[str]) -> None:
        for letter in letters[:1]:
            self._open[letter.call] = (id_, there | {one.member for one in letters})
        if letters and not letters[0].part:
            work.tables.outbox.taken([reason for letter in letters for reason in letter.reasons], id_)


def _to(letters: Sequence[Letter]) -> list[tuple[str, str, bool]]:
    return [(letter.member, letter.address, letter.prompt) for letter in letters]


def _same_text(letters: Iterable[Letter]) -> list[list[Letter]]:
    groups: dict[tuple[object, ...], list[Letter]] = {}
    for letter in letters:
        groups.setdefault(letter.call, []).append(letter)
    return list(groups.values())


def name_of_call(chat: str, reasons: str) -> str:
    return hashlib.sha256(f"{chat}|{reasons}".encode()).hexdigest()[:32]


def off_the_hour(id_: str, now: datetime) -> timedelta:
    """At :00 and :30 everybody's messages go, and the platform asks not to: ours go some seconds later, and a repeat
    at the same second as before."""
    crowded = now.minute % 30 == 0
    return timedelta(seconds=20 + int(id_[:4], 16) % 100) if crowded else timedelta(0)
