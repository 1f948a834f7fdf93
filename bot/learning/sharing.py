"""学员变教员: whoever comes back from a training passes on what she learned, at an hour of her home branch."""

import json
from datetime import datetime, time, timedelta
from typing import Any

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.domain.study import Session
from bot.learning.plan import Planned, plans
from bot.store.share_backs import ShareBack
from bot.work import Work

DUE_AFTER = timedelta(days=60)
OFFERED_FROM, OFFERED_UNTIL, MOST_OFFERED = timedelta(days=3), timedelta(days=60), 3
REMINDED_EVERY, A_DAY, MORNING = timedelta(days=14), timedelta(days=1), time(9, 0)
SPOKEN_AT = ("class", "lecture")


def begin(work: Work, branch: Branch) -> None:
    """A training has ended: each of those who were in it is asked once, with hours to choose from."""
    if branch.kind != "training":
        return
    due_on = branch.closes + DUE_AFTER
    for belonging in work.tables.members.of_branch(branch.id):
        member = belonging.member
        if belonging.willing and member.home in work.config.homes:
            fresh = work.tables.share_backs.open(branch.id, member.id, due_on, work.now)
            one = work.tables.share_backs.get(branch.id, member.id)
            if one and fresh:
                ask(work, one, member, "share_back.open", f"share:{branch.id}:{member.id}")
            if one and not one.ended:
                work.tables.alarms.put("share", subject_of(branch.id, member.id), next_look(work, one))


def subject_of(branch: str, member: str) -> str:
    return f"{branch}|{member}"


def ask(work: Work, one: ShareBack, member: Member, key: str, reason: str) -> None:
    branch = work.tables.branches.get(one.branch)
    facts = {
        "branch_name": work.named(branch, member.id) if branch else one.branch,
        "home": work.config.homes[member.home].name if member.home in work.config.homes else "",
        "due": one.due_on.isoformat(),
        "offers": offered_facts(work, member),
    }
    work.owe(key, member.id, reason, filled_by=facts)


def offers(work: Work, member: Member) -> list[Planned]:
    """The next hours at which nobody speaks yet, of what her home branch hears."""
    since, until = work.now + OFFERED_FROM, work.now + OFFERED_UNTIL
    found = plans(work, [member], since, until).get(member.id, ())
    free = [one for one in found if _is_free(one) and {"all", "here", member.home} & set(one.study.audience)]
    return free[:MOST_OFFERED]


def _is_free(one: Planned) -> bool:
    return one.study.form in SPOKEN_AT and not (one.session.cancelled or one.session.speaker)


def offered_facts(work: Work, member: Member) -> list[dict[str, Any]]:
    """The hours by number; what each number stands for is remembered, since later other hours are the next ones."""
    found = offers(work, member)
    named = [[one.session.item, instant.text(one.session.planned_at)] for one in found]
    work.tables.facts.put(f"offered:{member.id}", json.dumps(named))
    return [
        {"number": place, "title": one.study.named(member.language), "at": work.local(one.session.starts_at)}
        for place, one in enumerate(found, 1)
    ]


def offered(work: Work, member: Member, number: int) -> Session | None:
    """What that number stood for when she was last shown the hours; None: nothing, or it is taken or over by now."""
    shown = json.loads(work.tables.facts.setting(f"offered:{member.id}") or "[]")
    if not 0 < number <= len(shown):
        return None
    item, planned_at = shown[number - 1]
    session = work.tables.sessions.planned(item, instant.parse(planned_at))
    free = not session.cancelled and session.speaker in ("", member.id)
    return session if free and item in work.config.study and session.starts_at > work.now else None


def choose(work: Work, one: ShareBack, member: Member, session: Session) -> None:
    """She speaks there; what she had chosen before is free again."""
    if one.planned_at:
        before = work.tables.sessions.planned(one.item, one.planned_at)
        if before.speaker == member.id:
            work.tables.sessions.give(before, "", work.now)
    work.tables.sessions.give(session, member.id, work.now)
    work.tables.share_backs.plan(one, session.item, session.planned_at)


def held(work: Work, member: str, item: str, planned_at: datetime, by: str) -> None:
    """The roll of that hour was called, and she spoke."""
    for one in work.tables.share_backs.waiting(member):
        if one.item == item and one.planned_at == planned_at:
            end(work, one, "held", by)


def end(work: Work, one: ShareBack, state: str, by: str) -> None:
    work.tables.share_backs.end(one, "held" if state == "held" else "excused", by, work.now)
    work.tables.alarms.put("share", subject_of(one.branch, one.member), None)


def secretary_of(work: Work, member: Member) -> str:
    home = work.config.homes.get(member.home)
    return home.secretary if home and home.secretary in work.config.people else ""


def overdue(work: Work, one: ShareBack) -> bool:
    return work.today() > one.due_on


def next_look(work: Work, one: ShareBack) -> datetime:
    """Every two weeks, and on the day after the last one; on the morning of a workday."""
    soon, after = work.today() + REMINDED_EVERY, one.due_on + A_DAY
    day = min(soon, after) if work.today() < after else soon
    while not work.config.calendar.is_workday(day):
        day += A_DAY
    return instant.start_of(day, work.zone, MORNING)
