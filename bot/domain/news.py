"""News of a home branch, as they wait for the week's hour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A few lines somebody wrote for those of `home` who are away."""

    id: str
    home: str
    writer: str
    words: str
