"""A town on WeCom: the real bot, its real pages, and the simulator of WeCom between them."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.channels.wecom import Wecom as Channel
from bot.desk import BotDesk
from bot.making import make_all
from bot.web.server import build
from tests.simulators.wecom import APP, Corp, Delivered, Member, Wecom, simulator
from tests.town import MORNING, TOWN, Town, moment, town

USERS = {
    "chen": "ChenXiao",
    "li": "LiMing",
    "wang": "WangJing",
    "zhao": "ZhaoLei",
    "sun": "SunYue",
    "zhou": "ZhouMin",
    "wu": "WuQiang",
    "ma": "MaJun",
}


def people() -> list[Member]:
    return [Member(user, who) for who, user in USERS.items()]


def on_wecom(
    base: str, text: str = TOWN, corp: Corp | None = None, more: str = "", users: Mapping[str, str] = USERS
) -> str:
    """The town's file with WeCom in place of the web chat, and `more` keys of it."""
    corp = corp or Corp()
    head, rest = text.split('[channels.chat]\nkind = "webchat"\n', 1)
    keys = f'corp_id = "{corp.corp_id}"\nagent_id = {corp.app.agentid}\napi_base = "{base}"\n{more}'
    for id_, user in users.items():
        rest = rest.replace(f"\n{id_} = {{ ", f'\n{id_} = {{ wecom = "{user}", ', 1)
    return f'{head}[channels.wecom]\nkind = "wecom"\n{keys}{rest}'


def said(done: Delivered) -> str:
    """What she sees at once as the answer; nothing may be wrong with how it came."""
    assert done.acknowledged, done
    assert not done.trouble, done.trouble
    return done.reply.text if done.reply else ""


@dataclass
class WecomTown:
    t: Town
    wecom: Wecom
    pages: TestServer

    async def say(self, who: str, text: str) -> str:
        answer = said(await self.wecom.say(USERS[who], text))
        await self.t.bot.beat()
        return answer

    def chat(self, who: str) -> list[str]:
        """What came as text; cards are beside it."""
        return [one.text for one in self.wecom.record.lines(USERS[who]) if one.sender == APP and one.kind == "text"]

    @property
    def port(self) -> int:
        return self.pages.make_url("/").port or 0

    @property
    def channel(self) -> Channel:
        found = self.t.bot.channels["wecom"]
        assert isinstance(found, Channel)
        return found


class _Hour:
    """The simulator's clock is the town's, from when there is one."""

    def __init__(self, at: str) -> None:
        self.at = moment(at)
        self.town: Town | None = None

    def now(self) -> datetime:
        return self.town.clock.now() if self.town else self.at


def secrets_in(monkeypatch: pytest.MonkeyPatch, corp: Corp) -> None:
    app = corp.app
    for name, value in {"SECRET": app.secret, "TOKEN": app.token, "AES_KEY": app.aes_key}.items():
        monkeypatch.setenv(f"WECOM_{name}", value)


@asynccontextmanager
async def wecom_town(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path | None = None,
    at: str = MORNING,
    wecom: Wecom | None = None,
    text: str = TOWN,
    corp: Corp | None = None,
    more: str = "",
    users: Mapping[str, str] = USERS,
) -> AsyncGenerator[WecomTown]:
    """`wecom`: a platform that has been there before; without one a new one that knows everybody of the town."""
    hour = _Hour(at)
    async with AsyncExitStack() as stack:
        wecom = wecom or await stack.enter_async_context(simulator(people(), corp=corp, now=hour.now))
        secrets_in(monkeypatch, wecom.corp)
        make = partial(make_all, monotonic=lambda: hour.now().timestamp())
        written = on_wecom(wecom.url, text, wecom.corp, more, users)
        t = await stack.enter_async_context(town(written, at, folder, make=make))
        hour.town, wecom.world.now = t, hour.now
        pages = TestServer(build(BotDesk(t.bot)))
        await pages.start_server()
        stack.push_async_callback(pages.close)
        wecom.corp.app.callback_url = str(pages.make_url("/callback/wecom"))
        w = WecomTown(t, wecom, pages)
        yield w
