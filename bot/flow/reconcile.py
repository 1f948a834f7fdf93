"""What the file wants becomes what is; where its own value has not changed since, what was said in chat stays."""

from collections.abc import Callable, Set
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.config.model import Branch as Wanted
from bot.config.model import Config
from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.flow import asking, belonging, exits, lifecycle, needing, talks
from bot.flow.restored import tell_restored
from bot.flow.wanted import Difference, addresses, values_of
from bot.store.tx import Tx
from bot.work import Work

ALIVE = "alive"
BESIDE_STUDY = {"rota": "rota", "platforms": "behind", "projects": "project"}  # family of the file -> alarm
CLOCKWORK = (
    "digest",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "news",
    "forget",
)  # what the unit does at its hours, whatever its branches
PULSE = timedelta(minutes=1)
SHORT_STOP = timedelta(minutes=10)


def reconcile(tx: Tx, config: Config, now: datetime, found: Difference | None = None) -> list[str]:
    """Apply the file; gives the paths of the values that had changed, for the log.

    `found`: the difference, where it was worked out beforehand so that this unit is short; nobody else applies.
    """
    work = Work(tx, config, now)
    _make_up(work)
    found = found or Difference(work.tables.facts.applied(), values_of(config))
    _people(work, found)
    if any(path.startswith("people.") for path in found.changed | found.gone):
        work.tables.branches.count_full_members()
        for one in work.tables.branches.running():
            work.mind_chat(one)
    for id_, changed in branch_changes(found, config).items():
        _branch(work, id_, config.branches[id_], changed, found)
    _gone(work)
    _studies(work, found.changed)
    talks.attend_all(work, found.changed)
    tell_restored(work)
    for kind in CLOCKWORK:
        if found.changed & {"digest", "calendar", "time_zone"} or not work.tables.alarms.of(kind):
            work.tables.alarms.put(kind, "", now)
    work.tables.facts.set_applied({path: found.wanted[path] for path in found.changed})
    work.tables.facts.forget_applied(found.gone)
    return sorted(found.changed)


def branch_changes(found: Difference, config: Config) -> dict[str, set[str]]:
    """What is new in each branch; another calendar asks anew everywhere."""
    changes = found.of("branches")
    if "calendar" in found.changed:
        for id_ in config.branches:
            changes.setdefault(id_, set()).add("asks")
    return {id_: changes[id_] for id_ in config.branches if id_ in changes}


def _make_up(work: Work) -> None:
    """The time in which the bot was not there is nobody's silence."""
    alive = work.tables.facts.moment(ALIVE)
    if alive and work.now - alive > SHORT_STOP:
        asking.make_up(work, alive)
        exits.make_up(work, work.now - alive)
        talks.make_up(work, alive)
        work.tables.facts.note("was_down", work.now, note=instant.text(alive))
    keep_alive(work, alive)


def keep_alive(work: Work, alive: datetime | None) -> None:
    """The next start sees by it since when the bot was not there. It never goes back, whatever the clock does."""
    if alive is None or work.now >= alive + PULSE:
        work.tables.facts.put(ALIVE, instant.text(work.now))


def _people(work: Work, found: Difference) -> None:
    changed = found.of("people")
    ids = work.config.people if "language" in found.changed else changed.keys() & work.config.people.keys()
    for id_ in sorted(ids):
        person, own = work.config.people[id_], changed.get(id_, set())
        language = person.language or work.config.language
        if "" in own:
            work.tables.members.put(Member(id_, person.name, person.status, person.home, language))
        _language(work, id_, language, own="language" in own, unit="language" in found.changed)
        if "at" in own:
            work.tables.members.put_addresses(id_, addresses(work.config, id_, person))
    for path in found.gone:
        if path.startswith("people.") and path.count(".") == 1:
            work.tables.members.unlist(path.removeprefix("people."), work.now)
            work.tables.buddies.forget(path.removeprefix("people."))
    _buddies(work, found)


def _buddies(work: Work, found: Difference) -> None:
    """As the file names them; whom somebody has named in chat stays until the file says something new of her."""
    for path in sorted(found.changed | found.gone):
        family, _, rest = path.partition(".")
        id_, _, name = rest.partition(".")
        if family != "people" or name != "buddy" or id_ not in work.config.people:
            continue
        buddy = work.config.people[id_].buddy
        if buddy:
            work.tables.buddies.put(id_, buddy, "", work.now)
        else:
            work.tables.buddies.end(id_)


def _language(work: Work, id_: str, language: str, *, own: bool, unit: bool) -> None:
    """What she has chosen in chat stays until the file says something new of her own language."""
    chosen = work.tables.facts.setting(f"language:{id_}") if own or unit else None
    if own or (unit and not chosen):
        work.tables.members.speak(id_, language)
    if own and chosen:
        work.tables.facts.put(f"language:{id_}", "")


def _branch(work: Work, id_: str, wanted: Wanted, changed: set[str], found: Difference) -> None:
    """Bring one branch to what the file says, value by value."""
    known = work.tables.branches.get(id_)
    if known is None:
        _add(work, id_, wanted)
    steps: dict[str, Callable[[Work, str, Wanted], None]] = {
        "what": _describe,
        "approval": _approve,
        "from": lambda work, id_, wanted: work.tables.branches.set_opens(id_, wanted.opens),
        "to": _closes,
        "liaison": belonging.liaison,
        "members": lambda work, id_, wanted: belonging.members(work, id_, wanted, found),
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
    work.mind_chat(branch)
    needing.look_after(work, branch)
    if branch.open and changed & {"asks", "from", "to"} and not new:
        asking.replan(work, branch)


def _gone(work: Work) -> None:
    """A branch the file no longer has is not cut off: it runs to its last day, and the admins hear of it once.

    One that has not begun does not begin.
    """
    for branch in work.tables.branches.not_over(besides=work.config.branches):
        if branch.state == "planned":
            work.tables.alarms.put("branch", branch.id, None)
        if branch.open:
            belonging.keep_listed(work, branch)
            closes = branch.closes.isoformat()
            reason = f"not_in_file:{branch.id}:{closes}"
            work.owe_admins("branch.not_in_file", reason, about=branch, closes=closes)


def _studies(work: Work, changed: Set[str]) -> None:
    for id_ in work.config.study:
        if f"study.{id_}" in changed:
            work.tables.facts.put(f"study:{id_}", instant.text(work.now))
        if changed & {f"study.{id_}", "calendar", "time_zone"}:
            work.tables.alarms.put("study", id_, work.now)
    for id_ in work.tables.alarms.of("study").keys() - work.config.study.keys():
        work.tables.alarms.put("study", id_, None)
    for path in changed:
        family, _, id_ = path.partition(".")
        if family in BESIDE_STUDY:
            work.tables.alarms.put(BESIDE_STUDY[family], id_, work.now)
