"""What falls when in the unit: branches opening, asking and closing, study with its reminders, digests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.agenda.branches import OnCalendar
from bot.config.model import Config, ReportRule, Study
from bot.domain import instant
from bot.domain.branch import edges, ends_at, title
from bot.domain.cadence import Schedule
from bot.domain.moved import Occurrence, Reason, explained
from bot.domain.study import steps
from bot.domain.when import A_DAY, next_allowed
from bot.flow.keeping import DIGEST_GOOD_FOR
from bot.flow.studying import LATE_START_GOOD_FOR

# How far beside a branch's days to look for what a holiday moves out of them.
BESIDE = timedelta(days=31)
Span = tuple[datetime, datetime, datetime]  # opens, asks whether to go on, ends


@dataclass(frozen=True, slots=True)
class Line:
    """One thing under its `day`. `at`: when; None: it falls out. `sent_at`: when its message goes, which quiet
    hours put off; None: it would come too late and does not go. `reasons`: why it is not where it was named."""

    what: str
    id: str
    name: str
    day: date
    at: datetime | None
    sent_at: datetime | None
    zone: ZoneInfo
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    named: tuple[date, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The unit from one day to another, both included."""

    config: Config
    branches: tuple[OnCalendar, ...]
    first: date
    last: date

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.time_zone)

    def sent(self, at: datetime, zone: ZoneInfo, until: datetime | None = None) -> datetime | None:
        sent_at = next_allowed(at, self.config.limits.quiet, zone)
        return sent_at if until is None or sent_at < until else None

    def named(self, one: OnCalendar) -> str:
        return title(one.branch, self.config.language)

    def rule(self, one: OnCalendar) -> ReportRule:
        wanted = self.config.branches.get(one.branch.id)
        return wanted.report if wanted else self.config.report

    def person(self, id_: str) -> str:
        return self.config.people[id_].name if id_ in self.config.people else id_

    def on_duty(self, one: OnCalendar, at: datetime) -> str:
        """The liaison officer who is on duty then."""
        id_ = one.on_duty(at)
        return self.person(id_) if id_ else ""


def lines(view: View) -> list[Line]:
    """In the order of the days. Another kind of line is another function in this list."""
    found = [line for each in (openings, questions, last_questions, endings, studies, digests) for line in each(view)]
    within = [line for line in found if view.first <= line.day <= view.last]
    return sorted(within, key=lambda line: (line.day, line.at is None, line.at or datetime.min, line.what, line.id))


def unknown_years(view: View) -> list[int]:
    """Years whose holidays nobody knows, where something goes by them."""
    config = view.config
    rules = [(view.rule(one).ask, view.rule(one).holidays) for one in view.branches]
    rules += [(study.when, study.holidays) for study in config.study.values()]
    rules += [(schedule, "keep") for _, schedule, _, _ in _digest_rules(view) if schedule]
    minds = any(holidays != "keep" or schedule.kind == "workdays" for schedule, holidays in rules)
    years = range(view.first.year, view.last.year + 1) if minds else ()
    return [year for year in years if not config.calendar.knows(year)]


def openings(view: View) -> Iterator[Line]:
    for one in _not_over(view):
        at = edges(one.branch)[0]
        yield _of_branch(view, "opens", one, one.branch.opens, at, view.sent(at, one.branch.zone), members=one.members)


def questions(view: View) -> Iterator[Line]:
    for one in _not_over(view):
        branch, rule = one.branch, view.rule(one)
        first, last = max(view.first, branch.opens) - BESIDE, min(view.last, branch.closes) + BESIDE
        span = edges(branch)
        for each in explained(rule.ask, first, last, branch.zone, view.config.calendar, rule.holidays):
            yield from _question(view, one, span, rule.due, each)


def _question(view: View, one: OnCalendar, span: Span, due: timedelta, each: Occurrence) -> Iterator[Line]:
    """What a holiday moves out of the branch's days is not asked, and said where it was named."""
    branch, (opens, _, ends) = one.branch, span
    if each.at and opens <= each.at < ends:
        due_at = min(each.at + due, ends)
        sent_at, local = view.sent(each.at, branch.zone, due_at), instant.local(due_at, branch.zone)
        yield _explained(_of_branch(view, "asks", one, each.day, each.at, sent_at, due=local), each)
    elif inside := [day for day in each.named if branch.opens <= day <= branch.closes]:
        line = _explained(_of_branch(view, "asks", one, inside[0], None, None, due=""), each)
        gone = [Reason("outside", each.held, view.config.calendar.nature(each.held))] if each.held else []
        yield replace(line, reasons=(*(why for why in each.reasons if why.day in inside), *gone))


