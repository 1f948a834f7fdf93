"""The hour of a weekly meeting or a monthly comment: its owner is reminded once, with what there is to look at."""

from datetime import timedelta
from typing import cast

from bot import meetings
from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.cadence import next_after
from bot.meetings import MEETING_KINDS, MeetingKind
from bot.work import Work

GOOD_FOR = timedelta(hours=12)


def attend(work: Work, branch: Branch) -> None:
    for kind in MEETING_KINDS:
        work.tables.alarms.put("meeting", f"{kind}|{branch.id}", work.now)


def ring(work: Work, subject: str) -> None:
    """Remind the owner if its hour has come, and leave the alarm for the next."""
    kind, branch_id = cast("tuple[MeetingKind, str]", tuple(subject.split("|", 1)))
    branch, due_fact = work.tables.branches.get(branch_id), f"meeting_due:{kind}:{branch_id}"
    rule = meetings.rule_of(work, branch, kind) if branch and branch.open else None
    if branch is None or rule is None or rule.when is None:
        work.tables.facts.put(due_fact, "")
        work.tables.alarms.put("meeting", subject, None)
        return
    due = work.tables.facts.moment(due_fact)
    if due and due <= work.now < due + GOOD_FOR and not meetings.held_for(work, branch, kind, due):
        meetings.asked(work, branch, kind, due)
        owner = meetings.owner_of(work, branch, kind)
        if owner:
            reason, until = f"meeting:{kind}:{branch_id}:{instant.text(due)}", work.now + GOOD_FOR
            work.owe(f"meeting.{kind}", owner, reason, branch=branch, expires_at=until, due=instant.text(due))
    following = next_after(rule.when, work.now, branch.zone, work.config.calendar, rule.holidays)
    if following:
        work.mind_year(rule.when, rule.holidays, following, branch.zone)
    work.tables.facts.put(due_fact, instant.text(following) if following else "")
    work.tables.alarms.put("meeting", subject, following)
