"""What the file wants becomes what is; where its own value has not changed since, what was said in chat stays."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.config.model import Branch as Wanted
from bot.config.model import Config, Person
from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.flow import asking, lifecycle
from bot.store.tx import Tx
from bot.work import Work

ALIVE = "alive"
SHORT_STOP = timedelta(minutes=10)


def reconcile(tx: Tx, config: Config, now: datetime) -> list[str]:
    """Apply the file; gives the paths of the values that had changed, for the log."""
    work = Work(tx, config, now)
    _make_up(work)
    before, wanted = work.tables.facts.applied(), _wanted_values(config)
    changed = {path for path in wanted if before.get(path) != wanted[path]}
    _people(work, changed, before.keys() - wanted.keys())
    work.tables.branches.count_full_members()
    for id_, branch in config.branches.items():
        own = {path.split(".", 2)[2] for path in changed if path.startswith(f"branches.{id_}.")}
        _branch(work, id_, branch, own | ({"asks"} if "calendar" in changed else set()))
    _gone(work)
    _studies(work, changed)
    for kind in ("digest", "forget"):
        work.tables.alarms.put(kind, "", now)
    work.tables.facts.set_applied({path: wanted[path] for path in changed})
    work.tables.facts.forget_applied(before.keys() - wanted.keys())
    return sorted(changed)


def _make_up(work: Work) -> None:
    """The time in which the bot was not there is nobody's silence."""
    alive = work.tables.facts.moment(ALIVE)
    if alive and work.now - alive > SHORT_STOP:
        asking.make_up(work, alive)
        work.tables.facts.note("was_down", work.now, note=instant.text(alive))
    work.tables.facts.put(ALIVE, instant.text(work.now))


def _wanted_values(config: Config) -> dict[str, str]:
    """Every value of the file that lives on in the store, by its path."""
    values: dict[str, Any] = {}
    for id_, person in config.people.items():
        values[f"people.{id_}"] = [person.name, person.status, person.home, person.language or config.language]
        values[f"people.{id_}.at"] = sorted(addresses(config, id_, person).items())
    for id_, branch in config.branches.items():
        values |= {f"branches.{id_}.{name}": value for name, value in _branch_values(config, branch).items()}
    for id_, study in config.study.items():
        values[f"study.{id_}"] = [study.when.text, [span.total_seconds() for span in study.remind], study.holidays]
    values["calendar"] = [sorted(config.calendar.off), sorted(config.calendar.work)]
    return {path: json.dumps(value, ensure_ascii=False, default=str) for path, value in values.items()}


def _branch_values(config: Config, branch: Wanted) -> dict[str, Any]:
    approval = branch.approval
    report = branch.report
    return {
        "what": [branch.name, branch.kind, branch.time_zone or config.time_zone, branch.channel, branch.secretary],
        "approval": [approval.by, approval.number, approval.date] if approval else ["", "", ""],
        "from": branch.opens,
        "to": branch.closes,
        "liaison": branch.liaison,
        "members": branch.members,
        "asks": [report.ask.text, report.due.total_seconds(), report.early.total_seconds(), report.holidays],
    }


def addresses(config: Config, id_: str, person: Person) -> dict[str, str]:
    """Where a person is reached: what the file says, and by her id in the web chat."""
    own = {name: id_ for name, channel in config.channels.items() if channel.kind == "webchat"}
    return own | {name: address for name, address in person.addresses.items() if name in config.channels}


def _people(work: Work, changed: set[str], gone: set[str]) -> None:
    for id_, person in work.config.people.items():
        if f"people.{id_}" in changed:
            language = person.language or work.config.language
            work.tables.members.put(Member(id_, person.name, person.status, person.home, language))
        if f"people.{id_}.at" in changed:
            work.tables.members.put_addresses(id_, addresses(work.config, id_, person))
    for path in gone:
        if path.startswith("people.") and not path.endswith(".at"):
            work.tables.members.unlist(path.removeprefix("people."), work.now)


def _branch(work: Work, id_: str, wanted: Wanted, changed: set[str]) -> None:
    """Bring one branch to what the file says, value by value."""
    if not changed:
        return
    known = work.tables.branches.get(id_)
    if known is None:
        _add(work, id_, wanted)
    steps: dict[str, Callable[[Work, str, Wanted], None]] = {
        "what": _describe,
        "approval": _approve,
        "from": lambda work, id_, wanted: work.tables.branches.set_opens(id_, wanted.opens),
        "to": _closes,
        "liaison": _liaison,
        "members": _members,
    }
    for name, apply in steps.items():
        if name in changed:
            apply(work, id_, wanted)
    _settle(work, id_, changed, new=known is None)


