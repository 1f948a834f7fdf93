"""What the web pages need of the bot: the one face they see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.channels.wecom_inbox import Received
from bot.clock import Clock
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's phone in the web chat. `role` is a rendered line such as “member · 清风专班临时党支部”.

    `on_duty`: she looks after a branch and belongs to none.
    """

    member: str
    name: str
    role: str
    language: str
    on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chat. `sender` is "bot" or the member's id; ids sort in the order they were said."""

    id: str
    sender: str
    text: str
    at: datetime


class Door(Protocol):
    """A channel that is called from outside. What is not for us raises NotOurs."""

    def echo(self, query: Mapping[str, str]) -> bytes: ...
    def receive(self, query: Mapping[str, str], body: bytes) -> Received: ...
    def reply(self, to: Received, text: str, at: int, nonce: str) -> str: ...


class DemoClock(Protocol):
    """The demo's buttons: the real program, moved by hand."""

    async def move(self, step: str) -> None:
        """`next` event, `hour`, `day`, `run` (let it run), `stop`."""
        ...

    async def state(self) -> dict[str, Any]:
        """now (ISO text with the unit's offset), running (bool), next (ISO text or None), branches [{name, state}]."""
        ...


class Desk(Protocol):
    """Everything a page may ask; nothing else of the bot is visible from the web."""

    clock: Clock
    open_phones: bool  # demo: no signed link is asked, but only on loopback
    demo: DemoClock | None

    @property
    def language(self) -> str: ...
    @property
    def unit(self) -> str:
        """The organisation's name."""
        ...

    @property
    def time_zone(self) -> str:
        """The one hours are shown in."""
        ...

    async def phones(self) -> Sequence[Phone]: ...
    async def phone(self, member: str) -> Phone | None: ...
    def knows(self, member: str) -> bool:
        """Whether there is such a member, without a look into the store."""
        ...

    async def language_of(self, member: str) -> str:
        """What she has chosen to hear; the file's word for it where the store cannot be read."""
        ...

    async def lines(self, member: str, after: str = "") -> Sequence[Line]:
        """The chat, oldest first; with `after`, only what was said later than that line."""
        ...

    async def wait_for_lines(self, member: str, after: str, seconds: float) -> None:
        """Return when there is a line later than `after`, or after `seconds` of real time."""
        ...

    async def hear(self, member: str, text: str, key: str) -> str:
        """The bot's answer to what a member said. Raises StoreFailed when it could not be put on disk."""
        ...

    async def records(self, member: str, form: str) -> bytes:
        """All that is held about a member, as `html` or `json`."""
        ...

    async def calendar(self, whose: str, key: str) -> bytes | None:
        """The calendar that this key opens, as iCalendar."""
        ...

    def material(self, item: str) -> tuple[Path | None, str] | None:
        """The file of a study item, if it is there, and the key of its address; None: the item names no file."""
        ...

    async def may_import(self, member: str) -> bool:
        """Whether she may hand over a study platform's export."""
        ...

    def platforms(self, language: str) -> Sequence[tuple[str, str]]:
        """Id and name of each study platform."""
        ...

    async def take_export(
        self, name: str, content: bytes, platform: str, *, enter: bool
    ) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """What becomes of an export, as sentences: their keys and what fills them."""
        ...

    def door(self, channel: str) -> Door | None:
        """The channel of that name, if it is one that is called from outside."""
        ...

    async def hear_message(self, message: Message) -> str:
        """The bot's answer to what came in on a channel. Raises StoreFailed when it could not be put on disk."""
        ...

    async def mind(self, channel: str, alarm: str) -> None:
        """An event of the platform's own, of which the admins have to hear."""
        ...

    def sign(self, text: str) -> str:
        """A keyed signature (hex), for links and cookies."""
        ...

    def words(self, key: str, language: str, **facts: object) -> str:
        """A sentence of templates/say."""
        ...

    async def health(self) -> dict[str, Any]:
        """For /healthz: status, version, clock, oldest_undelivered, last_tick."""
        ...
