"""Passing a suggestion on to the secretary: signed at once, unsigned with the next morning."""

from datetime import time, timedelta

from bot.domain import instant
from bot.domain.branch import Branch
from bot.summary import name_of
from bot.work import Work

HOUR_OF_UNSIGNED = time(9)


def pass_on(work: Work, number: int) -> None:
    """Whoever is secretary now hears of it."""
    found = work.tables.suggestions.numbered(number)
    branch = work.tables.branches.get(found.branch) if found else None
    if found is None or branch is None or not found.words:
        return
    for secretary in work.holders(branch)["secretary"]:
        named = {"number": number, "branch_name": work.named(branch, secretary), "words": found.words}
        reason = f"suggestion:{number}:{found.said_on}:{secretary}"
        if found.member is None:
            work.owe("suggestion.made_unsigned", secretary, reason, branch=branch, filled_by=named)
        else:
            who = name_of(work, found.member)
            work.owe("suggestion.made", secretary, reason, branch=branch, filled_by={**named, "who": who})


def pass_on_tomorrow(work: Work, number: int, branch: Branch) -> None:
    """Not at once: the hour would tell who had the phone in hand."""
    tomorrow = work.today(branch) + timedelta(days=1)
    work.tables.alarms.put("suggestion", str(number), instant.start_of(tomorrow, branch.zone, HOUR_OF_UNSIGNED))


def ring(work: Work, subject: str) -> None:
    work.tables.alarms.put("suggestion", subject, None)
    pass_on(work, int(subject))
