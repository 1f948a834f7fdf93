"""Which of several people who bear one name is meant: by her place in the list, her id, her home branch."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.people import Member

_DRESS = " \t。.!！，,“”的那"
_PLACE = re.compile(r"第?([1-9])[个位]?|第([一二三四五六七八九])[个位]")
_NUMERALS = "一二三四五六七八九"


def told_apart(said: str, people: Sequence[Member], homes: Mapping[str, str]) -> Member | None:
    """`homes`: what each one's home branch is called, by id. None: it fits nobody, or again more than one."""
    text = said.strip(_DRESS).casefold()
    found = _PLACE.fullmatch(text)
    place = int(found[1] or _NUMERALS.index(found[2]) + 1) if found else 0
    by_id = [one for one in people if one.id == text]
    by_place = [one for number, one in enumerate(people, 1) if number == place]
    by_home = [one for one in people if len(text) > 1 and text in homes.get(one.id, "").casefold()]
    return next((fits[0] for fits in (by_id, by_place, by_home) if len(fits) == 1), None)
