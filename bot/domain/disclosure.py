"""No figure about fewer members than the file allows: neither shown, nor to be had by taking one from another."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

People = Set[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts that may have a figure of their own, and whether the sum over all parts may stand beside them."""

    apart: frozenset[str] = frozenset()
    whole: bool = False


def enough(people: People, least: int) -> bool:
    """Whether a figure about exactly these is about nobody, or about enough of them."""
    return not 0 < len(people) < least


def choose(parts: Mapping[str, People], least: int, known: Iterable[Set[str]] = ()) -> Shown:
    """What may be shown of figures that add up; `parts` says whom each part's figure is about.

    Whoever reads them can subtract: the whole without the parts that are shown, or that she knows anyway, is a
    figure too. `known` has, for each reader, the parts she is a duty holder of. The whole is kept before the parts.
    """
    filled = {name: people for name, people in parts.items() if people}
    large = {name for name, people in filled.items() if len(people) >= least}
    readers = [frozenset[str](), *map(frozenset[str], known)]
    if not filled:
        return Shown()
    if not all(enough(_people(filled, reader), least) for reader in readers):
        return Shown(frozenset(large))
    apart = set(large)
    for reader in readers:
        while not enough(_people(filled, apart | reader), least):
            apart.remove(min(apart - reader, key=lambda name: (len(filled[name]), name)))
    return Shown(frozenset(apart), whole=True)


def _people(parts: Mapping[str, People], without: Iterable[str]) -> People:
    """Whom the parts that are left are about."""
    left = (people for name, people in parts.items() if name not in without)
    return frozenset[str]().union(*left)
