"""Which calendar somebody may follow, and what stands in it: for a member, for a branch, for the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import instant
from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.learning.plan import Planned, plans, timetable, told_of
from bot.work import Work

UNIT = "unit"
BACK, AHEAD = timedelta(days=31), timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `ends` is after its end; of whole days both are dates."""

    id: str
    title: str
    starts: datetime | date
    ends: datetime | date
    place: str = ""
    link: str = ""
    words: str = ""
    cancelled: bool = False
    sequence: int = 0


def key_of(work: Work, whose: str) -> str:
    """What opens the calendar: whoever has the address may read it, until it is renewed."""
    serial = work.tables.facts.setting(f"calendar_serial:{whose}") or "0"
    return work.tables.tx.vault.digest(f"calendar|{whose}|{serial}")[:32]


def renew(work: Work, whose: str) -> None:
    serial = int(work.tables.facts.setting(f"calendar_serial:{whose}") or "0")
    work.tables.facts.put(f"calendar_serial:{whose}", str(serial + 1))


def address_of(work: Work, whose: str) -> str:
    return f"{work.config.server.public_url}/calendar/{whose}/{key_of(work, whose)}.ics"


def followed_by(work: Work, member: Member) -> list[str]:
    """Her own; those of the branches she looks after; an admin the unit's."""
    held = work.tables.branches.open_of_duty_holder(member.id)
    branches = [f"branch.{one.id}" for one in held if may(work.roles(one, member.id), "see_digest")]
    return [f"member.{member.id}", *branches, *([UNIT] if member.id in work.config.admins else [])]


def events_of(work: Work, whose: str) -> list[Event] | None:
    """What stands in it; None: there is no such calendar (any more)."""
    kind, _, id_ = whose.partition(".")
    if whose == UNIT:
        return [*_sessions(work, _all(work), None), *_branch_days(work, work.tables.branches.all())]
    member = work.tables.members.get(id_) if kind == "member" else None
    if member and id_ in work.config.people:
        own = [branch for branch, _ in work.tables.branches.open_of_member(id_)]
        return [*_sessions(work, _planned(work, member), member), *_branch_days(work, own)]
    branch = work.tables.branches.get(id_) if kind == "branch" else None
    if branch and branch.state != "closed":
        return [*_sessions(work, _of_branch(work, branch), None), *_branch_days(work, [branch])]
    return None


def _window(work: Work) -> tuple[datetime, datetime]:
    return work.now - BACK, work.now + AHEAD


def _planned(work: Work, member: Member) -> list[Planned]:
    return list(plans(work, [member], *_window(work)).get(member.id, ()))


def _all(work: Work) -> list[Planned]:
    return [
        Planned(study, one)
        for item, study in work.config.study.items()
        for one in timetable(work, item, study).between(item, *_window(work))
    ]


def _of_branch(work: Work, branch: Branch) -> list[Planned]:
    """What is for everybody there."""
    places = {"all", "away", branch.id}
    bound = [one for one in _all(work) if places & set(one.study.audience)]
    return [one for one in bound if not one.study.place or one.study.remote or one.study.link]


def _sessions(work: Work, planned: list[Planned], member: Member | None) -> Iterator[Event]:
    """As she would hear of them; the unit's and a branch's in the unit's language, with place and way in."""
    for one in planned:
        session, study = one.session, one.study
        told = told_of(work, session.item, member, session) if member else {}
        language = member.language if member else work.config.language
        yield Event(
            id=f"{session.item}-{instant.text(session.planned_at)}",
            title=study.named(language),
            starts=session.starts_at,
            ends=session.starts_at + study.lasts,
            place=str(told.get("place", study.place)),
            link=str(told.get("link", study.link)),
            words="\n".join(str(part) for part in (told.get("way_in", study.remote), session.material) if part),
            cancelled=session.cancelled,
            sequence=int(session.moved) + int(session.cancelled),
        )


def _branch_days(work: Work, branches: list[Branch]) -> Iterator[Event]:
    """First to last day, and what a training hands in."""
    for branch in branches:
        after = branch.closes + timedelta(days=1)
        yield Event(f"branch-{branch.id}", work.named(branch, ""), branch.opens, after)
        wanted = work.config.branches.get(branch.id)
        for name, due in wanted.deliverables.items() if wanted else ():
            yield Event(f"hand-in-{branch.id}-{due}", name, due, due + timedelta(days=1))
