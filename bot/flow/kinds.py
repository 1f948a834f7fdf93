"""Every kind of message the bot sends by itself: whether it counts as a prompt, and whether it still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain import instant
from bot.store.outbox import Owed
from bot.summary import digest_facts, name_of
from bot.work import Work

Facts = Mapping[str, Any]
Compose = Callable[[Work, Owed], Facts | None]


def as_owed(_: Work, owed: Owed) -> Facts:
    return owed.facts


def unless_answered(work: Work, owed: Owed) -> Facts | None:
    """A question or reminder no longer holds once she has answered or wants to be left alone."""
    one = work.tables.rounds.one_in(owed.facts["round"], owed.member)
    if one is None or one.answered_at or work.tables.aways.now(owed.member, work.now):
        return None
    return None if one.later_until and one.later_until > work.now else owed.facts


def still_silent(work: Work, owed: Owed) -> Facts | None:
    """Only those who are silent when it is sent, by name."""
    expected = {one.member: one for one in work.tables.rounds.in_round(owed.facts["round"])}
    waiting = [one for one in owed.facts["members"] if one in expected and not expected[one].answered_at]
    here = [one for one in waiting if work.tables.aways.now(one, work.now) is None]
    return {**owed.facts, "names": [name_of(work, one) for one in here]} if here else None


def while_open(work: Work, owed: Owed) -> Facts | None:
    """A need that was settled before the quiet hours were over is no news to those who would have taken it."""
    need = work.tables.needs.numbered(owed.facts["number"])
    return owed.facts if need and need.state == "open" else None


def unless_studied(work: Work, owed: Owed) -> Facts | None:
    starts_at = instant.parse(owed.facts["starts"])
    if owed.member in work.tables.studies.answered(owed.facts["item"], starts_at):
        return None
    return None if work.tables.aways.now(owed.member, work.now) else owed.facts


def digest_now(work: Work, owed: Owed) -> Facts | None:
    """The digest as things stand when it is sent; never an empty one."""
    facts = digest_facts(work, owed.member, on_duty=True)
    if facts:
        work.tables.facts.put(f"digest:{owed.member}", instant.text(work.now))
    return facts


@dataclass(frozen=True, slots=True)
class Kind:
    """`prompt`: counts against the day's cap. `after_close`: may still be sent when the branch is closed."""

    prompt: bool = False
    after_close: bool = False
    compose: Compose = as_owed


KINDS: Mapping[str, Kind] = {
    "branch.welcome": Kind(),
    "branch.opened": Kind(),
    "branch.left": Kind(after_close=True),
    "branch.unknown_year": Kind(),
    "branch.not_in_file": Kind(),
    "report.question": Kind(prompt=True, compose=unless_answered),
    "report.reminder": Kind(prompt=True, compose=unless_answered),
    "report.silent": Kind(compose=still_silent),
    "need.raised": Kind(compose=while_open),
    "need.claimed": Kind(),
    "need.answered": Kind(),
    "need.taken": Kind(),
    "consent.member_refused": Kind(),
    "study.soon": Kind(prompt=True, compose=unless_studied),
    "study.now": Kind(prompt=True, compose=unless_studied),
    "digest.daily": Kind(compose=digest_now),
    "closing.question": Kind(),
    "closing.extended": Kind(),
    "closing.never_opened": Kind(),
    "closing.member": Kind(after_close=True),
    "closing.liaison": Kind(after_close=True),
    "closing.secretary": Kind(after_close=True),
}
