"""The weekly meeting and the monthly comment: who owns them, when they are, what there is to look at."""

from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from bot.config.organisation import Meeting
from bot.domain import instant
from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.chain import who_acts
from bot.work import Work

MeetingKind = Literal["weekly", "monthly"]
MEETING_KINDS: tuple[MeetingKind, ...] = get_args(MeetingKind)
SOON = timedelta(days=7)
HELD_BEFORE = timedelta(days=2)  # one held a little before its hour is that one


def rule_of(work: Work, branch: Branch, kind: MeetingKind) -> Meeting:
    """The file's rule for the branch; the unit's own for a branch the file no longer has."""
    says = work.config.branches.get(branch.id) or work.config.duty
    return says.weekly_meeting if kind == "weekly" else says.monthly_comment


def owner_of(work: Work, branch: Branch, kind: MeetingKind) -> str | None:
    return who_acts("", work.posts(branch), rule_of(work, branch, kind).by)


def owned_by(work: Work, person: str, kind: MeetingKind) -> list[Branch]:
    """The running branches of which she owns it, where it is held at all."""
    held = [one for one in work.tables.branches.running() if rule_of(work, one, kind).when]
    return [one for one in held if owner_of(work, one, kind) == person]


def hold(work: Work, branch: Branch, kind: MeetingKind, by: str) -> None:
    """It has been held; nothing is said of what was talked about."""
    work.tables.facts.note(f"{kind}_held", work.now, branch.id, by)
    work.tables.facts.put(_fact("held", branch, kind), instant.text(work.now))
    for name in ("asked", "missed"):
        work.tables.facts.put(_fact(name, branch, kind), "")


def held_for(work: Work, branch: Branch, kind: MeetingKind, due: datetime) -> bool:
    """Whether the one of that hour has been held."""
    held = work.tables.facts.moment(_fact("held", branch, kind))
    return held is not None and held >= due - HELD_BEFORE


def held_today(work: Work, branch: Branch, kind: MeetingKind) -> bool:
    held = work.tables.facts.moment(_fact("held", branch, kind))
    return held is not None and instant.day_of(held, branch.zone) == work.today(branch)


def asked(work: Work, branch: Branch, kind: MeetingKind, due: datetime) -> None:
    """Its owner is reminded of it; of the last one, if it was not held, the week's digest speaks once."""
    before = work.tables.facts.setting(_fact("asked", branch, kind))
    if before:
        work.tables.facts.put(_fact("missed", branch, kind), before)
    work.tables.facts.put(_fact("asked", branch, kind), instant.text(due))


def missed(work: Work, person: str) -> list[dict[str, Any]]:
    """What she owns and was not noted as held before the next one came."""
    found = list[dict[str, Any]]()
    for kind in MEETING_KINDS:
        for branch in owned_by(work, person, kind):
            if at := work.tables.facts.moment(_fact("missed", branch, kind)):
                name, on = work.named(branch, person), instant.day_of(at, branch.zone).isoformat()
                found.append({"kind": f"missed_{kind}", "branch": name, "on": on})
    return found


def forget_missed(work: Work, person: str) -> None:
    """It was said once."""
    for kind in MEETING_KINDS:
        for branch in owned_by(work, person, kind):
            work.tables.facts.put(_fact("missed", branch, kind), "")


def owners_who_missed(work: Work) -> set[str]:
    found = {
        owner_of(work, branch, kind)
        for branch in work.tables.branches.running()
        for kind in MEETING_KINDS
        if work.tables.facts.setting(_fact("missed", branch, kind))
    }
    return {one for one in found if one}


def agenda(work: Work, branch: Branch, reader: str) -> dict[str, Any]:
    """What to look at: the work of the organisation in figures, none of a member; needs only to who may see them."""
    needs = work.tables.needs.unsettled(branch.id) if may(work.roles(branch, reader), "see_need") else []
    talks, today = work.tables.talks.due_of(branch.id), work.today(branch)
    soon = branch.closes - today <= SOON and not branch.closing_settled
    return {
        "branch_name": work.named(branch, reader),
        "unclaimed": sum(need.state == "open" for need in needs),
        "in_hand": sum(need.state != "open" for need in needs),
        "talks_due": len(talks),
        "talks_late": sum(talk.overdue(today) for talk in talks),
        "closes_soon": branch.closes.isoformat() if soon else "",
    }


def _fact(name: str, branch: Branch, kind: MeetingKind) -> str:
    return f"meeting_{name}:{kind}:{branch.id}"
