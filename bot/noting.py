"""Noting that a talk or a visit was held, and taking that back: the day, who with whom, why, and the next one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.domain.talk import NEXT, NEXT_WITHIN, OWN, UNTOLD, Talk, TalkKind, next_step
from bot.radar import put
from bot.work import Work


@dataclass(frozen=True, slots=True)
class Held:
    kind: TalkKind
    branch: Branch
    member: Member
    by: str
    on: date
    next_on: date | None


def note(work: Work, held: Held, due: Sequence[Talk], record: str) -> None:
    """What was due is done; what was on no list is noted as well; the next one is put on the list."""
    for talk in due:
        work.tables.talks.hold(talk, held.by, held.on, held.next_on, record, work.now)
        work.tables.alarms.put("talk", talk.id, None)
    noted = due or [put(work, held.branch, _unlisted(held, record))]
    if held.next_on:
        _agree_on_next(work, held, held.next_on, record)
    for talk in noted:
        work.tables.facts.note(f"{held.kind}_held", work.now, held.branch.id, held.by, str(talk.number))


def take_back(work: Work, branch: Branch, noted: Sequence[Talk], by: str) -> None:
    """As if it had not been noted; a next one that was agreed on is off the list again."""
    for talk in noted:
        if talk.rule == OWN:
            work.tables.talks.drop([talk.id])
        else:
            work.tables.talks.reopen(talk)
            work.tables.alarms.put("talk", talk.id, next_step(replace(talk, state="due"), branch.zone))
        work.tables.facts.note(f"{talk.kind}_taken_back", work.now, branch.id, by, str(talk.number))
    for talk in work.tables.talks.follows(noted[0].record):
        _call_off(work, talk)


def _agree_on_next(work: Work, held: Held, on: date, record: str) -> None:
    """In place of one that was agreed on before and has not come."""
    for talk in work.tables.talks.due_to(held.by):
        before = talk.rule == NEXT and talk.rung == UNTOLD
        if before and (talk.member, talk.kind) == (held.member.id, held.kind):
            _call_off(work, talk)
    put(work, held.branch, _next(held, on, record))


def _call_off(work: Work, talk: Talk) -> None:
    work.tables.talks.drop([talk.id])
    work.tables.alarms.put("talk", talk.id, None)


def _unlisted(held: Held, record: str) -> Talk:
    return Talk(
        id=f"{record}:own",
        number=0,
        branch=held.branch.id,
        member=held.member.id,
        kind=held.kind,
        rule=OWN,
        by=None,
        holder=held.by,
        need=None,
        opens_on=held.on,
        due_on=held.on,
        days=0,
        state="held",
        held_on=held.on,
        held_by=held.by,
        next_on=held.next_on,
        record=record,
    )


def _next(held: Held, on: date, record: str) -> Talk:
    """It is said in the morning of that day; some days later others hear that it was forgotten."""
    return Talk(
        id=f"{record}:next",
        number=0,
        branch=held.branch.id,
        member=held.member.id,
        kind=held.kind,
        rule=NEXT,
        by=None,
        holder=held.by,
        need=None,
        opens_on=on,
        due_on=on + NEXT_WITHIN,
        days=NEXT_WITHIN.days,
        record=record,
    )
