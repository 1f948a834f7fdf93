"""Who is meant: of several people who bear one name one is asked for, by number, home branch or id.

A command that needs a person calls `whom`; it gets her, or the question to give back, or None where nobody is
named. Its step "whom" calls `told_apart`, which gives the same, and finds in `ctx.facts` what was to be kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.handling import Answer, Context

STEP = "whom"
LONGEST_NAME = 12
_NUMBER = re.compile(r"(?:第|no\.?|#)?\s*(?:(\d{1,2})|([一二三四五六七八九]))\s*[号个位]?[。.]?", re.IGNORECASE)
DIGITS = "一二三四五六七八九"
ENDINGS = "的那位个。."


@dataclass(frozen=True, slots=True)
class Named:
    """The one who is meant, and what was said after her name."""

    person: Member
    rest: str


def whom(
    ctx: Context, people: Iterable[Member], command: str, *, keep: Mapping[str, Any] | None = None, said: str = ""
) -> Named | Answer | None:
    """Whom the message (or `said`) names at its head; None: nobody among these people."""
    found = find_named(said or ctx.rest, people)
    if found is None:
        return None
    if len(found.people) == 1:
        return Named(found.people[0], found.rest)
    bearers = sorted(found.people, key=lambda one: (one.home, one.id))
    kept = {**(keep or {}), "people": [one.id for one in bearers], "rest": found.rest}
    return _ask(ctx, command, bearers, kept)


def told_apart(ctx: Context, command: str) -> Named | Answer | None:
    """The answer to “which one?”: she; or the question again, to a number that stands for nobody; else None."""
    found = [ctx.tables.members.get(one) for one in ctx.facts["people"]]
    people = [one for one in found if one]
    number = _number(ctx.text)
    if number is not None and not 0 < number <= len(people):
        return _ask(ctx, command, people, ctx.facts)
    meant = people[number - 1] if number else _by_place(ctx, people)
    return Named(meant, ctx.facts["rest"]) if meant else None


def is_apart(ctx: Context) -> bool:
    """Nothing follows the command word, or it stands apart from it: 催 小陈 is a command, 催眠曲 is none."""
    head = ctx.text[: ctx.text.rfind(ctx.rest)] if ctx.rest else ""
    return not ctx.rest or not head[-1:].isalnum()


def unknown(ctx: Context, said: str) -> Answer:
    """Nobody of that name is there; what was said is repeated no further than a name is long."""
    return ctx.say("whom.unknown", said=re.split(r"[\s:：,，。;；]", said.strip())[0][:LONGEST_NAME])


def _ask(ctx: Context, command: str, people: Sequence[Member], keep: Mapping[str, Any]) -> Answer:
    places = [{"number": number, "place": place} for number, place in enumerate(_places(ctx, people), 1)]
    return ctx.ask("whom.which", command, STEP, keep=keep, name=people[0].name, places=places)


def _places(ctx: Context, people: Sequence[Member]) -> list[str]:
    """What tells them apart: their home branches, with the id where that is not enough."""
    homes = [_home(ctx, one) for one in people]
    apart = [f"{home} {one.id}".strip() for one, home in zip(people, homes, strict=True)]
    return [home if home and homes.count(home) == 1 else full for home, full in zip(homes, apart, strict=True)]


def _home(ctx: Context, person: Member) -> str:
    home = ctx.work.config.homes.get(person.home)
    return home.name if home else person.home


def _number(said: str) -> int | None:
    found = _NUMBER.fullmatch(said.strip())
    if found is None:
        return None
    return int(found[1]) if found[1] else DIGITS.index(found[2]) + 1


def _by_place(ctx: Context, people: Sequence[Member]) -> Member | None:
    """By home branch, most of whose name was said, or by id."""
    said = ctx.text.strip().lower().rstrip(ENDINGS)
    if len(said) < 2:
        return None
    fits = [one for one in people if said in (one.id, one.home) or _of_home(said, _home(ctx, one).lower())]
    return fits[0] if len(fits) == 1 else None


def _of_home(said: str, home: str) -> bool:
    return bool(home) and (said in home or home in said)
