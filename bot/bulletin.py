"""What secretaries and admins are told in figures, as facts for sentences: the week's digest, the month's bulletin."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain import instant
from bot.domain.branch import Branch, title
from bot.domain.bulletin import Period, answers, month_of_answers, month_of_needs, of_home, span, week_of_needs
from bot.domain.cadence import occurrences
from bot.domain.disclosure import choose
from bot.domain.study import STUDIED_ALONE
from bot.learning.plan import timetable
from bot.meetings import missed
from bot.store.figures import Held
from bot.work import Work

SOON = timedelta(days=7)
AHEAD = timedelta(days=31)
RARE = ("quarterly", "yearly")  # study days one plans for; the others come round anyway
MOST_COMING = 8
MOST_BRANCHES = 12  # on a phone; of more, the first by their days


def secretaries(work: Work, since: datetime) -> list[str]:
    """Of branches that have run since then, and of home branches."""
    named = [branch.secretary for branch in work.tables.branches.ran_since(since)]
    homes = [home.secretary for home in work.config.homes.values()]
    return sorted({one for one in [*named, *homes] if one in work.config.people})


def week_facts(work: Work, reader: str, period: Period) -> dict[str, Any] | None:
    """One digest over all branches and homes of a secretary; None when nothing happened and nothing is due."""
    branches = work.tables.branches.ran_since(period.since, secretary=reader)
    told = [_week_of_branch(work, reader, branch, period) for branch in branches]
    duties = [duty for branch in branches if branch.open for duty in _duties(work, reader, branch, period)]
    duties += missed(work, reader)
    homes = [home for id_ in work.config.homes if (home := _week_of_home(work, reader, id_, period))]
    if not duties and not any(one["news"] for one in [*told, *homes]):
        return None
    return {
        "since": work.local(period.since),
        "until": work.local(period.until),
        "duties": duties,
        "branches": told,
        "homes": homes,
        "studies": [_study_figures(work, one) for one in work.tables.figures.studies(period)],
        "coming": _coming(work, reader),
    }


def _week_of_branch(work: Work, reader: str, branch: Branch, period: Period) -> dict[str, Any]:
    """What was asked and came back, and the needs, where the group is large enough for figures."""
    least = work.config.keep.group_of_at_least
    large = len(work.tables.members.of_branch(branch.id)) >= least
    rounds = work.tables.figures.rounds(branch.id, period)
    needs = week_of_needs(work.tables.figures.needs_of(branch.id, period.since), period) if large else None
    begun = instant.start_of(branch.opens, branch.zone) in period
    return {
        "name": work.named(branch, reader),
        "closed": branch.state == "closed",
        "closes": _last_day(branch).isoformat(),
        "days": (branch.closes - work.today(branch)).days,
        "rounds": rounds,
        "answers": answers(work.tables.figures.asked_in(branch.id, period), least) if large else None,
        "needs": needs,
        "news": bool(rounds or needs or begun or branch.state == "closed"),
    }


def _last_day(branch: Branch) -> date:
    """Of a branch that was ended at once its last day was set to the day before (handlers/closing.py)."""
    closed = branch.closed_at and instant.day_of(branch.closed_at - timedelta(seconds=1), branch.zone)
    return max(branch.closes, closed) if closed and closed - branch.closes == timedelta(days=1) else branch.closes


def _duties(work: Work, reader: str, branch: Branch, period: Period) -> list[dict[str, Any]]:
    """What waits for the secretary: a branch about to close, a need nobody has taken; by number, in no words."""
    name, found = work.named(branch, reader), list[dict[str, Any]]()
    if branch.closes - work.today(branch) <= SOON and not branch.closing_settled:
        found.append({"kind": "closing", "branch": name, "closes": branch.closes.isoformat()})
    if count := work.tables.suggestions.unanswered(branch.id):
        found.append({"kind": "suggestions", "branch": name, "count": count})
    for need in work.tables.figures.needs_of(branch.id, period.since):
        if need.unclaimed_long(work.now):
            since, yours = work.local(need.raised_at, branch), need.member != reader
            found.append({"kind": "need", "branch": name, "number": need.number, "since": since, "yours": yours})
    return found


def _week_of_home(work: Work, reader: str, id_: str, period: Period) -> dict[str, Any] | None:
    """How many of a home branch's members are away, and how the contact with them is, as a whole."""
    home, least = work.config.homes[id_], work.config.keep.group_of_at_least
    away = work.tables.figures.away(id_) if home.secretary == reader else []
    if not away:
        return None
    asked = work.tables.figures.asked_beside(id_, period)
    enough = len(away) >= least
    known = {branch.id for branch in work.tables.branches.ran_since(period.since) if reader in _holders(work, branch)}
    return {
        "name": home.name,
        "away": len(away) if enough else None,
        "answers": of_home(asked, id_, least, known) if enough else None,
        "news": enough and any(one.home == id_ for one in asked),
        "least": least,
    }


def _holders(work: Work, branch: Branch) -> set[str]:
    """Who knows of a branch, by right, more than any figure says."""
    return {branch.secretary, *(one.id for one in work.tables.branches.liaisons(branch.id))}


def month_before(work: Work, moment: datetime) -> Period:
    """The last calendar month that was over at `moment`."""
    first = instant.day_of(moment, work.zone).replace(day=1)
    start = (first - timedelta(days=1)).replace(day=1)
    return Period(instant.start_of(start, work.zone), instant.start_of(first, work.zone))


