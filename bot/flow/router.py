"""Which handler a message is for: command words first, then the step going on, then the report."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.reading_clauses import fold
from bot.handling import Command, Tail

_DRESS = " \t\r\n\u3000。.!！~～…,，、;；:：\"'“”‘’「」『』"
_LEADING = " \t\r\n\u3000:：,，、;；。"
_QUESTION = re.compile(r"\?[\W_]*")
_STICKERS = r"(?:[^\w?]|\[[^\[\]\s]{1,6}\])*$"
_GAP = r"[^\w?]"
_COUNT = r"(?:\d+(?:\.\d)?|[一二三四五六七八九十两半]+)"
_SPAN = (
    rf"{_COUNT}\s*个?半?\s*(?:天|日|周|星期|礼拜|月|年|小时|钟头|分钟|点|时|号|[:/.-]\d|[a-z])"
    r"|今[天日早晚]|明[天日早晚年]|大?后天|下下?个?(?:周|星期|礼拜|月|午)|[本这]周|周[一二三四五六日天末]|星期|礼拜"
    r"|上午|中午|傍晚|晚上|月[底末]|年底"
)
_AFTER: dict[Tail, re.Pattern[str]] = {
    "none": re.compile(_STICKERS),
    "words": re.compile(rf"$|{_GAP}"),
    "number": re.compile(rf"$|{_GAP}|(?:第|诉求)?(?:\d|[一二三四五六七八九十]+(?:[号件]|$|{_GAP}))"),
    "name": re.compile(r"$|[^a-z]|(?<![a-z])[a-z]"),
    "span": re.compile(rf"$|{_GAP}|\d|[到至]|直到|{_SPAN}"),
    "hour": re.compile(rf"$|{_GAP}|[到至]?(?:{_SPAN})"),
    "any": re.compile(""),
}


@dataclass(frozen=True, slots=True)
class Found:
    command: Command
    rest: str


def find(commands: Sequence[Command], text: str) -> Found | None:
    """The command whose word the text begins with and whose tail fits; the longest word wins. None: no command.

    What follows the word is given back as it was written.
    """
    spoken = text.strip(_DRESS)
    plain = fold(spoken)
    if _QUESTION.fullmatch(plain):
        plain = spoken = "?"
    matches = [
        (len(word), command)
        for word, command in _by_first(tuple(commands)).get(plain[:1], ())
        if plain.startswith(word) and _AFTER[command.tail].match(plain, len(word))
    ]
    length, command = max(matches, key=lambda match: match[0], default=(0, None))
    rest = spoken[length:].strip(_LEADING)
    return Found(command, rest if any(map(str.isalnum, rest)) else "") if command else None


@lru_cache
def _by_first(commands: tuple[Command, ...]) -> Mapping[str, Sequence[tuple[str, Command]]]:
    """By the first letter: most messages begin with none of the words, and one look tells."""
    found: dict[str, list[tuple[str, Command]]] = {}
    for command in commands:
        for word in command.words:
            found.setdefault(word[0], []).append((word, command))
    return found
