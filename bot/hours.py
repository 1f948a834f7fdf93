"""Members who have an hour of their own: when each is asked in a round, and anew when she chooses another hour."""

from bot.domain.branch import Branch
from bot.domain.hour import own_hour
from bot.domain.rounds import Round
from bot.work import Work

ALARM = "hour"


def set_hours(work: Work, branch: Branch, round_: Round, members: list[str]) -> None:
    """Of the roster of a round that is planned just now."""
    hours = work.tables.preferences.hours()
    for member in members:
        if member in hours:
            set_hour(work, branch, round_, member)


def set_hour(work: Work, branch: Branch, round_: Round, member: str) -> None:
    hour, early = work.tables.preferences.of(member).hour, work.report_rule(branch).early
    at = own_hour(hour, round_, early, work.now, branch.zone, work.config.limits.quiet) if hour else None
    if at is None and round_.state != "early":  # the others have been asked: it is her turn
        at = work.now
    work.tables.own_reports.set_hour(round_.id, member, at)
    work.tables.alarms.put(ALARM, f"{round_.id}|{member}", at)


def reset_hours(work: Work, member: str) -> None:
    """She has chosen another: it holds for every round in which she has not been asked yet."""
    for one in work.tables.rounds.open_to(member):
        branch = work.tables.branches.get(one.round.branch)
        waits = one.round.state == "early" or one.hour_at is not None
        if branch and waits and one.asked_at is None:
            set_hour(work, branch, one.round, member)
