"""The study plan: what takes place when, for whom, and who sees to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config.studying import Study
from bot.domain import instant
from bot.domain.people import Member
from bot.domain.study import STUDIED_ALONE, Session, Timetable
from bot.work import Work

TOLD_SINCE = timedelta(days=400)  # an occurrence is moved within its year
NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Planned:
    """One occurrence of an item, as it concerns somebody."""

    study: Study
    session: Session


def timetable(work: Work, item: str, study: Study) -> Timetable:
    told = work.tables.sessions.of(item, work.now - TOLD_SINCE)
    return Timetable(study.when, work.zone, work.config.calendar, study.holidays, told)


def is_for(work: Work, item: str, member_id: str) -> bool:
    """Whether she is to hear of the item now. Whoever has said 不同意 in all her branches is not asked."""
    study, member = work.config.study.get(item), work.tables.members.get(member_id)
    if study is None or member is None or work.tables.aways.now(member_id, work.now):
        return False
    return concerns(study, places_of(work, member), member.status)


def places_of(work: Work, member: Member) -> frozenset[str]:
    """Where she belongs, as audiences name it; nothing: she wants to be left alone everywhere."""
    return _places(work, member, work.tables.branches.open_of_member(member.id))


def _places(work: Work, member: Member, belongs: Sequence[tuple[object, str]]) -> frozenset[str]:
    if belongs and all(consent == "refused" for _, consent in belongs):
        return NOBODY
    person = work.config.people.get(member.id)
    places = {"all", member.home, person.group if person else "", "away" if belongs else "here"}
    places |= {getattr(branch, "id", "") for branch, _ in belongs}
    if any(home.secretary == member.id for home in work.config.homes.values()):
        places.add("secretaries")
    if any(group.leader == member.id for group in work.config.groups.values()):
        places.add("group_leaders")
    return frozenset(places - {""})


def concerns(study: Study, places: frozenset[str], status: str) -> bool:
    """What is bound to a place is not asked of those who are away, unless there is a way in for them."""
    if places.isdisjoint(study.audience) or (study.status and status not in study.status):
        return False
    return not ("away" in places and study.place and not (study.remote or study.link))


def audience(work: Work, item: str) -> list[Member]:
    """Everybody whom it concerns, on leave or not."""
    study, belongs = work.config.study[item], _belonging(work)
    listed = work.tables.members.listed()
    return [one for one in listed if concerns(study, _places(work, one, belongs.get(one.id, ())), one.status)]


def _belonging(work: Work) -> dict[str, list[tuple[object, str]]]:
    """Everybody's running branches at once."""
    found: dict[str, list[tuple[object, str]]] = {}
    for branch in work.tables.branches.running():
        for one in work.tables.members.of_branch(branch.id):
            found.setdefault(one.member.id, []).append((branch, one.consent))
    return found


def plans(work: Work, members: Iterable[Member], since: datetime, until: datetime) -> dict[str, tuple[Planned, ...]]:
    """What each of them is to take part in from `since` to `until`, by the hour; the cancelled ones are in it.

    Whoever belongs to the same places has the same plan: it is made once and shared.
    """
    held = {
        item: [Planned(study, one) for one in timetable(work, item, study).between(item, since, until)]
        for item, study in work.config.study.items()
    }
    belongs, found = _belonging(work), dict[str, tuple[Planned, ...]]()
    wanted, made = dict[tuple[frozenset[str], str], tuple[str, ...]](), dict[tuple[str, ...], tuple[Planned, ...]]()
    for member in members:
        kind = _places(work, member, belongs.get(member.id, ())), member.status
        if kind not in wanted:
            wanted[kind] = tuple(id_ for id_, study in work.config.study.items() if concerns(study, *kind))
        items = wanted[kind]
        if items not in made:
            made[items] = tuple(sorted((one for item in items for one in held[item]), key=_hour))
        found[member.id] = made[items]
    return found


def _hour(planned: Planned) -> tuple[datetime, str]:
    return planned.session.starts_at, planned.session.item


def organisers(work: Work, study: Study) -> list[str]:
    """Who may cancel and move it: whoever the file names; else the secretaries of those it is for; else the admins."""
    if study.organiser:
        return [study.organiser]
    homes = [home.secretary for id_, home in work.config.homes.items() if id_ in study.audience]
    leaders = [group.leader for id_, group in work.config.groups.items() if id_ in study.audience]
    branches = [one for id_ in study.audience if (one := work.tables.branches.get(id_))]
    own = [branch.secretary or (work.on_duty(branch) or "") for branch in branches]
    named = [one for one in dict.fromkeys([*homes, *leaders, *own]) if one in work.config.people]
    return named or list(work.config.admins)


def organised_by(work: Work, person: str) -> list[str]:
    """The items she sees to."""
    return [item for item, study in work.config.study.items() if person in organisers(work, study)]


def session_at(work: Work, item: str, starts_at: datetime) -> Session | None:
    """The occurrence that takes place then; None: none does (any more)."""
    told = work.tables.sessions.at(item, starts_at)
    if told:
        return None if told.cancelled else told
    planned = work.tables.sessions.planned(item, starts_at)
    return planned if planned.starts_at == starts_at and not planned.cancelled else None


def material_link(work: Work, item: str, study: Study) -> str:
    """An address as the file has it; of a file, where this bot gives it to whoever has the link."""
    if not study.material or study.material.lower().startswith(("http:", "https:")):
        return study.material
    return f"{work.config.server.public_url}/material/{item}/{material_key(work, item)}"


def material_key(work: Work, item: str) -> str:
    return work.tables.tx.vault.digest(f"material|{item}")[:32]


def told_of(work: Work, item: str, member: Member, session: Session) -> dict[str, object]:
    """What a sentence about the occurrence needs, as this member is to hear it."""
    study, language = work.config.study[item], member.language
    away = "away" in places_of(work, member)
    speaker = work.tables.members.get(session.speaker) if session.speaker else None
    return {
        "title": study.named(language),
        "form": study.form,
        "at": work.local(session.starts_at),
        "place": "" if away else study.place,
        "way_in": study.remote if away or not study.place else "",
        "link": study.link or _platform_link(work, study),
        "material": session.material or material_link(work, item, study),
        "speaker": speaker.name if speaker else "",
        "book": work.tables.books.reading(item) if study.form == "reading" else "",
        "alone": study.form in STUDIED_ALONE,
        "starts": instant.text(session.starts_at),
    }


def _platform_link(work: Work, study: Study) -> str:
    platform = work.config.platforms.get(study.platform)
    return platform.link if platform else ""
