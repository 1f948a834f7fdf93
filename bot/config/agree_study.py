"""Whether the study items, the platforms and the projects agree with the rest of the file."""

from collections.abc import Iterator

from bot.config.fields import shown
from bot.config.reading import Draft, Trouble, unknown_id
from bot.domain import platform

EVERYBODY = ("all", "away", "here", "secretaries", "group_leaders")
EXAMPLE = '"学习强国"'
AUDIENCE = "audience"  # as speakers: whoever it is for


def study(draft: Draft) -> Iterator[Trouble]:
    yield from _unknown_audience(draft)
    yield from _unknown_platform(draft)
    yield from _platforms(draft)
    yield from _same_numbers(draft)


def people_named(draft: Draft) -> Iterator[tuple[tuple[str, str], str, tuple[str, ...]]]:
    """Where the study items and projects name somebody."""
    for id_, one in draft.get("study", {}).items():
        yield ("study", id_), "organiser", (one["organiser"],) if "organiser" in one else ()
        yield ("study", id_), "speakers", tuple(who for who in one.get("speakers", ()) if who != AUDIENCE)
    for id_, one in draft.get("branches", {}).items():
        yield ("branches", id_), "owner", (one["owner"],) if "owner" in one else ()


def _unknown_audience(draft: Draft) -> Iterator[Trouble]:
    known = {
        **dict.fromkeys(EVERYBODY),
        **draft.get("homes", {}),
        **draft.get("groups", {}),
        **draft.get("branches", {}),
    }
    for id_, one in draft.get("study", {}).items():
        for found in one.get("audience", ()):
            if found not in known:
                yield unknown_id(("study", id_), "audience", "check.unknown_audience", found, known)


def _unknown_platform(draft: Draft) -> Iterator[Trouble]:
    known = {**platform.SHIPPED, **draft.get("platforms", {})}
    for id_, one in draft.get("study", {}).items():
        if "platform" in one and one["platform"] not in known:
            yield unknown_id(("study", id_), "platform", "check.unknown_platform", one["platform"], known)


def _platforms(draft: Draft) -> Iterator[Trouble]:
    """One of the unit's own has to be called something; what is planned on none cannot be missed."""
    for id_, one in draft.get("platforms", {}).items():
        if "name" not in one and id_ not in platform.SHIPPED:
            yield Trouble(("platforms", id_), "name", "check.missing", {"name": "name", "example": EXAMPLE})
        if one.get("check") and "goal" not in one:
            yield Trouble(("platforms", id_), "check", "check.check_without_goal")


def _same_numbers(draft: Draft) -> Iterator[Trouble]:
    """By their numbers people are told apart: no two may have one."""
    owners: dict[str, str] = {}
    for id_, person in draft.get("people", {}).items():
        number = person.get("number")
        if number and owners.setdefault(number, id_) != id_:
            yield Trouble(
                ("people", id_), "number", "check.same_number", {"found": shown(number), "other": owners[number]}
            )
