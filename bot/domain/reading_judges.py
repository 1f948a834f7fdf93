"""What one clause says of the part it belongs to."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.domain import reading_values as values
from bot.domain import reading_words as words
from bot.domain.report import Part

About = Part | values.Whole | Literal["refused", "unread"]
Value = TypeVar("Value", bound=str)


@dataclass(frozen=True, slots=True)
class Finding:
    about: About
    value: str = ""
    clause: int | None = None  # whose words belong to the report
    trouble: bool = False


def first(table: Iterable[tuple[Value, re.Pattern[str]]], said: str) -> Value | None:
    return next((value for value, pattern in table if pattern.fullmatch(said)), None)


def _thoughts(body: str, order: int) -> Finding | None:
    if value := first(values.THOUGHTS_VALUES, body):
        return Finding("thoughts", value)
    if words.PLAIN.fullmatch(body):
        return Finding("thoughts", "steady")
    if is_noise(body) or values.FREE_OF_NEEDS.fullmatch(body):
        return None
    tone = words.tone(body)
    value = "talk" if values.TALK.search(body) else "so_so" if _unsteady(body) else "steady" if tone == "good" else ""
    return Finding("thoughts", value, order, trouble=tone == "bad")


def _work(body: str, order: int) -> Finding | None:
    if value := first(values.WORK_VALUES, body):
        return Finding("work", value)
    if is_noise(body):
        return None
    rest = values.NO_HINT.sub(" ", body)
    hint = next((value for value, pattern in values.WORK_HINTS if pattern.search(rest)), None)
    return Finding("work", hint or ("on_track" if words.tone(body) == "good" else ""), order)


def _living(body: str, order: int) -> Finding | None:
    if words.PLAIN.fullmatch(body) or values.FREE_OF_NEEDS.fullmatch(body):
        return Finding("living", "well")
    if is_noise(body):
        return None
    tone = "bad" if values.REQUEST.search(body) else words.tone(body)
    value = "trouble" if tone == "bad" else "well" if tone == "good" else "other"
    return Finding("living", value, order, trouble=tone == "bad")


def _need(body: str, order: int) -> Finding | None:
    none = is_noise(body) or any(each.fullmatch(body) for each in (values.NO_NEED, values.FREE_OF_NEEDS, words.PLAIN))
    return None if none else Finding("need", "", order)


JUDGES: dict[Part, Callable[[str, int], Finding | None]] = {
    "thoughts": _thoughts,
    "work": _work,
    "living": _living,
    "need": _need,
}


def is_question(said: str) -> bool:
    return bool(values.QUESTION.search(said))


def is_noise(body: str) -> bool:
    return first(values.WHOLE, body) == "noise"


def _unsteady(body: str) -> bool:
    return bool(words.NOT_STEADY.search(words.NOT_BAD.sub(" ", body)))
