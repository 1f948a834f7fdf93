"""A suggestion to the secretary: signed, or by nobody in particular."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`member` None: unsigned, and kept so. `said_on`: the day alone."""

    number: int
    branch: str
    member: str | None
    words: str
    said_on: str
    answered: bool
