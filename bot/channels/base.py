"""What every channel is: what it can do, and one way to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.message import Outgoing, Sent


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`recipients`: how many addresses one call may carry. `remembers`: the bot keeps the chat's lines itself."""

    recipients: int = 1000
    remembers: bool = False
    reaches_outside: bool = True  # a real service: not to be used with a clock of one's own


class Channel(Protocol):
    name: str
    can: Capabilities

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        """Send each message; report on every one, and raise for none."""
        ...
