"""Which sentences a unit may reword, what may be placed in each, what must be, and samples to try it with."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.overrides import PIECE

Shipped = Mapping[str, Mapping[str, str]]  # language -> key -> text

RULES = Path(__file__).parents[2] / "templates" / "own.toml"
_TIMES = ("moment", "until", "day")
# How the shipped sentence writes a value -> how the unit's may, the usual way first.
FORMS: Mapping[str, tuple[str, ...]] = {
    "": ("",),
    "day": ("day",),
    "moment": _TIMES,
    "until": ("until", "moment", "day"),
    "schedule": ("schedule",),
    "join": ("join",),
}
_PLACED = re.compile(r"\{\{-?\s*([a-z_]+)\s*(?:\|\s*(day|moment|until|schedule|join)\b[^{}]*)?-?\}\}")


class Catalogue:
    """Read from the shipped sentences themselves and from templates/own.toml."""

    def __init__(self, shipped: Shipped) -> None:
        self._shipped = shipped

    @cached_property
    def _rules(self) -> dict[str, Any]:
        return tomllib.loads(RULES.read_text("utf-8"))

    def languages(self) -> list[str]:
        return list(self._shipped)

    def families(self) -> list[str]:
        return list(self._rules["families"])

    def keys(self, family: str) -> list[str]:
        """The names within a family, without it."""
        first = next(iter(self._shipped.values()))
        return [key.removeprefix(f"{family}.") for key in first if key.startswith(f"{family}.")]

    def own(self) -> list[str]:
        """Every sentence that may be reworded."""
        keys = (f"{family}.{name}" for family in self.families() for name in self.keys(family))
        return [key for key in keys if not self.is_fixed(key)]

    def is_fixed(self, key: str) -> bool:
        return key in self._rules["fixed"]

    def lays_out(self, key: str) -> bool:
        """Whether it goes through a list, and no piece stands for what it makes of it."""
        return key not in self._rules["pieces"] and any("{% for" in t or "{%- for" in t for t in self._texts(key))

    def places(self, key: str) -> dict[str, tuple[str, ...]]:
        """What may be placed -> how it may be written, the usual way first."""
        found = {name: FORMS[form] for text in self._texts(key) for name, form in _PLACED.findall(text)}
        return found | dict.fromkeys(self._rules["pieces"].get(key, ()), (PIECE,))

    def must(self, key: str) -> list[str]:
        return list(self._rules["must"].get(key, ()))

    def samples(self, key: str) -> Iterator[dict[str, Any]]:
        """What might fill it: once everything that can, once as little as can be."""
        full: dict[str, Any] = {**self._rules["samples"], **self._rules["samples_of"].get(key, {})}
        yield full
        empty = {*self._rules["empty"]["*"], *self._rules["empty"].get(key, ())}
        yield {name: type(value)() if name in empty else value for name, value in full.items()}

    def _texts(self, key: str) -> list[str]:
        return [texts[key] for texts in self._shipped.values()]
