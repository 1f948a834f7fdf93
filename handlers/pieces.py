"""Which of several names is meant: the one most of which was said."""

from collections.abc import Mapping

SHORTEST, SHORTEST_ASCII = 2, 4


def best_named(names: Mapping[str, str], said: str) -> list[str]:
    """The ids whose name most of was said; of names that begin alike, the one that was said to its end."""
    fits = {id_: (len(piece_of(name, said)), -len(name)) for id_, name in names.items()}
    best = max(fits.values(), default=(0, 0))
    return [id_ for id_, fit in fits.items() if best[0] and fit == best]


def piece_of(name: str, said: str) -> str:
    """The longest piece of the name that was said: 清风 is enough for 清风专班临时党支部."""
    pieces = (name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1))
    said = said.lower()
    return max((one for one in pieces if one.lower() in said and _is_telling(one)), key=len, default="")


def without(name: str, said: str) -> str:
    """What was said beside the name."""
    piece = piece_of(name, said)
    at = said.lower().find(piece.lower())
    return f"{said[:at]} {said[at + len(piece) :]}".strip(" ，,、：:「」“”") if piece else said


def _is_telling(piece: str) -> bool:
    return len(piece.strip()) >= (SHORTEST_ASCII if piece.isascii() else SHORTEST)
