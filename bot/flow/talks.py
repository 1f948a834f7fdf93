"""The hours of the talk radar: what comes up, who hears of what is due, and of what is overdue."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.branch import Branch
from bot.domain.chain import climbs_to
from bot.domain.talk import TOLD, Talk, next_step
from bot.flow import meeting
from bot.radar import look, refresh, tell
from bot.work import Work

MATTERS = (
    "branches",
    "calendar",
    "care",
    "duty",
    "groups",
    "homes",
    "meetings",
    "people",
    "study",
    "talks",
    "time_zone",
)


def attend(work: Work, branch: Branch) -> None:
    """See at once what there is for the branch, and when there is more."""
    work.tables.alarms.put("talks", branch.id, work.now)
    meeting.attend(work, branch)


def attend_all(work: Work, changed: Iterable[str]) -> None:
    """The file has changed: each running branch is looked at anew, if it can matter."""
    if any(path.split(".")[0] in MATTERS for path in changed):
        for branch in work.tables.branches.running():
            attend(work, branch)


def ring(work: Work, branch_id: str) -> None:
    """Raise what has come up in a branch."""
    branch = work.tables.branches.get(branch_id)
    again = look(work, branch) if branch and branch.open else None
    work.tables.alarms.put("talks", branch_id, again)


def step(work: Work, talk_id: str) -> None:
    """Whoever is next to hear of a talk hears of it; noted, called off or over, nobody does."""
    work.tables.alarms.put("talk", talk_id, None)
    talk = work.tables.talks.get(talk_id)
    branch = work.tables.branches.get(talk.branch) if talk else None
    if talk is None or branch is None or not work.tables.talks.is_due(talk_id):
        return
    refresh(work, branch)
    talk = work.tables.talks.get(talk_id) or talk
    at = next_step(talk, branch.zone)
    if at and at <= work.now:
        talk = replace(talk, rung=talk.rung + 1)
        work.tables.talks.climb(talk_id, talk.rung)
        _say(work, branch, talk)
        at = next_step(talk, branch.zone)
        if at and at <= work.now:  # found late: the next above has as long as ever
            at = work.now + timedelta(days=talk.days)
    work.tables.alarms.put("talk", talk_id, at)


def _say(work: Work, branch: Branch, talk: Talk) -> None:
    if talk.rung == TOLD:
        tell(work, branch, talk.holder, [talk])
        return
    above = climbs_to(talk.member, work.posts(branch, talk.member), talk.holder)
    late = f"{talk.holder}:{talk.due_on}"  # what one person has left undone by one day is one message
    for hearer in above[talk.rung - TOLD - 1 : talk.rung - TOLD]:
        reason = f"talks_late:{branch.id}:{late}:{hearer}"
        work.owe("talks.overdue", hearer, reason, branch=branch, holder=talk.holder, due_on=str(talk.due_on))


def make_up(work: Work, since: datetime) -> None:
    """The bot was down since then, and nobody could note a talk: what fell due meanwhile has as much longer."""
    for subject, at in work.tables.alarms.of("talk").items():
        if since < at <= work.now:
            work.tables.alarms.put("talk", subject, at + (work.now - since))
