"""A town on WeCom: the real bot, its real pages, and a WeCom server that knows only its documents."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.channels.wecom import Wecom
from bot.desk import BotDesk
from bot.web.server import build
from tests.channels.wecom_server import AES_KEY, AGENT, CORP, SECRET, TOKEN, WecomServer, started
from tests.town import MORNING, TOWN, Town, town

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


def on_wecom(base: str, text: str = TOWN) -> str:
    """The town's file with WeCom in place of the web chat."""
    head, rest = text.split('[channels.chat]\nkind = "webchat"\n', 1)
    channel = f'[channels.wecom]\nkind = "wecom"\ncorp_id = "{CORP}"\nagent_id = {AGENT}\napi_base = "{base}"\n'
    for id_, user in USERS.items():
        rest = rest.replace(f"\n{id_} = {{ ", f'\n{id_} = {{ wecom = "{user}", ', 1)
    return f"{head}{channel}{rest}"


@dataclass
class WecomTown:
    t: Town
    wecom: WecomServer
    pages: TestServer

    async def say(self, who: str, text: str, number: int | None = None) -> str:
        answer = await self.wecom.say(USERS[who], text, number)
        await self.t.bot.beat()
        return answer

    def chat(self, who: str) -> list[str]:
        return self.wecom.chats.get(USERS[who], [])

    @property
    def channel(self) -> Wecom:
        found = self.t.bot.channels["wecom"]
        assert isinstance(found, Wecom)
        return found


@asynccontextmanager
async def wecom_town(
    monkeypatch: pytest.MonkeyPatch, folder: Path | None = None, at: str = MORNING, server: WecomServer | None = None
) -> AsyncGenerator[WecomTown]:
    secrets = {"WECOM_SECRET": SECRET, "WECOM_TOKEN": TOKEN, "WECOM_AES_KEY": AES_KEY}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    seconds = [0.0]
    wecom = server or WecomServer(set(USERS.values()), lambda: seconds[0])
    running = await started(wecom)
    try:
        async with town(on_wecom(str(running.make_url("")).rstrip("/")), at, folder) as t:
            pages = TestServer(build(BotDesk(t.bot)))
            await pages.start_server()
            wecom.callback = str(pages.make_url("/callback/wecom"))
            wecom.seconds = lambda: t.clock.now().timestamp()
            w = WecomTown(t, wecom, pages)
            w.channel.api._monotonic = w.channel._monotonic = wecom.seconds  # pyright: ignore[reportPrivateUsage]
            try:
                yield w
            finally:
                await pages.close()
    finally:
        await running.close()
