"""When a member is to be left alone: leave, declared silence, “later”."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LONGEST_POSTPONEMENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Away:
    """`leave` (请假) or `silence` (静默: no phone at the site); both stop prompts and the ladder."""

    id: str
    member: str
    kind: Literal["leave", "silence"]
    starts_at: datetime
    until: datetime
    ended_at: datetime | None = None


def now_away(declared: Iterable[Away], now: datetime) -> Away | None:
    """The declaration in force at `now`; of several the one that lasts longest."""
    running = [one for one in declared if one.ended_at is None and one.starts_at <= now < one.until]
    return max(running, key=lambda one: one.until, default=None)
