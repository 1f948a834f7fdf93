"""The file and its roster as one draft: people from both, and each branch's members from both."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from bot.config.reading import Draft, Trouble
from bot.config.roster import Roster, read_roster
from bot.errors import Unreadable


def join_roster(
    draft: Draft, document: Draft, folder: Path, troubles: list[Trouble], copy: Path | None = None
) -> Roster | None:
    """Adds to the draft what its roster says. None: it has none, or none that can be read. `copy`: read instead."""
    file = draft.get("roster", {}).get("file")
    if not file:
        return None
    place = copy or folder / file
    try:
        roster = read_roster(place, draft, troubles)
    except Unreadable as refusal:
        facts = {**refusal.facts, "workbook": str(place)}
        troubles.append(Trouble(("roster",), "file", refusal.key, facts))
        return None
    troubles += _people(draft, roster)
    troubles += _members(draft, document, roster)
    return roster


def _people(draft: Draft, roster: Roster) -> Iterator[Trouble]:
    """The file's own go first."""
    people = draft.setdefault("people", {})
    for id_, person in roster.people.items():
        if id_ not in people:
            people[id_] = person
            continue
        cell = roster.cell(roster.rows.pop(id_), "id")
        yield Trouble((), "", "roster.in_file_too", {"found": id_, "other": ("people", id_)}, cell)


def _members(draft: Draft, document: Draft, roster: Roster) -> Iterator[Trouble]:
    """A branch whose column could not be read, or whose members in the file are wrong, is not called empty too."""
    for id_, branch in draft.get("branches", {}).items():
        filled = roster.members.get(id_)
        own = branch.get("members", ())
        branch["members"] = tuple(dict.fromkeys((*own, *filled))) if filled else own
        if filled is None and not own and roster.whole and not _says_members(document, id_):
            yield Trouble(("branches", id_), "members", "roster.empty_branch")


def _says_members(document: Draft, id_: str) -> bool:
    branch = cast("object", document["branches"][id_])
    return not isinstance(branch, dict) or cast("Draft", branch).get("members") not in (None, [])
