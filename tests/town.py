"""A small organisation to test on: the real program on a real database file, with a clock that stands still."""

import atexit
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import LiteralString
from zoneinfo import ZoneInfo

from bot.app import Bot, advance
from bot.clock import StillClock
from bot.config.load import read
from bot.making import Make, make_all
from bot.message import Message
from bot.opening import check_key, open_bot
from bot.overrides import Overrides
from bot.render import SENTENCES, Renderer
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite_file import bring_up, connect, set_up
from bot.store.tables import Tables
from bot.store.tx import Row, Value
from bot.store.vault import AesVault
from bot.wording import renderer_for

ZONE = ZoneInfo("Asia/Shanghai")
TOWN = """
name = "示例县人民检察院"
admins = ["zhou"]
[channels.chat]
kind = "webchat"
[people]
chen = { name = "陈晓", status = "full" }
li = { name = "李明", status = "full" }
wang = { name = "王静", status = "full" }
zhao = { name = "赵磊", status = "officer" }
sun = { name = "孙悦", status = "officer", language = "en" }
zhou = { name = "周敏" }
wu = { name = "吴强" }
ma = { name = "马骏" }
[branches.qingfeng]
name = "清风专班临时党支部"
kind = "case"
from = 2026-03-02
to = 2026-05-29
liaison = ["zhou", "wu"]
secretary = "ma"
members = ["chen", "li", "wang", "zhao", "sun"]
approval = { by = "机关党委", number = "机党〔2026〕7号", date = 2026-02-27 }
"""
MORNING = "2026-03-02 08:00"


def town_with(*changes: tuple[str, str], more: str = "") -> str:
    """The town's file with each (old, new) put in, and `more` after it."""
    text = TOWN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text + more


def moment(local: str) -> datetime:
    """`2026-03-02 17:40` as the unit's clocks show it."""
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


class Town:
    """Say something as somebody, move the clock, hear what each phone got."""

    def __init__(self, bot: Bot, clock: StillClock) -> None:
        self.bot, self.clock = bot, clock
        self._said, self._started = 0, clock.now()
        self._heard: dict[str, int] = {}

    async def talk(self, who: str, text: str, key: str = "") -> str:
        """What the bot answers; then everything that follows from it is done."""
        self._said += 1
        answer = await self.bot.hear(Message("chat", key or f"m{self._said} {self._started}", who, text))
        await self.bot.beat()
        return answer

    async def until(self, local: str) -> None:
        """Let time pass up to that hour, event by event."""
        await advance(self.bot, self.clock, moment(local))

    async def heard(self, who: str) -> list[str]:
        """What the bot has said to them by itself and in answers since the last time somebody looked."""
        lines = await self.bot.store.read(lambda tx: Tables(tx).lines.of(who, self._heard.get(who, 0)))
        self._heard[who] = max([line.number for line in lines], default=self._heard.get(who, 0))
        return [line.text for line in lines if line.sender == "bot"]

    async def heard_unasked(self, who: str) -> list[str]:
        """What the bot has said to them by itself since the last time somebody looked; answers are left out."""
        rows = await self.rows("SELECT number FROM phone_line WHERE member = :who AND sender = 'bot'", who=who)
        unasked = {row["number"] for row in rows}
        lines = await self.bot.store.read(lambda tx: Tables(tx).lines.of(who, self._heard.get(who, 0)))
        self._heard[who] = max([line.number for line in lines], default=self._heard.get(who, 0))
        return [line.text for line in lines if line.number in unasked]

    async def owed(self, kind: str) -> list[str]:
        """To whom something of that kind was said or is to be said, in the order it was owed."""
        rows = await self.rows(
            "SELECT member FROM outbox WHERE kind = :kind AND state <> 'skipped' ORDER BY number", kind=kind
        )
        return [row["member"] for row in rows]

    async def skipped(self, kind: str) -> list[str]:
        """Why what was owed of that kind was not said."""
        rows = await self.rows(
            "SELECT note FROM outbox WHERE kind = :kind AND state = 'skipped' ORDER BY number", kind=kind
        )
        return [row["note"] for row in rows]

    async def state(self, branch: str = "qingfeng") -> str:
        return (await self.rows("SELECT state FROM branch WHERE id = :id", id=branch))[0]["state"]

    async def rows(self, sql: LiteralString, **values: Value) -> list[Row]:
        return await self.bot.store.read(lambda tx: tx.all(sql, **values))


def edited(folder: Path, at: str, *changes: tuple[str, str], more: str = "") -> AbstractAsyncContextManager["Town"]:
    """The town in that folder, started (again) with its file changed like this."""
    return town(town_with(*changes, more=more), at, folder)


@cache
def empty_database() -> Path:
    """One with all its tables, made once by the migrations; most towns begin with a copy."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    (folder / "empty.db").touch()
    with closing(connect(folder / "empty.db", "rw")) as connection:
        set_up(connection)
        bring_up(connection, MIGRATIONS, AesVault(bytes(32)), moment(MORNING))
    return folder / "empty.db"


@asynccontextmanager
async def town(
    text: str = TOWN,
    at: str = MORNING,
    folder: Path | None = None,
    own: Overrides | None = None,
    make: Make = make_all,
) -> AsyncGenerator[Town, None]:
    """Start the bot on `text` at that hour; with `folder` it goes on where it was stopped there, and speaks with the
    sentences that lie there (or with `own`)."""
    with tempfile.TemporaryDirectory() as new:
        place = folder or Path(new)
        if folder is None:
            shutil.copyfile(empty_database(), place / "town.db")
        clock = StillClock(moment(at))
        config = read(text, place / "config.toml")
        renderer = Renderer(SENTENCES, own) if own else renderer_for(config, place / "config.toml", SENTENCES)
        bot = open_bot(config, place / "town.db", place / "town.key", clock, renderer, make)
        try:
            await check_key(bot, place / "town.key")
            await bot.apply()
            await bot.beat()
            yield Town(bot, clock)
        finally:
            await bot.close()
            await bot.store.close()
