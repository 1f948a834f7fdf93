"""What the file wants becomes what is; where its own value has not changed since, what was said in chat stays."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.config.model import Branch as Wanted
from bot.config.model import Config
from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.flow import asking, lifecycle
from bot.flow.restored import tell_restored
from bot.flow.wanted import addresses, values_of
from bot.store.tx import Tx
from bot.work import Work

ALIVE = "alive"
PULSE = timedelta(minutes=1)
SHORT_STOP = timedelta(minutes=10)


def reconcile(tx: Tx, config: Config, now: datetime) -> list[str]:
    """Apply the file; gives the paths of the values that had changed, for the log."""
    work = Work(tx, config, now)
    _make_up(work)
    before, wanted = work.tables.facts.applied(), values_of(config)
    changed = {path for path in wanted if before.get(path) != wanted[path]}
    _people(work, changed, before.keys() - wanted.keys())
    work.tables.branches.count_full_members()
    for id_, branch in config.branches.items():
        own = {path.split(".", 2)[2] for path in changed if path.startswith(f"branches.{id_}.")}
        _branch(work, id_, branch, own | ({"asks"} if "calendar" in changed else set()))
    _gone(work)
    _studies(work, changed)
    tell_restored(work)
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
    keep_alive(work, alive)


def keep_alive(work: Work, alive: datetime | None) -> None:
    """The next start sees by it since when the bot was not there. It never goes back, whatever the clock does."""
    if alive is None or work.now >= alive + PULSE:
        work.tables.facts.put(ALIVE, instant.text(work.now))


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
    known = {one.member.id for one in work.tables.members.of_branch(id_)}
    gone, new = sorted(known - set(wanted.members)), set(wanted.members) - known
    for member in gone:
        work.tables.members.leave(id_, member, work.now)
    for member in sorted(new):
        work.tables.members.join(id_, member, work.now)
    work.tables.branches.count_full_members(id_)
    branch = _found(work, id_)
    if branch.open:
        _tell_members(work, branch, gone, new)


def _tell_members(work: Work, branch: Branch, gone: Iterable[str], new: set[str]) -> None:
    now = instant.text(work.now)
    for member in gone:
        reason = f"left:{branch.id}:{now}:{member}"
        work.owe("branch.left", member, reason, branch=branch, branch_name=work.named(branch, member))
    for one in work.tables.members.of_branch(branch.id):
        if one.member.id in new:
            lifecycle.welcome(work, branch, one, f"welcome:{branch.id}:{now}")


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
