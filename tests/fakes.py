"""A channel that keeps the real one's contract (it reports on everyone and raises for none) and may be told to fail."""

from collections.abc import Callable, Sequence

from bot.channels.base import Capabilities
from bot.message import Outgoing, Sent

Fate = Callable[[Outgoing], Sent]


def arrives(one: Outgoing) -> Sent:
    return Sent(one.address)


def comes_later(one: Outgoing) -> Sent:
    return Sent(one.address, "busy", retry=True)


def is_unknown(one: Outgoing) -> Sent:
    return Sent(one.address, "unknown address")


class FakeChannel:
    """Remembers every call; what becomes of each message is decided by `fate`."""

    def __init__(self, name: str = "chat", fate: Fate = arrives, recipients: int = 1000) -> None:
        self.name, self.fate = name, fate
        self.can = Capabilities(recipients=recipients, reaches_outside=False)
        self.calls: list[list[Outgoing]] = []

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        self.calls.append(list(batch))
        return [self.fate(one) for one in batch]

    async def close(self) -> None:
        """Nothing is open."""

    def texts(self, address: str) -> list[str]:
        return [one.text for call in self.calls for one in call if one.address == address]


class BrokenChannel(FakeChannel):
    """Breaks the contract, as a bug would."""

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        self.calls.append(list(batch))
        raise RuntimeError("a bug")
