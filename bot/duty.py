"""Duty handed to a deputy for some days: both hear of it, what waits goes along, and it comes back by itself."""

from datetime import datetime

from bot.domain import instant
from bot.domain.branch import Branch
from bot.work import Work

ALARM = "duty"


def whose(work: Work, branch: Branch) -> str | None:
    """Who is on duty by the file's own order."""
    return next(iter(work.tables.branches.liaisons_by_file(branch.id)), None)


def hand(work: Work, branch: Branch, deputy: str, until: datetime, by: str, id: str) -> None:  # noqa: A002
    """From now until then she is on duty; her digest goes on where the other's ended, if she had none before."""
    before, stood_in = work.on_duty(branch), work.tables.stand_ins.of(branch.id)
    work.tables.stand_ins.put(branch.id, deputy, until)
    work.tables.alarms.put(ALARM, branch.id, until)
    work.tables.facts.note("duty_handed", work.now, branch.id, by, deputy)
    told = work.tables.facts.setting(f"digest:{before}")
    if told and not work.tables.facts.setting(f"digest:{deputy}"):
        work.tables.facts.put(f"digest:{deputy}", told)
    _pass_on(work, branch, before, deputy)
    for member in sorted({deputy, whose(work, branch) or deputy} - {by}):
        facts = _facts(work, branch, member, deputy) | {"by": _name(work, by), "until": work.local(until, branch)}
        work.owe("duty.handed", member, f"duty:{id}:{branch.id}:{member}", branch=branch, filled_by=facts)
    if stood_in and stood_in.member not in (deputy, by):
        facts = _facts(work, branch, stood_in.member, deputy)
        work.owe("duty.back", stood_in.member, f"duty_on:{id}:{branch.id}", branch=branch, filled_by=facts)


def take_back(work: Work, branch: Branch, by: str | None = None) -> None:
    """It is over, at its hour or before (then `by` somebody, who knows)."""
    stood_in = work.tables.stand_ins.of(branch.id)
    work.tables.stand_ins.end(branch.id)
    work.tables.alarms.put(ALARM, branch.id, None)
    if stood_in and branch.open:
        work.tables.facts.note("duty_back", work.now, branch.id, by, stood_in.member)
        _pass_on(work, branch, stood_in.member, work.on_duty(branch))
        tell_back(work, branch, stood_in.member, by)


def ring(work: Work, branch_id: str) -> None:
    """The days are over, unless they have been made longer since."""
    branch, stood_in = work.tables.branches.get(branch_id), work.tables.stand_ins.of(branch_id)
    if branch is None or stood_in is None:
        work.tables.alarms.put(ALARM, branch_id, None)
    elif stood_in.until > work.now:
        work.tables.alarms.put(ALARM, branch_id, stood_in.until)
    else:
        take_back(work, branch)


def tell_back(work: Work, branch: Branch, stood_in: str, by: str | None = None) -> None:
    """Both hear who is on duty again; whoever took it back herself knows."""
    now_on = work.on_duty(branch)
    for member in sorted({stood_in, now_on or stood_in} - {by}):
        facts = _facts(work, branch, member, now_on or "")
        reason = f"duty_back:{branch.id}:{instant.text(work.now)}:{member}"
        work.owe("duty.back", member, reason, branch=branch, filled_by=facts)


def _pass_on(work: Work, branch: Branch, before: str | None, after: str | None) -> None:
    """What waits for the one who was on duty; but nobody is told of a silence that may be her own."""
    own = {one.member.id for one in work.tables.members.of_branch(branch.id)}
    if before and after and after not in own:
        work.tables.outbox.pass_on(branch.id, before, after)


def _facts(work: Work, branch: Branch, reader: str, on_duty: str) -> dict[str, object]:
    return {
        "branch_name": work.named(branch, reader),
        "yours": reader == on_duty,
        "who": _name(work, on_duty),
    }


def _name(work: Work, member: str) -> str:
    found = work.tables.members.get(member)
    return found.name if found else member
