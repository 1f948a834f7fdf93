"""An occurrence that its organiser cancels or moves: everybody concerned hears so once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import instant
from bot.domain.people import Member
from bot.domain.study import Session
from bot.learning.plan import audience, told_of
from bot.work import Work

TOLD_FOR = timedelta(days=2)  # of a change that is over nobody need hear


def concerned(work: Work, item: str, by: str) -> list[Member]:
    """Whoever is asked to come, on leave or not, but for the one who changes it."""
    return [one for one in audience(work, item) if one.id != by]


def cancel(work: Work, session: Session, by: Member) -> int:
    """Called off; how many hear so."""
    gone = replace(session, cancelled=True)
    work.tables.sessions.change(gone, by.id, work.now)
    told = concerned(work, session.item, by.id)
    _tell(work, "study.cancelled", gone, session, by, told)
    return len(told)


def move(work: Work, session: Session, to: datetime, by: Member) -> int:
    """At another hour; how many hear so."""
    moved = replace(session, starts_at=to)
    work.tables.sessions.change(moved, by.id, work.now)
    told = concerned(work, session.item, by.id)
    _tell(work, "study.moved", moved, session, by, told)
    return len(told)


def _tell(work: Work, key: str, now: Session, before: Session, by: Member, told: Iterable[Member]) -> None:
    work.tables.alarms.put("study", now.item, work.now)
    if work.config.study[now.item].speakers:
        work.tables.alarms.put("rota", now.item, work.now)
    work.tables.facts.note(key.replace(".", "_"), work.now, None, by.id, f"{now.item} {instant.text(before.starts_at)}")
    until = max(before.starts_at, now.starts_at) + TOLD_FOR
    change = f"{now.item}:{instant.text(before.starts_at)}:{instant.text(now.starts_at)}:{instant.text(work.now)}"
    for member in told:
        facts = {**told_of(work, now.item, member, now), "before": work.local(before.starts_at), "by": by.name}
        work.owe(key, member.id, f"{key}:{change}:{member.id}", expires_at=until, item=now.item, filled_by=facts)
