"""What is still true of talks, visits and meetings when it is said."""

from collections.abc import Mapping
from typing import Any

from bot import meetings
from bot.domain import instant
from bot.radar import overdue_facts, told_facts
from bot.store.outbox import Owed
from bot.work import Work

Facts = Mapping[str, Any]


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
