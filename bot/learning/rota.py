"""The speakers' rota of a study item: whose turn it is, who is away then, and two who have agreed to swap."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.config.studying import Study
from bot.domain import instant
from bot.domain.people import Member
from bot.domain.rota import next_speaker
from bot.domain.study import Session
from bot.learning.plan import audience, is_for, organisers, timetable
from bot.work import Work

ANYBODY = "audience"
MATERIAL_BY = timedelta(days=3)
TOLD_FOR = timedelta(days=2)
SWAP_STANDS_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Swap:
    """What `by` has asked of somebody: her own occurrence for that one's; without one of his: to take hers."""

    by: str
    item: str
    planned_at: datetime
    other_at: datetime | None


def people(work: Work, item: str, study: Study) -> list[str]:
    """Who takes turns, in the order of the file."""
    if ANYBODY not in study.speakers:
        return [one for one in study.speakers if one in work.config.people]
    order = {id_: place for place, id_ in enumerate(work.config.people)}
    able = [one.id for one in audience(work, item) if one.status != "" and one.id in order]
    return sorted(able, key=lambda one: order[one])


def away_then(work: Work, at: datetime) -> set[str]:
    """Whoever is in a branch that runs then, or has taken leave for then."""
    day = instant.day_of(at, work.zone)
    running = [one for one in work.tables.branches.all() if one.state != "closed" and one.opens <= day <= one.closes]
    return work.tables.aways.ids_at(at).union(*(work.tables.members.ids_of_branch(one.id) for one in running))


def ahead(work: Work, item: str, study: Study) -> list[Session]:
    """The occurrences within the notice, to the end of its last day, the first one first."""
    until = instant.end_of(instant.day_of(work.now + study.speaker_notice, work.zone), work.zone)
    return [one for one in timetable(work, item, study).between(item, work.now, until) if not one.cancelled]


def turn(work: Work, item: str, study: Study, session: Session) -> str | None:
    """Whose turn it is at that occurrence."""
    able = people(work, item, study)
    return next_speaker(able, work.tables.sessions.spoken(item), away_then(work, session.starts_at))


def facts(work: Work, session: Session, reader: str) -> dict[str, Any]:
    title = work.config.study[session.item].named(work.language(reader))
    return {"title": title, "at": work.local(session.starts_at)}


def assign(work: Work, item: str, study: Study, session: Session) -> None:
    """Give it to whose turn it is, and tell her; nobody is there: the organiser hears so, once."""
    speaker = turn(work, item, study, session)
    at = instant.text(session.starts_at)
    if speaker is None:
        for one in organisers(work, study):
            work.owe("rota.nobody", one, f"rota_nobody:{item}:{at}:{one}", filled_by=facts(work, session, one))
        return
    work.tables.sessions.give(session, speaker, work.now)
    reason = f"rota:{item}:{instant.text(session.planned_at)}:{at}:{speaker}"
    work.owe("rota.yours", speaker, reason, expires_at=session.starts_at, filled_by=facts(work, session, speaker))


def replace_away(work: Work, item: str, study: Study, session: Session) -> None:
    """Its speaker will be away, or takes turns no more: both hear who speaks now, and so does the organiser."""
    before = session.speaker
    work.tables.sessions.give(session, "", work.now)
    work.owe("rota.released", before, f"rota_off:{_named(session)}:{before}", filled_by=facts(work, session, before))
    assign(work, item, study, session)
    tell_changed(work, study, session, before)


def tell_changed(work: Work, study: Study, session: Session, before: str) -> None:
    """The organiser hears who speaks now instead of whom."""
    now = work.tables.sessions.planned(session.item, session.planned_at).speaker
    for one in organisers(work, study):
        if now and one not in (now, before):
            told = {"who": _name(work, now), "before": _name(work, before), **facts(work, session, one)}
            work.owe("rota.changed", one, f"rota_now:{_named(session)}:{before}:{now}:{one}", filled_by=told)


def _named(session: Session) -> str:
    return f"{session.item}:{instant.text(session.planned_at)}"


def _name(work: Work, id_: str) -> str:
    found = work.tables.members.get(id_)
    return found.name if found else id_


def next_of(work: Work, member: str) -> Session | None:
    """The next occurrence at which she speaks."""
    found = work.tables.sessions.with_speaker(member, work.now)
    return next((one for one in found if one.item in work.config.study), None)


def ask_swap(work: Work, mine: Session, other: Member) -> Session | None:
    """Remember what was asked of him; his own occurrence in the same item, if he has one."""
    theirs = work.tables.sessions.with_speaker(other.id, work.now)
    his = next((one for one in theirs if one.item == mine.item and one.planned_at != mine.planned_at), None)
    asked = [mine.speaker, mine.item, instant.text(mine.planned_at), instant.text(his.planned_at) if his else ""]
    until = instant.text(work.now + SWAP_STANDS_FOR)
    work.tables.facts.put(f"swap:{other.id}", json.dumps([*asked, until]))
    return his


def asked_of(work: Work, member: str) -> Swap | None:
    """The swap that waits for her yes; None: none does (any more)."""
    written = work.tables.facts.setting(f"swap:{member}")
    if not written:
        return None
    by, item, planned_at, other_at, until = json.loads(written)
    if instant.parse(until) < work.now or item not in work.config.study:
        return None
    return Swap(by, item, instant.parse(planned_at), instant.parse_or_none(other_at or None))


def agree(work: Work, swap: Swap, member: str) -> tuple[Session, Session | None] | None:
    """Swap, if things still stand as they were asked: the occurrence that is hers now, and the one that was."""
    work.tables.facts.forget(f"swap:{member}")
    mine = work.tables.sessions.planned(swap.item, swap.planned_at)
    his = work.tables.sessions.planned(swap.item, swap.other_at) if swap.other_at else None
    if mine.speaker != swap.by or mine.cancelled or mine.starts_at <= work.now:
        return None
    if his and (his.speaker != member or his.cancelled or his.starts_at <= work.now):
        return None
    work.tables.sessions.give(mine, member, work.now)
    if his:
        work.tables.sessions.give(his, swap.by, work.now)
    return mine, his


def schedule_for(work: Work, member: Member, most: int) -> list[Session]:
    """The next occurrences of the rotas that concern her, with their speakers."""
    found = list[Session]()
    for item, study in work.config.study.items():
        concerned = member.id in people(work, item, study) or is_for(work, item, member.id)
        if study.speakers and (concerned or member.id in organisers(work, study)):
            found += [one for one in ahead(work, item, study) if one.speaker]
    return sorted(found, key=lambda one: one.starts_at)[:most]


def told_names(work: Work, sessions: Sequence[Session], reader: str) -> list[dict[str, Any]]:
    return [{**facts(work, one, reader), "who": _name(work, one.speaker)} for one in sessions]
