"""What comes in and what goes out, whatever the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person said. `key` is the channel's own name for it: the same key is the same message.

    `opened`: she said nothing, and has only opened the app. `about`: the round that the card she tapped on asks of.
    `fits`: how many characters of an answer go back the same way, where that is not as the channel says; the rest is
    sent.
    """

    channel: str
    key: str
    sender: str  # the person's address on that channel
    text: str
    opened: bool = False
    about: str = ""
    fits: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of templates/say by its key, with what fills it; how it reads is decided by who reads it."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Card:
    """A question with answers to tap. Each of `taps` is what is said by tapping it; `about`: the round it asks of."""

    title: str
    hint: str
    taps: tuple[str, ...]
    branch: str = ""  # its name
    about: str = ""

    @property
    def plain(self) -> str:
        """Its words, where no card can be shown."""
        return "\n".join([self.title, *(f"[{one}]" for one in self.taps)])


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One rendered text for one address; `reference` is the delivery it belongs to."""

    address: str
    text: str
    reference: str
    card: Card | None = None


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
