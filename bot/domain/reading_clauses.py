"""Cutting an answer into clauses: labels, list numbers, stickers and any usual mark between them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import reading_values as values
from bot.domain import reading_words as words
from bot.domain.report import Part

AND = r"\1和"


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    plain: str
    parts: tuple[Part, ...] = ()  # the label it stands under


def clean(text: str) -> str:
    return "".join(filter(_is_said, text))


@lru_cache(4096)
def _is_said(each: str) -> bool:
    return each in "\n\t\u200d" or unicodedata.category(each) not in ("Cc", "Cf", "Cs")


def fold(text: str) -> str:
    """Half width, lower case, and as long as before: a place in it is the same place in the original."""
    return "".join(map(_fold_one, text))


@lru_cache(4096)
def _fold_one(each: str) -> str:
    if "①" <= each <= "⒛":
        return each
    folded = unicodedata.normalize("NFKC", each).lower().replace("’", "'")
    return folded if len(folded) == 1 else each


def clauses_of(plain: str, start: int) -> Iterator[Clause]:
    plain = words.JOINED.sub(AND, words.MARK.sub(lambda mark: "\n" * len(mark[0]), plain))
    under: tuple[Part, ...] = ()
    for label in words.HARD_LABEL.finditer(plain, start):
        yield from _under_label(plain, start, label.start(), under)
        under, start = parts_named(label[1] or label[2]), label.end()
    yield from _under_label(plain, start, len(plain), under)


def _under_label(plain: str, start: int, end: int, parts: tuple[Part, ...]) -> Iterator[Clause]:
    """A label reaches to the next one; a label without a colon reaches over one clause only."""
    next_only: tuple[Part, ...] = ()
    for order, (first, last) in enumerate(_spans(plain, start, end)):
        said = plain[first:last]
        parts = () if parts and _leaves(said, parts, order == 0) else parts
        head = words.HEAD_LABEL.match(said)
        yield Clause(first, last, said, parts or (next_only if not head else ()))
        bare = head and head.end() == len(said)
        next_only = parts_named(head[1]) if head and bare else ()


def _spans(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    edges = [start]
    for mark in words.SEPARATOR.finditer(plain, start, end):
        edges += mark.span()
    edges.append(end)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        first += len(plain[first:last]) - len(plain[first:last].lstrip(" -*•·#>:=→—"))
        for each in _pairs(plain, first, last):
            yield each[0], each[0] + len(plain[slice(*each)].rstrip())


def _pairs(plain: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """思想稳定办案正常 is two clauses."""
    if words.PAIRS.fullmatch(plain, first, last):
        yield from (pair.span() for pair in words.PAIR.finditer(plain, first, last))
    elif plain[first:last].strip():
        yield first, last


def _leaves(said: str, parts: tuple[Part, ...], is_first: bool) -> bool:
    """Does a clause under a label turn to another part? `思想：稳定，办案正常` does."""
    if values.REST_WELL.fullmatch(said):
        return not is_first
    head = words.HEAD_LABEL.match(said)
    named = parts_named(head[1]) if head else ()
    if not head or set(named) <= set(parts) or (is_first and named == ("need",)):
        return False
    if words.PAIR.fullmatch(said) or head.end() == len(said):
        return True
    return not is_first and "need" not in parts and "work" not in named and words.tone(said[head.end() :]) is not None


def parts_named(label: str) -> tuple[Part, ...]:
    return tuple(part for part, pattern in words.LABELS.items() if re.search(pattern, label))
