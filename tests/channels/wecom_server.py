"""A WeCom server for tests: real HTTP, real signatures, tokens and limits; it refuses what the documents refuse.

Pages 91039 (gettoken), 90236 (message/send), 90312 (limits), 90313 (codes), 90930 (callback), as read 2026-11. Faults
are put into `faults`, and each is used up by one call of message/send.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.channels.wecom_seal import Seal, xml_of

CORP, AGENT, SECRET = "ww0123456789abcdef", 1000002, "s" * 43
TOKEN, AES_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
MOST_TEXT, MOST_USERS, PER_MINUTE = 2048, 1000, 30
Fault = Literal["busy", "hangs_before", "hangs_after", "reset", "html", "http_500", "revoked", "rate", "ip", "half"]


@dataclass
class Api:
    """What one message/send came to."""

    errcode: int
    touser: list[str]
    text: str
    body: bytes


@dataclass
class WecomServer:
    users: set[str]
    seconds: Callable[[], float]
    unlicensed: set[str] = field(default_factory=set[str])
    faults: list[Fault] = field(default_factory=list[Fault])
    calls: list[Api] = field(default_factory=list[Api])
    tokens: int = 0
    chats: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    per_api: int = 10_000
    callback: str = ""

    def __post_init__(self) -> None:
        self.seal = Seal(TOKEN, AES_KEY, CORP)
        self._token, self._seen = "", dict[bytes, float]()
        self._reached: dict[str, list[float]] = {}
        self._number = 4561255354251345929

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/cgi-bin/gettoken", self._gettoken), web.post("/cgi-bin/message/send", self._send)])
        return app

    async def _gettoken(self, request: web.Request) -> web.Response:
        if request.query.get("corpid") != CORP:
            return _answer(40013, "invalid corpid")
        if request.query.get("corpsecret") != SECRET:
            return _answer(40001, "invalid credential")
        if not self._token:
            self.tokens += 1
            self._token = f"token-{self.tokens}"
        return _answer(0, "ok", access_token=self._token, expires_in=7200)

    async def _send(self, request: web.Request) -> web.StreamResponse:
        body, fault = await request.read(), self.faults.pop(0) if self.faults else None
        if fault == "revoked":
            self._token = ""
        if fault in ("hangs_before", "reset", "html", "http_500", "busy", "rate", "ip"):
            return await self._fails(request, fault)
        if request.query.get("access_token") != self._token or not self._token:
            return _answer(40014, "invalid access_token")
        response = self._taken(body)
        if fault == "hangs_after":
            await asyncio.sleep(3600)
        if fault == "half":
            assert request.transport
            request.transport.close()
        return response

    async def _fails(self, request: web.Request, fault: Fault) -> web.Response:
        if fault == "hangs_before":
            await asyncio.sleep(3600)
        if fault == "reset":
            assert request.transport
            request.transport.abort()
        if fault == "html":
            return web.Response(text="<html>portal</html>", content_type="text/html")
        code = {"busy": -1, "rate": 45009, "ip": 60020}.get(fault, 0)
        return _answer(code, "from ip: 203.0.113.9") if code else web.Response(status=500)

    def _taken(self, body: bytes) -> web.Response:
        found: dict[str, Any] = json.loads(body)
        users, text = str(found.get("touser", "")).split("|"), found.get("text", {}).get("content", "")
        code = self._refusal(found, users, text)
        if code:
            self.calls.append(Api(code, users, text, body))
            return _answer(code, "refused")
        known = {name.lower(): name for name in self.users}
        bad = [one.lower() for one in users if one.lower() not in known]
        if len(bad) == len(users):
            self.calls.append(Api(81013, users, text, body))
            return _answer(81013, "all invalid")
        self.calls.append(Api(0, users, text, body))
        if not self._repeat(found, body):
            for one in users:
                self._deliver(known.get(one.lower(), ""), text)
        none = [one.lower() for one in users if known.get(one.lower(), "") in self.unlicensed]
        return _answer(0, "ok", invaliduser="|".join(bad), unlicenseduser="|".join(none), msgid=f"m{len(self.calls)}")

    def _refusal(self, found: dict[str, Any], users: list[str], text: str) -> int:
        if found.get("agentid") != AGENT:
            return 40056
        if found.get("msgtype") != "text" or not text or len(users) > MOST_USERS or len(set(users)) < len(users):
            return 40058
        return 45009 if len(self.calls) >= self.per_api else 0

    def _repeat(self, found: dict[str, Any], body: bytes) -> bool:
        now, within = self.seconds(), found.get("duplicate_check_interval", 1800)
        last = self._seen.get(body)
        self._seen[body] = now
        return bool(found.get("enable_duplicate_check")) and last is not None and now - last < within

    def _deliver(self, user: str, text: str) -> None:
        """The client cuts what is too long, and drops what is too much, without a word to the sender."""
        reached = [at for at in self._reached.get(user, []) if self.seconds() - at < 60]
        if user and user not in self.unlicensed and len(reached) < PER_MINUTE:
            self._reached[user] = [*reached, self.seconds()]
            self.chats.setdefault(user, []).append(text.encode()[:MOST_TEXT].decode("utf-8", "ignore"))

    async def say(self, user: str, text: str, number: int | None = None) -> str:
        """She writes; what she sees at once as the answer."""
        self._number += 1
        return await self.post({"MsgType": "text", "Content": text, "MsgId": str(number or self._number)}, user)

    async def event(self, user: str, event: str, **more: str) -> str:
        return await self.post({"MsgType": "event", "Event": event, **more}, user)

    async def post(self, fields: dict[str, str], user: str, at: str = "1772444400") -> str:
        """Calls the bot as the platform does, three times at the most; an answer is shown in her chat."""
        head = {"ToUserName": CORP, "FromUserName": user, "CreateTime": at, "AgentID": str(AGENT)}
        for nonce in ("first", "second", "third"):
            sealed = self.seal.seal(xml_of({**head, **fields}))
            status, text = await self.send_envelope(sealed, at, nonce)
            if status == 200:
                said = self.seal.reply_in(text) if text else ""
                if said:
                    self.chats.setdefault(user, []).append(said)
                return said
        raise AssertionError(f"three times refused: {status}")

    async def send_envelope(self, sealed: str, at: str, nonce: str) -> tuple[int, str]:
        query = {"msg_signature": self.seal.signature(at, nonce, sealed), "timestamp": at, "nonce": nonce}
        body = xml_of({"ToUserName": CORP, "Encrypt": sealed, "AgentID": str(AGENT)})
        async with aiohttp.ClientSession() as session, session.post(self.callback, params=query, data=body) as response:
            return response.status, await response.text()


def _answer(code: int, message: str, **more: Any) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": message, **more})


async def started(server: WecomServer) -> TestServer:
    running = TestServer(server.app())
    await running.start_server()
    return running