def last_questions(view: View) -> Iterator[Line]:
    """“Extend or close?”, to the liaison officer on duty."""
    for one in _not_over(view):
        _, at, ends = edges(one.branch)
        if at < ends and one.liaison and not one.branch.closing_settled:
            day, sent_at = instant.day_of(at, one.branch.zone), view.sent(at, view.zone, ends)
            yield _of_branch(view, "extends", one, day, at, sent_at, liaison=view.on_duty(one, at))


def endings(view: View) -> Iterator[Line]:
    for one in _not_over(view):
        at = ends_at(one.branch)
        yield _of_branch(view, "closes", one, one.branch.closes, at, view.sent(at, one.branch.zone))


def studies(view: View) -> Iterator[Line]:
    for id_, study in view.config.study.items():
        befores = steps(study.remind)
        last = view.last + befores[0] + A_DAY
        for each in explained(study.when, view.first, last, view.zone, view.config.calendar, study.holidays):
            yield _lesson(view, id_, study, each)
            yield from (_reminder(view, id_, study, each.at, before) for before in befores[:-1] if each.at)


def _lesson(view: View, id_: str, study: Study, each: Occurrence) -> Line:
    """The last message goes at its own hour."""
    sent_at = view.sent(each.at, view.zone, each.at + LATE_START_GOOD_FOR) if each.at else None
    facts = {"form": study.form, "audience": _audience(view, study)}
    return _explained(Line("studies", id_, study.title, each.day, each.at, sent_at, view.zone, facts), each)


def _reminder(view: View, id_: str, study: Study, starts: datetime, before: timedelta) -> Line:
    at, zone = starts - before, view.zone
    facts = {"starts": instant.local(starts, zone), "audience": _audience(view, study)}
    return Line("reminds", id_, study.title, instant.day_of(at, zone), at, view.sent(at, zone, starts), zone, facts)


def _audience(view: View, study: Study) -> list[str]:
    """Names of the places; `all` and `away` stay as they are, to be put into words."""
    places = {id_: home.name for id_, home in view.config.homes.items()}
    places |= {one.branch.id: view.named(one) for one in view.branches}
    return [places.get(id_, id_) for id_ in study.audience]


def digests(view: View) -> Iterator[Line]:
    """The daily one to every liaison officer on duty in a branch that runs at that hour; those of the week and the
    month where a branch ran in it."""
    running = [(*edges(one.branch), one) for one in _not_over(view) if one.liaison]
    for name, schedule, span, good_for in _digest_rules(view):
        for each in explained(schedule, view.first, view.last, view.zone, view.config.calendar) if schedule else ():
            if each.at and (readers := _on_duty_at(view, running, each.at, span)):
                sent_at = view.sent(each.at, view.zone, each.at + good_for if good_for else None)
                line = Line(f"digest_{name}", "", "", each.day, each.at, sent_at, view.zone, {"readers": readers})
                yield _explained(line, each)


def _digest_rules(view: View) -> list[tuple[str, Schedule | None, timedelta, timedelta | None]]:
    """Each digest with its schedule, the span it tells of, and how long it is worth sending."""
    digest = view.config.digest
    return [
        ("daily", digest.daily, timedelta(0), DIGEST_GOOD_FOR),
        ("weekly", digest.weekly, timedelta(weeks=1), None),
        ("monthly", digest.monthly, timedelta(days=31), None),
    ]


def _on_duty_at(
    view: View, running: Sequence[tuple[datetime, datetime, datetime, OnCalendar]], at: datetime, span: timedelta
) -> list[str]:
    return list(dict.fromkeys(view.on_duty(one, at) for opens, _, ends, one in running if opens <= at < ends + span))


def _not_over(view: View) -> list[OnCalendar]:
    return [one for one in view.branches if one.branch.state != "closed"]


def _of_branch(
    view: View, what: str, one: OnCalendar, day: date, at: datetime | None, sent_at: datetime | None, /, **facts: Any
) -> Line:
    return Line(what, one.branch.id, view.named(one), day, at, sent_at, one.branch.zone, facts)


def _explained(line: Line, each: Occurrence) -> Line:
    return replace(line, named=each.named, reasons=each.reasons)
