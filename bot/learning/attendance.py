"""Who took part: what each one answered, and what the organiser confirmed from the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Member
from bot.domain.study import STUDIED_ALONE, Session
from bot.learning import sharing
from bot.learning.plan import audience, organised_by, timetable
from bot.work import Work

CALLED_WITHIN = timedelta(days=14)
BEGUN = timedelta(minutes=30)  # a roll may be called shortly before the hour too
ASKED_AFTER = timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class Expected:
    """`answer`: join | remote | excused | None."""

    member: Member
    answer: str | None


def expected(work: Work, session: Session) -> list[Expected]:
    """Everybody it is for, in the order of the file, with her answer; leave for that hour is one."""
    answers = work.tables.studies.answers(session.item, session.starts_at)
    order = {id_: place for place, id_ in enumerate(work.config.people)}
    people = sorted(audience(work, session.item), key=lambda one: order.get(one.id, len(order)))
    return [Expected(one, answers.get(one.id) or _on_leave(work, one, session)) for one in people]


def _on_leave(work: Work, member: Member, session: Session) -> str | None:
    return "excused" if work.tables.aways.now(member.id, session.starts_at) else None


def to_call(work: Work, person: str, item: str = "") -> Session | None:
    """The latest she organises that has begun: one whose roll was not called goes first."""
    items = [one for one in organised_by(work, person) if item in ("", one)]
    since, until = work.now - CALLED_WITHIN, work.now + BEGUN
    found = [
        one
        for id_ in items
        if (study := work.config.study[id_]).form not in STUDIED_ALONE
        for one in timetable(work, id_, study).between(id_, since, until)
        if not one.cancelled
    ]
    return max(found, key=lambda one: (one.roll_at is None, one.starts_at), default=None)


def confirm(work: Work, session: Session, attended: Mapping[str, str], by: str) -> None:
    """The roll is called: whoever speaks there has passed on what she learned."""
    study = work.config.study[session.item]
    work.tables.studies.attend(session.item, session.starts_at, study.title, study.form, attended, work.now)
    work.tables.sessions.called(session, by, work.now)
    if session.speaker and attended.get(session.speaker) != "absent":
        sharing.held(work, session.speaker, session.item, session.planned_at, by)


def ask_later(work: Work, item: str, starts_at: datetime) -> None:
    """Its organiser is asked for the roll once it is over, if the file names one."""
    study = work.config.study[item]
    if study.organiser and study.form not in STUDIED_ALONE:
        work.tables.alarms.put("roll", item, starts_at + ASKED_AFTER)


def counts(people: Sequence[Expected]) -> dict[str, int]:
    """What was answered, in figures."""
    given = [one.answer for one in people]
    return {name: given.count(name) for name in ("join", "remote", "excused")} | {"silent": given.count(None)}