def quarter_before(work: Work, moment: datetime) -> Period:
    """The last quarter that was over at `moment`."""
    today = instant.day_of(moment, work.zone)
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    start = first.replace(year=first.year - (first.month == 1), month=(first.month - 4) % 12 + 1)
    return Period(instant.start_of(start, work.zone), instant.start_of(first, work.zone))


def year_before(work: Work, moment: datetime) -> Period:
    first = instant.day_of(moment, work.zone).replace(month=1, day=1)
    return Period(instant.start_of(first.replace(year=first.year - 1), work.zone), instant.start_of(first, work.zone))


def readers(work: Work, period: Period) -> list[str]:
    return sorted({*secretaries(work, period.since), *work.config.admins})


def month_facts(work: Work, period: Period, language: str) -> dict[str, Any] | None:
    """The bulletin, the same for everybody who reads that language; None when nothing was in that month."""
    ran = [one for one in work.tables.branches.ran_since(period.since) if _began(one) < period.until]
    known = _known(work, ran, readers(work, period))
    studies = work.tables.figures.studies(period)
    if not ran and not studies:
        return None
    month, keep = instant.day_of(period.since, work.zone), work.config.keep
    return {
        "year": month.year,
        "month": month.month,
        "quarter": (month.month + 2) // 3,
        "least": keep.group_of_at_least,
        "incomplete": period.since < work.now - keep.facts,
        **_month_of_branches(work, ran, period, known),
        **_month_of_answers(work, ran, period, known, language),
        **_month_of_needs(work, period, known),
        "studies": [_study_figures(work, one) for one in studies],
        "down": _down(work, period),
        "closings": _closings(work, language),
        "days": _study_days(work),
    }


def _began(branch: Branch) -> datetime:
    return instant.start_of(branch.opens, branch.zone)


def _known(work: Work, branches: Sequence[Branch], whose: Sequence[str]) -> list[set[str]]:
    """Of which branches each reader knows the figures anyway."""
    holders = {branch.id: _holders(work, branch) for branch in branches}
    known = [{id_ for id_, people in holders.items() if reader in people} for reader in whose]
    return [one for one in known if one]


def _month_of_branches(work: Work, ran: Sequence[Branch], period: Period, known: Sequence[set[str]]) -> dict[str, Any]:
    away = {branch.id: set(work.tables.figures.belonged(branch.id, period)) for branch in ran}
    shown = choose(away, work.config.keep.group_of_at_least, known)
    return {
        "opened": work.tables.figures.opened(period),
        "closed": sum(branch.closed_at in period for branch in ran),
        "running": sum(branch.open for branch in work.tables.branches.all()),
        "away": len(set[str]().union(*away.values())) if shown.whole else None,
    }


def _month_of_answers(
    work: Work, ran: Sequence[Branch], period: Period, known: Sequence[set[str]], language: str
) -> dict[str, Any]:
    rows = work.tables.figures.asked(period)
    whole, apart = month_of_answers(rows, work.config.keep.group_of_at_least, known)
    listed = [{"name": title(one, language), **apart[one.id]} for one in ran if one.id in apart]
    return {
        "asked": bool(rows),
        "answers": whole,
        "branches": listed[:MOST_BRANCHES],
        "hidden": len({one.branch for one in rows}) > len(apart),
        "more": max(len(listed) - MOST_BRANCHES, 0),
    }


def _month_of_needs(work: Work, period: Period, known: Sequence[set[str]]) -> dict[str, Any]:
    raised = work.tables.figures.needs_raised(period)
    figures = month_of_needs(raised, work.config.keep.group_of_at_least, known)
    return {"needs": figures, "few_needs": bool(raised) and figures is None}


def _down(work: Work, period: Period) -> dict[str, Any] | None:
    stops = work.tables.figures.down(period)
    lost = sum((period.part_of(*stop) for stop in stops), timedelta(0))
    return {"times": len(stops), **span(lost)} if stops else None


def _closings(work: Work, language: str) -> list[Mapping[str, str]]:
    """What ends in the month to come."""
    soon = [one for one in work.tables.branches.all() if one.open and one.closes - work.today(one) <= AHEAD]
    ordered = sorted(soon, key=lambda one: (one.closes, one.id))[:MOST_BRANCHES]
    return [{"name": title(one, language), "closes": one.closes.isoformat()} for one in ordered]


def _study_figures(work: Work, held: Held) -> dict[str, Any]:
    """How often, and how many came, where those who were asked are enough for a figure."""
    enough = held.people >= work.config.keep.group_of_at_least
    return {
        "title": held.title,
        "times": held.times,
        "came": (held.came or None) if enough else None,
        "asked": held.asked,
    }


def _coming(work: Work, reader: str) -> list[Mapping[str, str]]:
    """What is held in the week to come, on its day; what is studied alone comes round anyway."""
    language = work.language(reader)
    found = [
        (one.starts_at, study.named(language))
        for item, study in work.config.study.items()
        if study.form not in STUDIED_ALONE
        for one in timetable(work, item, study).between(item, work.now, work.now + SOON)
        if not one.cancelled
    ]
    return [{"title": name, "at": work.local(at)} for at, name in sorted(found)[:MOST_COMING]]


def _study_days(work: Work) -> list[Mapping[str, str]]:
    """The rare study days of the month to come."""
    rare = [one for one in work.config.study.values() if one.when.kind in RARE]
    found = [
        (at, one.title)
        for one in rare
        for at in occurrences(one.when, work.now, work.now + AHEAD, work.zone, work.config.calendar, one.holidays)
    ]
    return [{"title": name, "at": work.local(at)} for at, name in sorted(found)]
