"""What comes in and what goes out, whatever the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person said. `key` is the channel's own name for it: the same key is the same message."""

    channel: str
    key: str
    sender: str  # the person's address on that channel
    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of templates/say by its key, with what fills it; how it reads is decided by who reads it."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One rendered text for one address; `reference` is the delivery it belongs to."""

    address: str
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one Outgoing: `error` is empty when it arrived; `retry` says whether to try again."""

    address: str
    error: str = ""
    retry: bool = False
