"""A round is asked, due, and told; a message answers the round its sender means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.proxy import BY_HERSELF, Entered

RoundState = Literal["early", "asked", "due", "told", "skipped"]
AMENDS_WITHIN = timedelta(hours=1)
AMENDS_PROXY_WITHIN = timedelta(hours=24)
REMINDER_GOOD_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    branch: str
    state: RoundState
    ask_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """A round as one member of its frozen roster stands in it."""

    round: Round
    member: str
    answered_at: datetime | None
    entered: Entered = BY_HERSELF

    @property
    def asked(self) -> bool:
        return self.round.state in ("asked", "due", "told")

    @property
    def amends_within(self) -> timedelta:
        """What somebody else has entered she may not hear of before the evening."""
        return AMENDS_PROXY_WITHIN if self.entered.by_proxy else AMENDS_WITHIN


@dataclass(frozen=True, slots=True)
class Ladder:
    """After `due`, when the member and when the liaison hears of an answer that has not come."""

    member: timedelta
    liaison: timedelta


def next_step(ladder: Ladder, round_: Round, since: datetime) -> datetime | None:
    """When the round's state changes next; None: it has told all it has to tell.

    `since`: when it came into its state. Whoever is reminded late has as long to answer as anybody else.
    """
    at = {
        "early": round_.ask_at,
        "asked": round_.due_at + ladder.member,
        "due": max(round_.due_at + ladder.member, since) + max(ladder.liaison - ladder.member, timedelta(0)),
    }
    return at.get(round_.state)


def choose(expected: Sequence[Expected], now: datetime) -> Expected | None:
    """The round a message answers, of those still open to its sender (newest first for each branch).

    What was asked and not answered; else, for an hour (of what was entered for her, for a day), the last answer is
    amended; else what may be answered early; else again the last answer, amended. None: nothing is asked of her.
    """
    newest = sorted(expected, key=lambda one: one.round.ask_at, reverse=True)
    answered = sorted((one for one in newest if one.answered_at), key=_answered, reverse=True)
    fresh = [one for one in answered[:1] if now - _answered(one) < one.amends_within]
    early = [one for one in reversed(newest) if not one.asked and not one.answered_at]
    return next(iter([*waiting(expected), *fresh, *early, *answered]), None)


def waiting(expected: Sequence[Expected]) -> list[Expected]:
    """What has been asked of a member and not been answered, one round a branch."""
    newest = sorted((one for one in expected if one.asked), key=lambda one: one.round.ask_at, reverse=True)
    return [one for one in _latest_of_each_branch(newest) if not one.answered_at]


def _answered(one: Expected) -> datetime:
    assert one.answered_at is not None
    return one.answered_at


def _latest_of_each_branch(newest_first: Sequence[Expected]) -> list[Expected]:
    seen: dict[str, Expected] = {}
    for one in newest_first:
        seen.setdefault(one.round.branch, one)
    return list(seen.values())
