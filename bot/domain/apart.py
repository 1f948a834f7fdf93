"""Which of several people who bear one name is meant: by her place in the list, her id, her home branch."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.people import Member

_DRESS = " \t。.!！，,“”的那位"
_PLACE = re.compile(r"第?(\d)[个位]?")


def told_apart(said: str, people: Sequence[Member], homes: Mapping[str, str]) -> Member | None:
    """`homes`: what each one's home branch is called, by id. None: it fits nobody, or again more than one."""
    text = said.strip(_DRESS).casefold()
    place = _PLACE.fullmatch(text)
    by_id = [one for one in people if one.id == text]
    by_place = [one for number, one in enumerate(people, 1) if place and number == int(place[1])]
    by_home = [one for one in people if len(text) > 1 and text in homes.get(one.id, "").casefold()]
    return next((found[0] for found in (by_id, by_place, by_home) if len(found) == 1), None)
