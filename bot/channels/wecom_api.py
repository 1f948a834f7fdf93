"""Calls to the WeCom API: with a deadline, one token for all, and an answer for every outcome.

Nothing here raises for what the network or the platform does; a secret or token is in no log and no error.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp

from bot import clock
from bot.channels.wecom_codes import Meaning, meaning_of
from bot.channels.wecom_counts import A_MINUTE, AN_HOUR, Quota
from bot.channels.wecom_token import Fetched, Token

log = logging.getLogger("lianxin.wecom")
DEADLINE = 8.0  # seconds for one call, from the first byte to the last
MOST_BYTES = 1024 * 1024
BREAK = 60.0  # seconds for which nothing is tried after a fresh token was refused too
OF_ONE_API = Quota(10_000, 150_000)


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a call. `code` 0 and `meaning` ok: done; without a code nothing readable came back."""

    meaning: Meaning
    code: int | None = None
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    message: str = ""
    rest: float = 0.0  # seconds for which this API takes no more calls


class WecomApi:
    """One app of one corporation. `close` when it is no longer needed."""

    def __init__(
        self,
        base: str,
        corp_id: str,
        secret: str,
        *,
        quota: Quota | None = None,
        deadline: float = DEADLINE,
        monotonic: Callable[[], float] = clock.monotonic,
    ) -> None:
        self._base, self._corp_id, self._secret = base.rstrip("/"), corp_id, secret
        self._quota, self._deadline, self._monotonic = quota or OF_ONE_API, deadline, monotonic
        self._session: aiohttp.ClientSession | None = None
        self._token = Token(self._fetch_token, lambda: self._monotonic())
        self._rests: dict[str, float] = {}
        self._calls: dict[str, deque[float]] = {}
        self._broken_until = 0.0

    async def get(self, path: str, **query: str) -> Reply:
        return await self._call("GET", path, query, None)

    async def post(self, path: str, body: bytes) -> Reply:
        """The same bytes again are the same call to the platform's duplicate check."""
        return await self._call("POST", path, {}, body)

    async def token(self) -> Reply:
        """Whether there is one to be had."""
        found = await self._token.get()
        return (
            Reply("ok", 0)
            if found.token
            else Reply(meaning_of(found.code) if found.code else "transient", found.code or None)
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(self, method: str, path: str, query: Mapping[str, str], body: bytes | None) -> Reply:
        now = self._monotonic()
        if (rest := self._rests.get(path, 0.0) - now) > 0:
            return Reply("rate", 45009, rest=rest)
        if now < self._broken_until:
            return Reply("token", rest=self._broken_until - now)
        found = await self._token.get()
        reply = await self._try(method, path, query, body, found)
        if reply.meaning == "token" and found.token:
            found = await self._token.get(refused=found.token)
            reply = await self._try(method, path, query, body, found)
            if reply.meaning == "token":
                self._broken_until = self._monotonic() + BREAK
        return self._noted(path, reply)

    async def _try(self, method: str, path: str, query: Mapping[str, str], body: bytes | None, found: Fetched) -> Reply:
        if not found.token:
            meaning = meaning_of(found.code) if found.code else "transient"
            return Reply("transient" if meaning == "ok" else meaning, found.code or None)
        self._count(path)
        return await self._ask(method, path, {**query, "access_token": found.token}, body)

    def _noted(self, path: str, reply: Reply) -> Reply:
        """After 45009 the API rests for the window whose limit was reached."""
        if reply.meaning != "rate":
            return reply
        hour = len(self._calls.get(path, ())) >= self._quota.hour
        rest = AN_HOUR if hour else A_MINUTE
        self._rests[path] = self._monotonic() + rest
        log.warning("wecom rests path=%s seconds=%d", path, rest)
        return Reply("rate", reply.code, message=reply.message, rest=rest)

    def _count(self, path: str) -> None:
        now, calls = self._monotonic(), self._calls.setdefault(path, deque())
        while calls and now - calls[0] >= AN_HOUR:
            calls.popleft()
        calls.append(now)

    async def _fetch_token(self) -> Fetched:
        reply = await self._ask("GET", "gettoken", {"corpid": self._corp_id, "corpsecret": self._secret}, None)
        token, seconds = reply.body.get("access_token"), reply.body.get("expires_in")
        if reply.meaning != "ok":
            return Fetched(code=reply.code or 0)
        if not isinstance(token, str) or not token or not isinstance(seconds, int) or seconds <= 0:
            return Fetched()
        return Fetched(token, float(seconds))

    async def _ask(self, method: str, path: str, query: Mapping[str, str], body: bytes | None) -> Reply:
        """Before anything was sent a failure is transient; after that nobody knows whether it was done."""
        headers = {"Content-Type": "application/json; charset=utf-8"} if body is not None else {}
        url = f"{self._base}/cgi-bin/{path}"
        try:
            async with (
                asyncio.timeout(self._deadline),
                self._opened().request(
                    method, url, params=query, data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                return _read(response.status, await _body(response))
        except aiohttp.ClientConnectorError as error:
            log.warning("wecom unreachable path=%s error=%s", path, type(error).__name__)
            return Reply("transient")
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("wecom unclear path=%s error=%s", path, type(error).__name__)
            return Reply("unknown")

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """All of it; of what is too long only so much that it cannot be read."""
    raw = b""
    async for piece in response.content.iter_chunked(65_536):
        raw += piece
        if len(raw) > MOST_BYTES:
            break
    return raw


def _read(status: int, raw: bytes) -> Reply:
    """Success is decided by errcode alone; what has none may have been done or not."""
    try:
        found: object = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    body = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    code = body.get("errcode")
    if status != 200 or not isinstance(code, int) or isinstance(code, bool):
        return Reply("unknown", message=f"HTTP {status}")
    message = body.get("errmsg")
    return Reply(meaning_of(code), code, body, message if isinstance(message, str) else "")
