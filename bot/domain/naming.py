"""Whom a message means: the people named at its head, as they are spoken of, and the words after them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.people import Member

_BEFORE = re.compile(r"[\s:：,，、;；“”\"「」@＠]*")
_TITLE = r"(?:同志|书记|检察官|主任|科长|老师|(?i:comrade))?"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_AFTER = re.compile(rf"{_TITLE}[\s:：,，、;；。“”\"「」]*")


@dataclass(frozen=True, slots=True)
class Named:
    """`people`: one, or several who bear the name and have to be told apart. `rest`: what follows the name."""

    people: tuple[Member, ...]
    rest: str


def find_named(said: str, people: Iterable[Member]) -> Named | None:
    """Who is named first in the text: by name, by id, or by the given name of two letters or more.

    The longest name wins, so that 王静 is not taken for 王; an id stands for one person alone. None: nobody is.
    """
    start = _BEFORE.match(said)
    text = said[start.end() if start else 0 :]
    fits = [(length, exact, one) for one in people if (found := _length(text, one)) for length, exact in (found,)]
    longest = max((length for length, _, _ in fits), default=0)
    best = [(exact, one) for length, exact, one in fits if length == longest]
    exactly = [one for exact, one in best if exact]
    if not best:
        return None
    after = _AFTER.match(text, longest)
    found = exactly if len(exactly) == 1 else [one for _, one in best]
    return Named(tuple({one.id: one for one in found}.values()), text[after.end() if after else longest :].strip())


def _length(text: str, person: Member) -> tuple[int, bool] | None:
    """How much of the head of the text names her, and whether by her id, which nobody shares."""
    names = ((person.name, False), (person.id, True), (_given_name(person.name), False))
    fits = [(len(name), exact) for name, exact in names if len(name) >= 2 and _begins(text, name)]
    return max(fits, default=None)


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) if _is_chinese(name) else _is_word(text, name)


def _given_name(name: str) -> str:
    """Of four letters and more the first two are the family's."""
    return (name[2:] if len(name) > 3 else name[1:]) if _is_chinese(name) else name.split(" ")[0]


def _is_word(text: str, word: str) -> bool:
    return re.match(rf"{re.escape(word)}(?![A-Za-z0-9_-])", text, re.IGNORECASE) is not None


def _is_chinese(name: str) -> bool:
    return _CHINESE.match(name) is not None