def _add(work: Work, id_: str, wanted: Wanted) -> None:
    zone = ZoneInfo(wanted.time_zone or work.config.time_zone)
    work.tables.branches.put(
        Branch(
            id_,
            wanted.name,
            wanted.kind,
            "planned",
            wanted.opens,
            wanted.closes,
            zone,
            "",
            "",
            "",
            "",
            "",
            0,
            False,
            None,
        )
    )
    opens = instant.start_of(wanted.opens, zone)
    if opens < work.now:  # it was not ours before: what it would have asked until now was never asked
        work.tables.facts.put(f"planned:{id_}", instant.text(work.now))


def _describe(work: Work, id_: str, wanted: Wanted) -> None:
    channel = wanted.channel or next(iter(work.config.channels))
    zone = wanted.time_zone or work.config.time_zone
    work.tables.branches.describe(id_, wanted.name, wanted.kind, zone, channel, wanted.secretary)


def _approve(work: Work, id_: str, wanted: Wanted) -> None:
    approval = wanted.approval
    if approval:
        work.tables.branches.approve(id_, approval.by, approval.number, approval.date.isoformat())
    else:
        work.tables.branches.approve(id_, "", "", "")


def _members(work: Work, id_: str, wanted: Wanted) -> None:
    """Who is new is welcomed, who is gone is told; the others keep their place and their consent."""
    branch = _found(work, id_)
    known = {one.member.id for one in work.tables.members.of_branch(id_)}
    for member in wanted.members:
        if member not in known:
            work.tables.members.join(id_, member, work.now)
    for member in sorted(known - set(wanted.members)):
        work.tables.members.leave(id_, member, work.now)
        if branch.open:
            facts = {"branch_name": work.named(branch, member)}
            reason = f"left:{id_}:{member}:{instant.text(work.now)}"
            work.owe("branch.left", member, reason, branch=branch, filled_by=facts)
    for one in work.tables.members.of_branch(id_):
        if branch.open and one.member.id not in known:
            lifecycle.welcome(work, _found(work, id_), one, f"welcome:{id_}:{instant.text(work.now)}")


def _liaison(work: Work, id_: str, wanted: Wanted) -> None:
    """Who newly answers for the branch hears so, and what was asked of the one before her."""
    known = {one.id for one in work.tables.branches.liaisons(id_)}
    work.tables.branches.set_liaisons(id_, wanted.liaison)
    branch = _found(work, id_)
    for liaison in wanted.liaison:
        if branch.open and liaison not in known:
            lifecycle.welcome_liaison(work, branch, liaison)
    if branch.state == "closing":
        lifecycle.ask_to_extend(work, branch)


def _found(work: Work, id_: str) -> Branch:
    branch = work.tables.branches.get(id_)
    assert branch is not None
    return branch


def _closes(work: Work, id_: str, wanted: Wanted) -> None:
    """A later last day is told; a branch that had closed is open again, or planned if its first day is to come."""
    before = _found(work, id_)
    work.tables.branches.set_closes(id_, wanted.closes)
    branch = _found(work, id_)
    if branch.state != "planned" and branch.closes >= work.today(branch):
        begun = branch.open or branch.opens <= work.today(branch)
        work.tables.branches.set_state(id_, "running" if begun else "planned", work.now)
        if begun and branch.closes > before.closes:
            lifecycle.tell_extended(work, _found(work, id_))


def _settle(work: Work, id_: str, changed: set[str], *, new: bool) -> None:
    """Dates moved: the state follows them."""
    branch = _found(work, id_)
    work.tables.alarms.put("branch", id_, work.now)
    if branch.open and changed & {"asks", "from", "to"} and not new:
        asking.replan(work, branch)


def _gone(work: Work) -> None:
    """A branch the file no longer has is not cut off: it runs to its last day, and the admins hear of it once.

    One that has not begun does not begin.
    """
    for branch in work.tables.branches.all():
        if branch.id in work.config.branches:
            continue
        if branch.state == "planned":
            work.tables.alarms.put("branch", branch.id, None)
        if branch.open:
            _keep_listed(work, branch)
            closes = branch.closes.isoformat()
            reason = f"not_in_file:{branch.id}:{closes}"
            work.owe_admins("branch.not_in_file", reason, about=branch, closes=closes)


def _keep_listed(work: Work, branch: Branch) -> None:
    """Nobody answers for a branch who is no longer in the file herself."""
    liaisons = [one.id for one in work.tables.branches.liaisons(branch.id)]
    listed = tuple(one for one in liaisons if one in work.config.people)
    if len(listed) < len(liaisons):
        work.tables.branches.set_liaisons(branch.id, listed)


def _studies(work: Work, changed: set[str]) -> None:
    for id_ in work.config.study:
        if f"study.{id_}" in changed:
            work.tables.facts.put(f"study:{id_}", instant.text(work.now))
        if changed & {f"study.{id_}", "calendar"}:
            work.tables.alarms.put("study", id_, work.now)
    for id_ in work.tables.alarms.of("study").keys() - work.config.study.keys():
        work.tables.alarms.put("study", id_, None)
