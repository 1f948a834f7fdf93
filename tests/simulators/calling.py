"""For the simulator's own tests: a clock that is moved by hand, a caller of the API, and a stand-in for the bot."""

import json
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from tests.simulators.wecom import Corp, Member, Wecom, simulator
from tests.simulators.wecom.crypto import seal, signature, unseal
from tests.simulators.wecom.xml import Field, only, parsed, written

AGENT = 1000002
TOWN = (Member("Li", "李娜"), Member("wang", "王芳"), Member("zhao", "赵敏", departments=(1, 7)))


class Still:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)


class Caller:
    """One app calling the API; the token is asked for once and given with every call."""

    def __init__(self, wecom: Wecom, clock: Still, session: aiohttp.ClientSession) -> None:
        self.wecom, self.clock, self.session = wecom, clock, session
        self.token = ""

    async def ask(self, method: str, path: str, query: dict[str, str], raw: bytes | None = None) -> dict[str, Any]:
        async with self.session.request(method, f"{self.wecom.url}/cgi-bin/{path}", params=query, data=raw) as answer:
            return json.loads(await answer.read())

    async def gettoken(self, secret: str = "", corp: str = "") -> dict[str, Any]:
        asked = {"corpid": corp or self.wecom.corp.corp_id, "corpsecret": secret or self.wecom.corp.app.secret}
        return await self.ask("GET", "gettoken", asked)

    async def post(self, path: str, body: dict[str, Any] | bytes) -> dict[str, Any]:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return await self.ask("POST", path, {"access_token": await self._token()}, raw)

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        return await self.ask("GET", path, {"access_token": await self._token(), **query})

    async def text(self, to: str, text: str, **more: Any) -> dict[str, Any]:
        return await self.post("message/send", message(to, text=text, **more))

    async def card(self, to: str, card: dict[str, Any], **more: Any) -> dict[str, Any]:
        body = {"touser": to, "agentid": AGENT, "msgtype": "template_card", "template_card": card, **more}
        return await self.post("message/send", body)

    async def _token(self) -> str:
        if not self.token:
            self.token = (await self.gettoken())["access_token"]
        return self.token


def message(to: str, *, text: str, **more: Any) -> dict[str, Any]:
    return {"touser": to, "agentid": AGENT, "msgtype": "text", "text": {"content": text}, **more}


def buttons(task_id: str = "t1", **more: Any) -> dict[str, Any]:
    return {
        "card_type": "button_interaction",
        "task_id": task_id,
        "main_title": {"title": "周报", "desc": "3月2日"},
        "button_list": [{"text": "一切正常", "key": "well"}, {"text": "需要帮助", "key": "help"}],
        **more,
    }


@asynccontextmanager
async def calling(
    members: Iterable[Member] = TOWN, corp: Corp | None = None, callback_url: str = "http://127.0.0.1:9/callback"
) -> AsyncGenerator[Caller]:
    clock = Still()
    async with (
        simulator(members, corp=corp, now=clock.now, callback_url=callback_url) as wecom,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(wecom, clock, session)


class Bot:
    """Stands where the bot will: opens what comes, answers as told."""

    def __init__(self, corp: Corp) -> None:
        self.corp, self.heard, self.queries = corp, list[str](), list[dict[str, str]]()
        self.answer: Callable[[str], web.Response] = lambda _: web.Response()
        self.echo: Callable[[str], web.Response] = lambda said: web.Response(text=said)

    async def get(self, request: web.Request) -> web.Response:
        return self.echo(self._opened(request, request.query["echostr"]))

    async def post(self, request: web.Request) -> web.Response:
        xml = self._opened(request, only(parsed(await request.text()), "Encrypt"))
        self.heard.append(xml)
        self.queries.append(dict(request.query))
        return self.answer(xml)

    def field(self, name: str, which: int = -1) -> str:
        return only(parsed(self.heard[which]), name)

    def _opened(self, request: web.Request, sealed: str) -> str:
        asked, app = request.query, self.corp.app
        assert asked["msg_signature"] == signature(app.token, asked["timestamp"], asked["nonce"], sealed)
        return unseal(app.aes_key, sealed, self.corp.corp_id)

    def sealed(self, fields: list[Field], *, corp_id: str = "", token: str = "") -> web.Response:
        app = self.corp.app
        head: list[Field] = [("ToUserName", self.field("FromUserName")), ("FromUserName", self.corp.corp_id)]
        inner = written([*head, ("CreateTime", 1772413200), *fields])
        sealed = seal(app.aes_key, inner, corp_id or self.corp.corp_id)
        signed = signature(token or app.token, "1772413200", "77", sealed)
        outer: list[Field] = [("Encrypt", sealed), ("MsgSignature", signed), ("TimeStamp", 1772413200), ("Nonce", "77")]
        return web.Response(text=written(outer))

    def says(self, text: str) -> None:
        self.answer = lambda _: self.sealed([("MsgType", "text"), ("Content", text)])


@asynccontextmanager
async def with_bot() -> AsyncGenerator[tuple[Caller, Bot]]:
    corp = Corp()
    bot = Bot(corp)
    app = web.Application()
    app.router.add_get("/callback", bot.get)
    app.router.add_post("/callback", bot.post)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with calling(corp=corp, callback_url=f"http://127.0.0.1:{runner.addresses[0][1]}/callback") as caller:
            yield caller, bot
    finally:
        await runner.cleanup()
