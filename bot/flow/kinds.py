"""Every kind of message the bot sends by itself: whether it counts as a prompt, and whether it still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot import meetings
from bot.bulletin import week_facts
from bot.domain import instant
from bot.domain.bulletin import Period
from bot.flow import studying
from bot.radar import overdue_facts, told_facts
from bot.store.outbox import Owed
from bot.summary import digest_facts, name_of
from bot.work import Work

Facts = Mapping[str, Any]
Compose = Callable[[Work, Owed], Facts | None]


def as_owed(_: Work, owed: Owed) -> Facts:
    return owed.facts


def unless_answered(work: Work, owed: Owed) -> Facts | None:
    """A question or reminder no longer holds once she has answered or wants to be left alone."""
    return owed.facts if work.tables.rounds.silent(owed.facts["round"], work.now, owed.member) else None


def still_silent(work: Work, owed: Owed) -> Facts | None:
    """Only those who are silent when it is sent, by name, and nobody twice in a round."""
    round_ = owed.facts["round"]
    told = work.tables.facts.members_noted("silence_told", owed.branch or "", round_)
    silent = set(work.tables.rounds.silent(round_, work.now)) & set(owed.facts["members"]) - told
    for one in sorted(silent):
        work.tables.facts.note("silence_told", work.now, owed.branch, one, round_)
    return {**owed.facts, "names": [name_of(work, one) for one in sorted(silent)]} if silent else None


def while_open(work: Work, owed: Owed) -> Facts | None:
    """A need settled before the quiet hours were over is no news; nor is it for who is no liaison any more."""
    need = work.tables.needs.numbered(owed.facts["number"])
    if need is None or need.state != "open":
        return None
    liaisons = {one.id for one in work.tables.branches.liaisons(need.branch)}
    return owed.facts if owed.member in liaisons else None


def unless_studied(work: Work, owed: Owed) -> Facts | None:
    """Neither answered, nor away, nor taken out of the file, nor for somebody else since."""
    item, starts_at = owed.facts["item"], instant.parse(owed.facts["starts"])
    if owed.member in work.tables.studies.answered(item, starts_at):
        return None
    return owed.facts if studying.is_for(work, item, owed.member) else None


def digest_now(work: Work, owed: Owed) -> Facts | None:
    """The digest as things stand when it is sent; never an empty one."""
    facts = digest_facts(work, owed.member, on_duty=True)
    if facts:
        work.tables.facts.put(f"digest:{owed.member}", instant.text(work.now))
    return facts


def week_now(work: Work, owed: Owed) -> Facts | None:
    """The week's digest, with what is still to be done when it is sent; never an empty one."""
    period = Period(instant.parse(owed.facts["since"]), instant.parse(owed.facts["until"]))
    facts = week_facts(work, owed.member, period)
    meetings.forget_missed(work, owed.member)
    return facts


def talks_now(work: Work, owed: Owed) -> Facts | None:
    """What of it is still to be held, and still hers to hold."""
    return told_facts(work, owed.member, owed.facts["ids"])


def while_overdue(work: Work, owed: Owed) -> Facts | None:
    """A talk noted before the quiet hours were over is no news."""
    branch = work.tables.branches.get(owed.branch or "")
    return overdue_facts(work, owed.member, branch, owed.facts["holder"], owed.facts["due_on"]) if branch else None


def ask_once(work: Work, owed: Owed) -> Facts | None:
    """Asked is whoever has been asked: not who has answered since, or is to be left alone."""
    unasked = work.tables.visit_consents.of(owed.member) == "unasked"
    if not unasked or work.tables.aways.now(owed.member, work.now):
        return None
    work.tables.visit_consents.put(owed.member, "asked", work.now)
    return owed.facts


def unless_held(work: Work, owed: Owed) -> Facts | None:
    """What there is to look at when it is sent; not if the meeting has been held."""
    branch = work.tables.branches.get(owed.branch or "")
    kind = "weekly" if owed.kind == "meeting.weekly" else "monthly"
    if branch is None or meetings.held_for(work, branch, kind, instant.parse(owed.facts["due"])):
        return None
    return meetings.agenda(work, branch, owed.member)


def while_so(fact: str) -> Compose:
    """Said in quiet hours of a version of the file, it is no news in the morning if that one is there no more."""

    def compose(work: Work, owed: Owed) -> Facts | None:
        mark = owed.reason.split(":")[1]
        return owed.facts if work.tables.facts.setting(fact) == mark else None

    return compose


@dataclass(frozen=True, slots=True)
class Kind:
    """`prompt`: counts against the day's cap. `after_close`: may still be sent when the branch is closed."""

    prompt: bool = False
    after_close: bool = False
    compose: Compose = as_owed


KINDS: Mapping[str, Kind] = {
    "branch.welcome": Kind(),
    "branch.opened": Kind(),
    "branch.left": Kind(),
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
    "consent.member_agreed": Kind(),
    "study.soon": Kind(prompt=True, compose=unless_studied),
    "study.now": Kind(prompt=True, compose=unless_studied),
    "digest.daily": Kind(compose=digest_now),
    "bulletin.weekly": Kind(compose=week_now),
    "bulletin.monthly": Kind(),
    "talks.yours": Kind(compose=talks_now),
    "talks.overdue": Kind(compose=while_overdue),
    "care.ask": Kind(prompt=True, compose=ask_once),
    "care.called_off": Kind(),
    "meeting.weekly": Kind(compose=unless_held),
    "meeting.monthly": Kind(compose=unless_held),
    "closing.question": Kind(),
    "closing.extended": Kind(),
    "closing.never_opened": Kind(),
    "closing.member": Kind(after_close=True),
    "closing.liaison": Kind(after_close=True),
    "closing.secretary": Kind(after_close=True),
    "apply.broken": Kind(compose=while_so("broken")),
    "apply.held": Kind(compose=while_so("held")),
    "apply.done": Kind(),
    "overrides.unusable": Kind(),
    "overrides.broke": Kind(),
    "overrides.many": Kind(),
    "backup.restored": Kind(),
}
