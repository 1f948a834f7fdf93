"""Where everybody of a branch is: one state each, and how a state is named in a message."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.digest import BranchDay
from bot.domain.people import Belonging, Member
from bot.domain.silence import Away

State = Literal["silent", "leave", "silence", "later", "waiting", "answered", "fine", "unasked", "refused"]
NAMES: Mapping[State, re.Pattern[str]] = {
    "silent": re.compile(r"(?:没有?|未)(?:回音|回答|回复|回|答)的?(?:人|同志)?|silent|no answer|not answered"),
    "leave": re.compile(r"请假的?|休假的?|on leave|leave"),
    "silence": re.compile(r"静默的?|silence|in silence|declared"),
    "later": re.compile(r"稍后的?|跳过的?|later|postponed|skipped"),
    "waiting": re.compile(r"还?在等的?|等着的?|没到期的?|waiting"),
    "answered": re.compile(r"(?:已|已经)?(?:答|回)了?的?|有话说的?|answered"),
    "fine": re.compile(r"都好的?|一切正常的?|正常的?|平安的?|fine|well|all well"),
    "unasked": re.compile(r"(?:还)?没(?:有)?问过?的?|not asked|unasked"),
    "refused": re.compile(r"不参加的?|不同意的?|not taking part|refused"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """All of one state; `at`: since when for silent and waiting, until when for those who are away or put it off."""

    state: State
    people: tuple[tuple[Member, datetime | None], ...]


def state_named(said: str) -> State | None:
    """Which state alone is asked for: 没回, 请假, silent. None: no state is named."""
    plain = said.strip(' 。.!！?？，,、：:“”"').lower()
    return next((state for state, pattern in NAMES.items() if pattern.fullmatch(plain)), None)


def roll(
    day: BranchDay,
    members: Sequence[Belonging],
    away: Mapping[str, Away],
    later: Mapping[str, datetime],
    due_at: datetime | None,
) -> list[Group]:
    """Everybody once. Where somebody is comes before what was heard of her; empty states are left out."""
    of_day = _by_day(day, later)
    placed: dict[State, list[tuple[Member, datetime | None]]] = {state: [] for state in NAMES}
    for one in members:
        declared = away.get(one.member.id)
        state = declared.kind if declared else of_day.get(one.member.id, "unasked")
        state = state if one.willing else "refused"
        at = declared.until if declared else later.get(one.member.id) if state == "later" else None
        placed[state].append((one.member, due_at if state in ("silent", "waiting") else at))
    return [Group(state, tuple(people)) for state, people in placed.items() if people]


def without_tone(groups: Sequence[Group]) -> list[Group]:
    """Whoever answered has answered, whatever she said."""
    answered = tuple(one for group in groups if group.state in ("answered", "fine") for one in group.people)
    rest = [group for group in groups if group.state not in ("answered", "fine")]
    merged = [*rest, *([Group("answered", answered)] if answered else [])]
    return sorted(merged, key=lambda group: tuple(NAMES).index(group.state))


def _by_day(day: BranchDay, later: Mapping[str, datetime]) -> dict[str, State]:
    told = [one.member for one in day.told]
    placed: list[tuple[State, Collection[Member]]] = [
        ("silent", day.silent),
        ("later", [one for one in day.waiting if one.id in later]),
        ("waiting", [one for one in day.waiting if one.id not in later]),
        ("answered", [*told, *day.before]),
        ("fine", day.fine),
    ]
    return {one.id: state for state, people in placed for one in people}
