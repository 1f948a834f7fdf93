"""Posting to the bot's address as the platform does: sealed, signed, with its time limit and its retries.

Channels.md 1.1 (pages 90238, 90930): an answer within 5 s; anything but 200, or none, is repeated, three times in all
(here three times after the first, the harder reading), with the same message but a new timestamp, nonce and signature.
"""

import os
from dataclasses import dataclass

import aiohttp

from tests.simulators.wecom import answers
from tests.simulators.wecom.crypto import Broken, seal, signature
from tests.simulators.wecom.record import Delivered, Line
from tests.simulators.wecom.world import World
from tests.simulators.wecom.xml import written


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the console would save the address; `trouble`: why not."""

    status: int
    trouble: str = ""

    @property
    def good(self) -> bool:
        return not self.trouble


class Callback:
    """`lose`: so many of the next answers are lost on the way, and asked for again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ack_seconds, self.echo_seconds, self.retries = 5.0, 1.0, 3
        self.lose = 0
        self._session: aiohttp.ClientSession | None = None

    async def verify(self) -> Verified:
        """What happens when the address is saved in the console."""
        app, said = self.world.corp.app, f"{int.from_bytes(os.urandom(8), 'big')}"
        echo = seal(app.aes_key, said, self.world.corp.corp_id)
        query = {**self._signed(echo), "echostr": echo}
        status, body = await self._ask("GET", query, b"", self.echo_seconds)
        if status != 200:
            return Verified(status, "no answer within a second" if not status else f"HTTP {status}")
        return Verified(200, "" if body == said.encode() else "the answer is not the bare echo")

    async def post(self, userid: str, what: str, xml: str, task_id: str = "") -> Delivered:
        """One message or event, repeated until it is acknowledged or the platform gives up."""
        statuses: list[int] = []
        reply: Line | None = None
        trouble = ""
        for _ in range(1 + self.retries):
            status, body = await self._once(xml)
            if self.lose > 0:
                self.lose, status = self.lose - 1, 0
            statuses.append(status)
            if status == 200:
                reply, trouble = self._take(userid, what, task_id, body)
                break
        done = Delivered(self.world.now(), userid, what, xml, tuple(statuses), reply, trouble)
        self.world.record.callbacks.append(done)
        return done

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _take(self, userid: str, what: str, task_id: str, body: bytes) -> tuple[Line | None, str]:
        try:
            return answers.take(self.world, userid, what, task_id, body.decode("utf-8")), ""
        except Broken as broken:
            return None, str(broken)
        except UnicodeDecodeError:
            return None, "the answer is not UTF-8"

    def envelope(self, sealed: str) -> tuple[dict[str, str], bytes]:
        """Query and body of a call that carries this, signed."""
        app, corp_id = self.world.corp.app, self.world.corp.corp_id
        body = written([("ToUserName", corp_id), ("AgentID", str(app.agentid)), ("Encrypt", sealed)])
        return self._signed(sealed), body.encode("utf-8")

    async def _once(self, xml: str) -> tuple[int, bytes]:
        app, corp_id = self.world.corp.app, self.world.corp.corp_id
        return await self._ask("POST", *self.envelope(seal(app.aes_key, xml, corp_id)), self.ack_seconds)

    def _signed(self, sealed: str) -> dict[str, str]:
        token = self.world.corp.app.token
        timestamp = str(int(self.world.platform_now().timestamp()))
        nonce = str(int.from_bytes(os.urandom(4), "big") % 10**10)
        return {
            "msg_signature": signature(token, timestamp, nonce, sealed),
            "timestamp": timestamp,
            "nonce": nonce,
        }

    async def _ask(self, method: str, query: dict[str, str], body: bytes, seconds: float) -> tuple[int, bytes]:
        """Status 0: no whole answer in time."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=seconds)
        headers = {"Content-Type": "text/xml"} if body else {}
        try:
            async with self._session.request(
                method,
                self.world.corp.app.callback_url,
                params=query,
                data=body or None,
                headers=headers,
                timeout=limit,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError):
            return 0, b""
