"""A talk or a visit: due because of a rule, told once to whoever is to hold it, held; never what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.chain import Post
from bot.domain.trigger import HOUR, REQUEST, TALK, Trigger, parse_trigger
from bot.domain.when import A_DAY, at_local

TalkKind = Literal["talk", "visit"]
TalkState = Literal["due", "held"]
# Why it came up: what the one-page aid is chosen by. `next`: agreed on at the last one; `gone`: by a rule that was.
Cause = Literal["request", "need", "away", "before", "dates", "next", "gone"]

ON_REQUEST = "on_request"
NEXT, OWN = "next", "own"
NEXT_WITHIN = timedelta(days=7)  # what two people have agreed on may be moved by some days
UNTOLD, TOLD, RUNGS = 0, 1, 2  # after being told, so many of those who oversee hear of it, one after the other
TAKEN_BACK_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rule:
    """A must-talk or must-visit trigger of the file. `when` None: switched off."""

    name: str
    when: Trigger | None
    kind: TalkKind = "talk"
    by: Post = "liaison"
    within: timedelta = timedelta(days=5)
    english: str = ""

    def named(self, language: str) -> str:
        return self.english if language == "en" and self.english else self.name

    @property
    def cause(self) -> Cause:
        if self.when is None or self.when.kind == "need":
            return "request" if self.when is None or self.when.needs == frozenset({TALK}) else "need"
        return "dates" if self.when.kind == "schedule" else self.when.kind


SHIPPED_NAME = "想聊聊"
SHIPPED: Mapping[str, Rule] = {
    ON_REQUEST: Rule(SHIPPED_NAME, parse_trigger(REQUEST), within=timedelta(days=2), english="would like to talk")
}


@dataclass(frozen=True, slots=True)
class Talk:
    """`rule`: its id, or `next`, or `own`. `holder`: who is to hold it. `need`: the number of the need it is about.

    `days`: how long there is after `due_on` before the next above hears. `rung`: UNTOLD, TOLD, and one more each.
    `record`: what was noted in one message is taken back together.
    """

    id: str
    number: int
    branch: str
    member: str
    kind: TalkKind
    rule: str
    by: Post | None
    holder: str
    need: int | None
    opens_on: date
    due_on: date
    days: int
    state: TalkState = "due"
    rung: int = UNTOLD
    held_on: date | None = None
    held_by: str | None = None
    next_on: date | None = None
    record: str = ""

    @property
    def due(self) -> bool:
        return self.state == "due"

    def overdue(self, today: date) -> bool:
        return self.due and today > self.due_on


def next_step(talk: Talk, zone: ZoneInfo) -> datetime | None:
    """When somebody hears of it next, if nobody notes it; None: everybody has."""
    if not talk.due or talk.rung > RUNGS:
        return None
    if talk.rung == UNTOLD:
        return at_local(talk.opens_on, HOUR, zone)
    late = instant.end_of(talk.due_on, zone)
    return late + (talk.rung - TOLD) * timedelta(days=talk.days)


def due_day(today: date, within: timedelta, meeting: date | None = None) -> date:
    """Today counts for nothing, and the meeting it is for does not wait."""
    day = today + max(within, A_DAY)
    return min(day, meeting) if meeting else day
