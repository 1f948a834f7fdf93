"""A round is asked, due, and told; a message answers the round its sender means."""

from collections.abc import Callable, Sequence
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
    """A round as one member of its frozen roster stands in it.

    `hour_at`: the hour of her own at which she is still to be asked; `asked_at`: when she was asked at it.
    """

    round: Round
    member: str
    answered_at: datetime | None
    entered: Entered = BY_HERSELF
    amended_at: datetime | None = None
    skipped_at: datetime | None = None
    hour_at: datetime | None = None
    asked_at: datetime | None = None

    @property
    def asked(self) -> bool:
        return self.asked_at is not None or self.round.state in ("asked", "due", "told")

    @property
    def open(self) -> bool:
        """She has neither answered nor skipped it."""
        return self.answered_at is None and self.skipped_at is None

    @property
    def skipped(self) -> bool:
        """She has skipped it, and not answered it after all."""
        return self.skipped_at is not None and self.answered_at is None

    @property
    def done_at(self) -> datetime | None:
        """When she last did something about it: answered, amended, or skipped."""
        done = (self.answered_at, self.amended_at, self.skipped_at)
        return max((one for one in done if one), default=None)

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
    amended; else what she has skipped and is not yet due, or may be answered early; else again the last answer,
    amended. None: nothing is asked of her.
    """
    if waits := waiting(expected):
        return waits[0]
    newest = sorted(expected, key=lambda one: one.round.ask_at, reverse=True)
    answered = sorted((one for one in newest if one.answered_at), key=_answered, reverse=True)
    skipped = [one for one in _latest_of_each_branch([one for one in newest if one.asked]) if one.skipped]
    since = max((one.skipped_at for one in skipped if one.skipped_at), default=None)
    last = [one for one in answered[:1] if now - _answered(one) < one.amends_within]
    fresh = [one for one in last if not (since and since > _done(one))]
    in_time = [one for one in skipped if now <= one.round.due_at]
    early = [one for one in reversed(newest) if not one.asked and not one.answered_at]
    return next(iter([*fresh, *in_time, *early, *skipped, *answered]), None)


def waiting(expected: Sequence[Expected]) -> list[Expected]:
    """What has been asked of a member and neither answered nor skipped, one round a branch."""
    newest = sorted((one for one in expected if one.asked), key=lambda one: one.round.ask_at, reverse=True)
    return [one for one in _latest_of_each_branch(newest) if one.open]


def to_skip(expected: Sequence[Expected], today: Callable[[Expected], bool] | None) -> list[Expected]:
    """What “skip” is about: whatever waits for her, or else the next to come; of one who says `today`, besides what
    waits all that is asked today, and nothing later."""
    to_come = sorted((one for one in expected if not one.asked and one.open), key=lambda one: one.round.ask_at)
    waits = waiting(expected)
    return [*waits, *filter(today, to_come)] if today else waits or to_come[:1]


def to_withdraw(expected: Sequence[Expected]) -> Expected | None:
    """What “withdraw” is about: the round she did something about last, unless its branch has been asked anew."""
    done = [one for one in expected if one.done_at and not _overtaken(one, expected)]
    return max(done, key=_done, default=None)


def _overtaken(one: Expected, expected: Sequence[Expected]) -> bool:
    newer = (other for other in expected if other.round.ask_at > one.round.ask_at and other.asked)
    return any(other.round.branch == one.round.branch for other in newer)


def _done(one: Expected) -> datetime:
    assert one.done_at is not None
    return one.done_at


def _answered(one: Expected) -> datetime:
    assert one.answered_at is not None
    return one.answered_at


def _latest_of_each_branch(newest_first: Sequence[Expected]) -> list[Expected]:
    seen: dict[str, Expected] = {}
    for one in newest_first:
        seen.setdefault(one.round.branch, one)
    return list(seen.values())
