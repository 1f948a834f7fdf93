"""When a member is to be left alone: leave, declared silence, “later”."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

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


Rung = Literal["question", "buddy", "liaison", "others", "contact_leader"]
RUNGS: tuple[Rung, ...] = get_args(Rung)


@dataclass(frozen=True, slots=True)
class ExitLadder:
    """After the gentle question at the end of a silence, who hears when that no answer came. None: nobody of those."""

    buddy: timedelta
    liaison: timedelta
    others: timedelta  # deputies and secretary
    contact_leader: timedelta | None = None


def climbs_at(ladder: ExitLadder, rung: int, ends: datetime) -> datetime | None:
    """When the next rung is due, `rung` of them done; None: all are. `ends`: when the question was asked."""
    if rung == 0:
        return ends
    after = (ladder.buddy, ladder.liaison, ladder.others, ladder.contact_leader)
    step = after[rung - 1] if rung <= len(after) else None
    return None if step is None else ends + step
