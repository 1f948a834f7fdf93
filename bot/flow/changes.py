"""What is different in a new file, thing by thing, as people read it; and what was said in chat and would stay."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config.model import Config
from bot.domain.branch import Branch
from bot.flow.settings import VEILED, settings_of
from bot.flow.wanted import Difference
from bot.store.tables import Tables

PERSON = ("name", "status", "home")
WHAT = ("name", "kind", "zone", "channel", "secretary")
NEEDS_RESTART = ("server.listen", "store.url", "store.key_file")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise: a sentence of templates/say, family plan, and what fills it."""

    key: str
    facts: Mapping[str, Any]


def changes_of(tables: Tables, found: Difference, old: Config | None, new: Config) -> tuple[Change, ...]:
    """`tables` as they are before; `old` None: not known."""
    return (
        *_people(tables, found, new),
        *_new_branches(found, new),
        *_changed_branches(tables, found, new),
        *_gone_branches(tables, found, new),
        *_kept(tables, found, new),
        *_studies(found, new),
        *_settings(old, new),
    )


def _people(tables: Tables, found: Difference, new: Config) -> Iterator[Change]:
    ids = {path.split(".")[1] for path in found.changed | found.gone if path.startswith("people.")}
    came = [id_ for id_ in new.people if id_ in ids and f"people.{id_}" not in found.before]
    went = sorted(id_ for id_ in ids if id_ not in new.people)
    if came:
        yield Change("plan.people_new", {"names": [new.people[id_].name for id_ in came], "count": len(came)})
    if went:
        names = [member.name if (member := tables.members.get(id_)) else id_ for id_ in went]
        yield Change("plan.people_gone", {"names": names, "count": len(went)})
    for id_ in new.people:
        if id_ in ids and id_ not in came:
            yield from _person(found, id_, new)


def _person(found: Difference, id_: str, new: Config) -> Iterator[Change]:
    who = new.people[id_].name
    own = found.old(f"people.{id_}"), json.loads(found.wanted[f"people.{id_}"])
    for name, one, other in zip(PERSON, *own, strict=False):
        if one != other:
            yield Change(f"plan.person_{name}", {"who": who, "before": _shown(one), "after": _shown(other)})
    if f"people.{id_}.language" in found.changed and f"people.{id_}.language" in found.before:
        before, after = found.old(f"people.{id_}.language"), new.people[id_].language
        yield Change("plan.person_language", {"who": who, "before": _shown(before), "after": _shown(after)})
    if f"people.{id_}.at" in found.changed and f"people.{id_}.at" in found.before:
        yield Change("plan.person_at", {"who": who})


def _new_branches(found: Difference, new: Config) -> Iterator[Change]:
    for id_, branch in new.branches.items():
        if f"branches.{id_}.what" not in found.before:
            yield Change(
                "plan.branch_new",
                {
                    "branch": branch.name,
                    "opens": branch.opens.isoformat(),
                    "closes": branch.closes.isoformat(),
                    "members": len(branch.members),
                    "liaison": new.people[branch.liaison[0]].name,
                },
            )


def _changed_branches(tables: Tables, found: Difference, new: Config) -> Iterator[Change]:
    changed = found.of("branches")
    for id_, branch in new.branches.items():
        if f"branches.{id_}.what" in found.before:
            for name in sorted(changed.get(id_, ())):
                yield from _part(tables, found, f"branches.{id_}.{name}", branch.name, new)


def _part(tables: Tables, found: Difference, path: str, branch: str, new: Config) -> Iterator[Change]:
    """One value of a branch: what it was and what it becomes."""
    name = path.rsplit(".", 1)[1]
    before, after = found.old(path), json.loads(found.wanted[path])
    match name:
        case "members" | "liaison":
            yield Change(f"plan.branch_{name}", {"branch": branch, **_came_and_went(tables, before, after, new)})
        case "what":
            for what, one, other in zip(WHAT, before, after, strict=True):
                if one != other:
                    facts = {"branch": before[0], "before": _named(new, one), "after": _named(new, other)}
                    yield Change(f"plan.branch_{what}", facts)
        case "approval":
            yield Change("plan.branch_approval", {"branch": branch, "number": after[1]})
        case "asks":
            yield Change("plan.branch_asks", {"branch": branch, "before": before[0], "after": after[0]})
        case _:
            yield Change(f"plan.branch_{name}", {"branch": branch, "before": before, "after": after})


