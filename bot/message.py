"""What comes in and what goes out, whatever the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person said. `key` is the channel's own name for it: the same key is the same message.

    `opened`: she said nothing, and has only opened the app. `silent`: no answer can go back the same way; it is sent.
    """

    channel: str
    key: str
    sender: str  # the person's address on that channel
    text: str
    opened: bool = False
    silent: bool = False


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
    """What became of one Outgoing: `error` is empty when it arrived; `retry` says whether to try again.

    `after`: not before so many seconds. `sure_within`: nobody knows whether it arrived, and for so many seconds after
    it was made a repeat does no harm. `to_mend`: somebody has to change something first; `told` is the platform's word.
    """

    address: str
    error: str = ""
    retry: bool = False
    after: float = 0.0
    sure_within: float | None = None
    to_mend: bool = False
    told: str = ""
