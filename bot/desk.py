"""The bot as its web pages see it."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from bot import study_desk
from bot.channels.base import Channel
from bot.channels.wecom import Wecom
from bot.clock import Clock
from bot.config.model import Config
from bot.domain.branch import title
from bot.domain.people import Member
from bot.errors import LianxinError
from bot.export.own_file import as_html, as_json, own_file
from bot.message import Message, Outgoing
from bot.render import Renderer
from bot.store.tables import Tables
from bot.store.tx import Store, Tx
from bot.store.vault import AesVault
from bot.web.desk import DemoClock, Door, Line, Phone

Rank = Literal["liaison", "member", "deputy", "secretary", "none"]
DUTY: tuple[Rank, ...] = ("liaison", "deputy", "secretary")
RANKS: tuple[Rank, ...] = get_args(Rank)


class Bells:
    """Wakes the pages that wait for somebody's next line."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def ring(self, member: str) -> None:
        for event in self._waiting.get(member, ()):
            event.set()

    async def wait(self, member: str, event: asyncio.Event, seconds: float) -> None:
        """Return once `event` is set, or after so many real seconds."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self._waiting[member].discard(event)

    def watch(self, member: str) -> asyncio.Event:
        """An event that the next ring sets: taken before one looks, so that no line is missed between."""
        event = asyncio.Event()
        self._waiting.setdefault(member, set()).add(event)
        return event


def _rank(tables: Tables, member: str) -> Rank:
    """What a person is first of all, in the branches that run."""
    if tables.branches.open_of_liaison(member, on_duty=True):
        return "liaison"
    if tables.branches.open_of_member(member):
        return "member"
    if tables.branches.open_of_liaison(member):
        return "deputy"
    return "secretary" if tables.branches.open_of_duty_holder(member) else "none"


async def remember_lines(store: Store, bells: Bells, channel: str, clock: Clock, batch: Sequence[Outgoing]) -> None:
    """What the web chat sends is written into the phones it is for."""

    def unit(tx: Tx) -> list[str]:
        tables = Tables(tx)
        reached: list[str] = []
        for one in batch:
            member = tables.members.at(channel, one.address)
            if member:
                tables.lines.add(member.id, one.text, clock.now(), one.reference)
                reached.append(member.id)
        return reached

    for member in await store.write(unit):
        bells.ring(member)


class Seen(Protocol):
    """What the pages need of the bot. Its file may be another tomorrow: whatever comes from it is looked up anew."""

    @property
    def config(self) -> Config: ...
    @property
    def renderer(self) -> Renderer: ...
    @property
    def store(self) -> Store: ...
    @property
    def vault(self) -> AesVault: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def bells(self) -> Bells: ...
    @property
    def channels(self) -> Mapping[str, Channel]: ...
    async def hear(self, message: Message, /) -> str: ...
    async def mind(self, channel: str, alarm: str, /) -> None: ...
    async def health(self) -> dict[str, Any]: ...


class BotDesk:
    """All that a page may ask for. Demo: `open_phones`, and a clock with buttons."""

    def __init__(self, bot: Seen, demo: DemoClock | None = None) -> None:
        self._bot = bot
        self.clock, self.demo, self.open_phones = bot.clock, demo, demo is not None

    @property
    def language(self) -> str:
        return self._bot.config.language

    @property
    def unit(self) -> str:
        return self._bot.config.name

    @property
    def time_zone(self) -> str:
        return self._bot.config.time_zone

    @property
    def _channel(self) -> str:
        return next((name for name, channel in self._bot.config.channels.items() if channel.kind == "webchat"), "")

    async def phones(self) -> Sequence[Phone]:
        """Liaison officers on duty first, then members of running branches, then everybody else."""

        def unit(tx: Tx) -> list[Phone]:
            tables = Tables(tx)
            found: list[tuple[Rank, Member]] = [
                (_rank(tables, member.id), member) for member in tables.members.listed()
            ]
            ranked = sorted(found, key=lambda pair: RANKS.index(pair[0]))
            return [self._phone(tables, member, rank) for rank, member in ranked]

        return await self._bot.store.read(unit)

    async def phone(self, member: str) -> Phone | None:
        def unit(tx: Tx) -> Phone | None:
            tables = Tables(tx)
            found = tables.members.get(member)
            return self._phone(tables, found, _rank(tables, member)) if found else None

        return await self._bot.store.read(unit)

    def knows(self, member: str) -> bool:
        """Without a web chat in the file there is no phone to open."""
        return bool(self._channel) and member in self._bot.config.people

    async def language_of(self, member: str) -> str:
        try:
            found = await self._bot.store.read(lambda tx: Tables(tx).members.get(member))
        except LianxinError:
            found = None
        person = self._bot.config.people.get(member)
        return found.language if found else (person and person.language) or self.language

    def _phone(self, tables: Tables, member: Member, rank: Rank) -> Phone:
        """Her name, and one line that says what she is where."""
        is_admin = member.id in self._bot.config.admins
        word = "admin" if rank == "none" and is_admin else rank
        branches = [branch for branch, _ in tables.branches.open_of_member(member.id)]
        named = branches if rank == "member" else tables.branches.open_of_duty_holder(member.id)
        names = [title(branch, member.language) for branch in named[:1]]
        role = self._bot.renderer.say(member.language, f"words.role.{word}")
        return Phone(member.id, member.name, " · ".join([role, *names]), member.language, rank in DUTY)

    async def lines(self, member: str, after: str = "") -> Sequence[Line]:
        number = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
        found = await self._bot.store.read(lambda tx: Tables(tx).lines.of(member, number))
        return [Line(f"{line.number:012d}", line.sender, line.text, line.at) for line in found]

    async def wait_for_lines(self, member: str, after: str, seconds: float) -> None:
        event = self._bot.bells.watch(member)
        if await self.lines(member, after):
            event.set()
        await self._bot.bells.wait(member, event, seconds)

    async def hear(self, member: str, text: str, key: str) -> str:
        address = self._bot.config.people[member].addresses.get(self._channel, member)
        answer = await self._bot.hear(Message(self._channel, key, address, text))
        self._bot.bells.ring(member)
        return answer

    async def calendar(self, whose: str, key: str) -> bytes | None:
        return await study_desk.calendar(self._bot, whose, key)

    def material(self, item: str) -> tuple[Path | None, str] | None:
        return study_desk.material(self._bot, item)

    async def may_import(self, member: str) -> bool:
        return await study_desk.may_import(self._bot, member)

    def platforms(self, language: str) -> Sequence[tuple[str, str]]:
        return [(id_, one.named(language)) for id_, one in self._bot.config.platforms.items()]

    async def take_export(self, name: str, content: bytes, platform: str, *, enter: bool) -> study_desk.Lines:
        return await study_desk.take_export(self._bot, name, content, platform, enter=enter)

    def door(self, channel: str) -> Door | None:
        found = self._bot.channels.get(channel)
        return found if isinstance(found, Wecom) else None

    async def hear_message(self, message: Message) -> str:
        return await self._bot.hear(message)

    async def mind(self, channel: str, alarm: str) -> None:
        await self._bot.mind(channel, alarm)

    async def records(self, member: str, form: str) -> bytes:
        now = self._bot.clock.now()
        file = await self._bot.store.read(lambda tx: own_file(tx, member, now))
        assert file is not None, "whoever the file lists is in the store"
        if form == "json":
            return as_json(file)
        return as_html(file, self._bot.renderer, self._bot.config)

    def sign(self, text: str) -> str:
        return self._bot.vault.sign(text)

    def words(self, key: str, language: str, **facts: object) -> str:
        return self._bot.renderer.say(language, key if "." in key else f"web.{key}", facts)

    async def health(self) -> dict[str, Any]:
        return await self._bot.health()
