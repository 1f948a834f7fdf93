"""What every channel is: what it can do, and one way to send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.domain.group_chat import Done, Step
from bot.message import Outgoing, Sent


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`recipients`: how many addresses one call may carry. `remembers`: the bot keeps the chat's lines itself.

    `most_bytes`: of UTF-8 in one answer; what is longer goes on by 更多.
    """

    recipients: int = 1000
    remembers: bool = False
    cards: bool = False  # answers can be tapped
    groups: bool = False  # it is a Grouping
    most_bytes: int = 2048
    reaches_outside: bool = True  # a real service: not to be used with a clock of one's own
    off_the_hour: bool = False  # the platform asks not to be called at :00 and :30


class Channel(Protocol):
    name: str
    can: Capabilities

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        """Send each message; report on every one, and raise for none."""
        ...

    async def close(self) -> None:
        """It is not used any more."""
        ...


@runtime_checkable
class Grouping(Protocol):
    """A channel on which a branch can have a group chat."""

    async def group(self, step: Step) -> Done:
        """Make one step; raises for nothing."""
        ...


@runtime_checkable
class Counting(Protocol):
    """A channel whose platform drops what is too much for one member."""

    def recall(self, sent: Mapping[str, Iterable[float]]) -> None:
        """By address, how many seconds ago something went out before the start."""
        ...


def can_group(channel: Channel) -> Grouping | None:
    return channel if channel.can.groups and isinstance(channel, Grouping) else None
