"""A desk that keeps the real one's contract in memory: it answers, remembers, refuses, and may be told to break."""

import asyncio
import hmac
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from bot.clock import Clock, StillClock
from bot.message import Message
from bot.web.desk import DemoClock, Door, Line, Phone

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAY = Path(__file__).parents[2] / "templates" / "say"
PHONES = (
    Phone("zhou", "周宁", "联络员 · 机关党委", "zh", on_duty=True),
    Phone("wu", "吴彤", "联络员 · 机关党委", "zh"),
    Phone("chen", "陈晓", "成员 · 清风专班临时党支部", "zh"),
    Phone("li", "李想", "成员 · 清风专班临时党支部", "zh"),
    Phone("anna", "Anna Bai", "member · spring training", "en"),
)
PLAIN = Environment(undefined=StrictUndefined, autoescape=False)


@cache
def sentences(language: str) -> dict[str, str]:
    return tomllib.loads((SAY / language / "web.toml").read_text(encoding="utf-8"))


class FakeDemo:
    """Buttons that move a still clock and remember which were pressed."""

    def __init__(self, clock: StillClock) -> None:
        self.clock, self.moves, self.running = clock, list[str](), False
        self.ready = asyncio.Event()
        self.ready.set()

    async def move(self, step: str) -> None:
        await self.ready.wait()
        self.moves.append(step)
        self.running = step == "run"
        hours = {"next": 0.5, "hour": 1, "day": 24}.get(step, 0)
        self.clock.move(self.clock.now() + timedelta(hours=hours))

    async def state(self) -> dict[str, Any]:
        now = self.clock.now() + timedelta(hours=8)
        return {
            "now": now.strftime("%Y-%m-%dT%H:%M:%S+08:00"),
            "running": self.running,
            "next": (now + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%S+08:00"),
            "branches": [{"name": "清风专班临时党支部", "state": "running"}, {"name": "春训班", "state": "planned"}],
        }


class FakeDesk:
    """Says back what it hears; keeps nothing of what sounds like a case; hears one key once."""

    def __init__(self, *, open_phones: bool = True, demo: bool = True, phones: Sequence[Phone] = PHONES) -> None:
        self.still = StillClock(START)
        self.clock: Clock = self.still
        self.open_phones = open_phones
        self.demo: DemoClock | None = FakeDemo(self.still) if demo else None
        self.language, self.unit, self.time_zone = "zh", "示例县人民检察院", "Asia/Shanghai"
        self.roster = list(phones)
        self.heard: list[tuple[str, str, str]] = []
        self.breaks: Exception | None = None
        self.status = "ok"
        self.waiting = asyncio.Event()  # somebody asked to be told of news
        self.exports: list[tuple[str, bytes, str, bool]] = []
        self._answers: dict[str, str] = {}
        self.doors: dict[str, Door] = {}
        self.minded: list[tuple[str, str]] = []
        self._lines: dict[str, list[Line]] = {}
        self._news = asyncio.Condition()

    async def calendar(self, whose: str, key: str) -> bytes | None:
        return b"BEGIN:VCALENDAR" if (whose, key) == ("unit", "abc") else None

    def material(self, item: str) -> tuple[Path | None, str] | None:
        return (Path(__file__), "abc") if item == "lesson" else (None, "abc") if item == "gone" else None

    async def may_import(self, member: str) -> bool:
        return next(phone.on_duty for phone in self.roster if phone.member == member)

    def platforms(self, language: str) -> Sequence[tuple[str, str]]:
        return [("xuexi", "学习强国"), ("ah-cadre", "安徽干部教育在线")]

    async def take_export(
        self, name: str, content: bytes, platform: str, *, enter: bool
    ) -> Sequence[tuple[str, Mapping[str, Any]]]:
        self.exports.append((name, content, platform, enter))
        return [("web_wrong_field", {"name": "张三"})]

    async def phones(self) -> Sequence[Phone]:
        return self.roster

    def knows(self, member: str) -> bool:
        return any(phone.member == member for phone in self.roster)

    async def language_of(self, member: str) -> str:
        return next(phone.language for phone in self.roster if phone.member == member)

    async def phone(self, member: str) -> Phone | None:
        return next((phone for phone in self.roster if phone.member == member), None)

    async def lines(self, member: str, after: str = "") -> Sequence[Line]:
        if self.breaks:
            raise self.breaks
        return [line for line in self._lines.get(member, []) if line.id > after]

    async def wait_for_lines(self, member: str, after: str, seconds: float) -> None:
        self.waiting.set()
        async with self._news:
            await self._news.wait_for(lambda: any(line.id > after for line in self._lines.get(member, [])))

    async def hear(self, member: str, text: str, key: str) -> str:
        self.heard.append((member, text, key))
        if self.breaks:
            raise self.breaks
        if key not in self._answers:
            self._answers[key] = await self._answer(member, text)
        return self._answers[key]

    async def _answer(self, member: str, text: str) -> str:
        if len(text) > 4000:
            return await self.tell(member, "太长了，请分几次写。")
        if "案号" in text:
            return await self.tell(member, "这句话像是案件信息，没有保存。请换个说法，只说自己的情况。")
        await self.tell(member, text, sender=member)
        return await self.tell(member, f"记下了：{text}")

    async def tell(self, member: str, text: str, sender: str = "bot") -> str:
        number = sum(map(len, self._lines.values())) + 1
        async with self._news:
            line = Line(f"{number:06}", sender, text, self.clock.now())
            self._lines.setdefault(member, []).append(line)
            self._news.notify_all()
        return text

    def door(self, channel: str) -> Door | None:
        return self.doors.get(channel)

    async def hear_message(self, message: Message) -> str:
        return await self.hear(message.sender, message.text, message.key)

    async def mind(self, channel: str, alarm: str) -> None:
        self.minded.append((channel, alarm))

    async def records(self, member: str, form: str) -> bytes:
        return f"{form} of {member}".encode()

    def sign(self, text: str) -> str:
        return hmac.digest(b"a key of these tests", text.encode(), "sha256").hex()

    def words(self, key: str, language: str, **facts: object) -> str:
        return PLAIN.from_string(sentences(language)[key]).render(**facts)

    async def health(self) -> dict[str, Any]:
        return {"status": self.status, "version": "0", "clock": "2026-03-02T09:00:00Z"}
