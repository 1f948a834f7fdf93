"""The built-in web chat: pages that play everyone's phone, for units and demos without an account anywhere."""

from collections.abc import Awaitable, Callable, Sequence

from bot.channels.base import Capabilities
from bot.errors import StoreFailed
from bot.message import Outgoing, Sent

Remember = Callable[[Sequence[Outgoing]], Awaitable[None]]


class Webchat:
    """A phone here is only what the bot remembers of it: sending is remembering a line, once for each reference."""

    can = Capabilities(remembers=True, most_bytes=6000, reaches_outside=False)

    def __init__(self, name: str, remember: Remember) -> None:
        self.name = name
        self._remember = remember

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        try:
            await self._remember(batch)
        except StoreFailed:
            return [Sent(one.address, "store", retry=True) for one in batch]
        return [Sent(one.address) for one in batch]

    async def close(self) -> None:
        """Nothing is open."""
