"""Home news: a few lines a week for those of a home branch who are away, in one message."""

from datetime import datetime

from bot.domain.access import Role
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.work import Work

ALARM = "news"


def readers(work: Work, home: str) -> list[tuple[Branch, Member]]:
    """Those of the home who are away in a running branch and are not to be left alone; each once."""
    found: dict[str, tuple[Branch, Member]] = {}
    for branch in work.tables.branches.all():
        if branch.open:
            for one in work.reachable(branch):
                if one.home == home:
                    found.setdefault(one.id, (branch, one))
    return list(found.values())


def roles(work: Work, home: str, person: str) -> frozenset[Role]:
    """What somebody is to those of the home who are away: its own secretary, or what she is in their branches."""
    found: set[Role] = {"secretary"} if work.config.homes[home].secretary == person else set()
    for branch in work.tables.branches.open_of_duty_holder(person):
        if any(one.member.home == home for one in work.tables.members.of_branch(branch.id)):
            found |= work.roles(branch, person)
    return frozenset(found or {"stranger"})


def next_hour(work: Work) -> datetime | None:
    """When the news of the week go; None: the file sends none."""
    return work.tables.alarms.of(ALARM).get("") if work.config.digest.news else None
