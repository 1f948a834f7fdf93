"""Whose turn it is to speak: who has spoken least, and of those whose last time is longest ago."""

from collections.abc import Container, Mapping, Sequence
from datetime import UTC, datetime

NEVER = datetime(1, 1, 1, tzinfo=UTC)


def next_speaker(
    people: Sequence[str], spoken: Mapping[str, Sequence[datetime]], busy: Container[str] = ()
) -> str | None:
    """The one of `people`, in their order, whose turn it is; `busy` ones are skipped and come first when they are
    back, since they have spoken less. `spoken`: when each has spoken or is to speak. None: everybody is busy."""
    free = [one for one in people if one not in busy]
    return min(free, key=lambda one: _turns(spoken.get(one, ())), default=None)


def _turns(times: Sequence[datetime]) -> tuple[int, datetime]:
    return len(times), max(times, default=NEVER)
