"""Which of them: several people bear the name that was said, and are told apart by home branch or id."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.people import Member
from bot.handling import Answer, Context

_NUMBER = re.compile(r"第?\s*(\d{1,2})\s*[个号位]?[。.]?")
_SHORTEST = 2


def ask(ctx: Context, command: str, people: Sequence[Member], keep: Mapping[str, Any]) -> Answer:
    """The step `which` of the command has the next message."""
    labels = [label for label, _ in _labelled(ctx, people)]
    kept = {**keep, "ids": [one.id for one in people]}
    return ctx.ask("talking.which", command, "which", keep=kept, who=people[0].name, labels=labels)


def chosen(ctx: Context, people: Sequence[Member]) -> Member | None:
    """Whom the answer means, by number, id or a piece of what tells them apart; None: nobody, or still several."""
    said = ctx.text.strip(" 。.，,!！").lower()
    number = _NUMBER.fullmatch(said)
    if number and 0 < int(number[1]) <= len(people):
        return people[int(number[1]) - 1]
    fits = [one for label, one in _labelled(ctx, people) if _means(said, label.lower(), one)]
    return fits[0] if len(fits) == 1 else None


def _means(said: str, label: str, one: Member) -> bool:
    bare = said.replace(one.name.lower(), "").strip(" （）()")
    return bare == one.id.lower() or (len(bare) >= _SHORTEST and (bare in label or label in bare))


def _labelled(ctx: Context, people: Sequence[Member]) -> list[tuple[str, Member]]:
    """By home branch where each is in another, else by id."""
    homes = [_home(ctx, one) for one in people]
    apart = all(homes) and len(set(homes)) == len(homes)
    return [(home if apart else one.id, one) for home, one in zip(homes, people, strict=True)]


def _home(ctx: Context, one: Member) -> str:
    home = ctx.work.config.homes.get(one.home)
    return home.name if home else ""