def _came_and_went(tables: Tables, before: list[str], after: list[str], new: Config) -> dict[str, Any]:
    def names(ids: list[str]) -> list[str]:
        stored = {id_: member for id_ in ids if id_ not in new.people and (member := tables.members.get(id_))}
        return [new.people[id_].name if id_ in new.people else stored[id_].name for id_ in ids]

    came, went = [one for one in after if one not in before], [one for one in before if one not in after]
    return {"came": names(came), "went": names(went)}


def _gone_branches(tables: Tables, found: Difference, new: Config) -> Iterator[Change]:
    for path in sorted(found.gone):
        if path.startswith("branches.") and path.endswith(".what"):
            branch = tables.branches.get(path.split(".")[1])
            if branch and branch.id not in new.branches:
                facts = {"branch": branch.name, "closes": branch.closes.isoformat(), "state": branch.state}
                yield Change("plan.branch_gone", facts)


def _kept(tables: Tables, found: Difference, new: Config) -> Iterator[Change]:
    """What was said in chat since: it stays, unless the file's own value is a new one."""
    for branch in tables.branches.all():
        said = found.old(f"branches.{branch.id}.to")
        if branch.id in new.branches and said and branch.closes.isoformat() != said:
            yield _kept_day(branch, new, stays=f"branches.{branch.id}.to" not in found.changed)
        if branch.id in new.branches and branch.state != "closed":
            yield from _kept_members(tables, branch, found, new)


def _kept_members(tables: Tables, branch: Branch, found: Difference, new: Config) -> Iterator[Change]:
    """Who was added or removed in chat and is not named, or still is, in the file."""
    said, wanted = found.old(f"branches.{branch.id}.members"), new.branches[branch.id].members
    known = [one.member.id for one in tables.members.of_branch(branch.id)]
    if said is None:
        return
    added = [one for one in known if one not in said and one not in wanted and one in new.people]
    removed = [one for one in said if one not in known and one in wanted]
    if added or removed:
        names = _came_and_went(tables, removed, added, new)
        yield Change("plan.kept_members", {"branch": branch.name, "added": names["came"], "removed": names["went"]})


def _kept_day(branch: Branch, new: Config, *, stays: bool) -> Change:
    facts = {"branch": branch.name, "closes": branch.closes.isoformat(), "state": branch.state}
    return Change("plan.kept_to" if stays else "plan.overruled_to", facts | {"to": _to(branch, new)})


def _to(branch: Branch, new: Config) -> str:
    return new.branches[branch.id].closes.isoformat()


def _studies(found: Difference, new: Config) -> Iterator[Change]:
    for path in sorted(found.changed | found.gone):
        family, _, id_ = path.partition(".")
        if family == "study":
            title = new.study[id_].title if id_ in new.study else id_
            state = "gone" if path in found.gone else "changed" if path in found.before else "new"
            yield Change(f"plan.study_{state}", {"title": title, "when": _when(found, path)})
    if "calendar" in found.changed and "calendar" in found.before:
        yield Change("plan.calendar", {})


def _when(found: Difference, path: str) -> str:
    return json.loads(found.wanted.get(path) or found.before[path])[0]


def _settings(old: Config | None, new: Config) -> Iterator[Change]:
    """The rules that live nowhere but in the file."""
    before, after = settings_of(old) if old else {}, settings_of(new)
    for path in sorted(before.keys() | after.keys()) if old else ():
        one, other = before.get(path, ""), after.get(path, "")
        came_or_went = path.startswith(("branches.", "study.", "people.")) and not (path in before and path in after)
        if one != other and not came_or_went:
            yield _setting(path, one, other)


def _setting(path: str, before: str, after: str) -> Change:
    """Words the gate refuses are a matter between the admin and her file."""
    if path in VEILED:
        return Change("plan.setting_veiled", {"name": path})
    key = "plan.needs_restart" if path in NEEDS_RESTART else "plan.setting"
    return Change(key, {"name": path, "before": before or "–", "after": after or "–"})


def _named(new: Config, value: str) -> str:
    """A person by her name, anything else as it is."""
    return new.people[value].name if value in new.people else _shown(value)


def _shown(value: object) -> str:
    return str(value) if value else "–"
