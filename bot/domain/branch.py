"""A branch is planned, runs, is closing, and is closed: what it may call itself, and when it changes."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant

Kind = Literal["case", "training", "secondment"]
State = Literal["planned", "running", "closing", "closed"]
ORDER: tuple[State, ...] = ("planned", "running", "closing", "closed")
FULL_MEMBERS_NEEDED = 3
ASKED_BEFORE_END = timedelta(days=3)
HOUR_OF_ASKING = time(9, 20)

_LIAISON_GROUP = "联络群"
_PARTY_WORDS = re.compile(
    r"(?:线上)?(?:临时)?党总?支部?|(?:临时|党员)支部|(?:online\s+)?(?:temporary\s+)?party\s*branch(?:es)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Branch:
    id: str
    name: str
    kind: Kind
    state: State
    opens: date
    closes: date  # its last day
    zone: ZoneInfo
    channel: str
    secretary: str
    approval_by: str
    approval_number: str
    approval_day: str
    full_members: int
    closing_settled: bool
    closed_at: datetime | None

    @property
    def is_party_branch(self) -> bool:
        """Approved, and at least three full members (《中国共产党支部工作条例（试行）》; domain.md d.1)."""
        return bool(self.approval_number) and self.full_members >= FULL_MEMBERS_NEEDED

    @property
    def open(self) -> bool:
        return self.state in ("running", "closing")


def title(branch: Branch, language: str) -> str:
    """The name it may bear: without approval no sentence calls it a Party branch, whatever the file says."""
    if branch.is_party_branch:
        return branch.name
    if language == "zh":
        return _PARTY_WORDS.sub(_LIAISON_GROUP, branch.name)
    return " ".join(_PARTY_WORDS.sub(" liaison group ", branch.name).split())


def ends_at(branch: Branch) -> datetime:
    return instant.end_of(branch.closes, branch.zone)


def edges(branch: Branch) -> tuple[datetime, datetime, datetime]:
    """When its dates open it, ask whether to go on, and end it."""
    opens = instant.start_of(branch.opens, branch.zone)
    asks = instant.start_of(branch.closes - ASKED_BEFORE_END, branch.zone, HOUR_OF_ASKING)
    return opens, min(max(opens, asks), ends_at(branch)), ends_at(branch)


def state_at(branch: Branch, now: datetime) -> State:
    """The state its dates give it at `now`."""
    if branch.state == "closed":
        return "closed"
    return ORDER[sum(now >= edge for edge in edges(branch))]


def next_change(branch: Branch, now: datetime) -> datetime | None:
    """When `state_at` will answer differently; None means never."""
    if branch.state == "closed":
        return None
    return next((edge for edge in edges(branch) if now < edge), None)


def steps_to(branch: Branch, target: State) -> tuple[State, ...]:
    """The states to pass through. What was wholly missed is not acted out: a branch found over is only closed."""
    passed = ORDER[ORDER.index(branch.state) + 1 : ORDER.index(target) + 1]
    return ("closed",) if "closed" in passed else passed
