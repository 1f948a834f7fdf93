"""The access token of a WeCom app: one for all, fetched once by whoever needs it first, never in a hurry.

One token per corporation and secret; it may be revoked early; asking too often is punished (page 91039).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

FLOOR = 30.0  # seconds between two requests for a token
EARLY = 300.0  # renewed so long before it ends


@dataclass(frozen=True, slots=True)
class Fetched:
    """A token and for how many seconds it is good; or no token, and the API's code."""

    token: str = ""
    seconds: float = 0.0
    code: int = 0


class Token:
    def __init__(self, fetch: Callable[[], Awaitable[Fetched]], monotonic: Callable[[], float]) -> None:
        self._fetch, self._monotonic = fetch, monotonic
        self._lock = asyncio.Lock()
        self._token, self._ends = "", 0.0
        self._asked: float | None = None
        self._last = Fetched()

    async def get(self, refused: str = "") -> Fetched:
        """The token; `refused`: one the API no longer takes. Within the floor, and where no new one is to be had, the
        old one is given as long as it is good; else the last outcome again."""
        async with self._lock:
            now = self._monotonic()
            held = self._held(now, refused)
            if held and now < self._ends - EARLY:
                return held
            if self._asked is not None and now - self._asked < FLOOR:
                return held or (Fetched(code=self._last.code or -1) if self._last.token else self._last)
            self._asked = now
            self._last = await self._fetch()
            if self._last.token:
                self._token, self._ends = self._last.token, self._monotonic() + self._last.seconds
            return self._last if self._last.token else held or self._last

    def _held(self, now: float, refused: str) -> Fetched | None:
        good = self._token and self._token != refused and now < self._ends
        return Fetched(self._token, self._ends - now) if good else None
