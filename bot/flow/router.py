"""Which handler a message is for: command words first, then the step going on, then the report."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.handling import Command, Tail

_TRIM = " \t\r\n。.!！~～"
_QUESTION_MARKS = ("?", "??", "???")
_AFTER: dict[Tail, re.Pattern[str]] = {
    "none": re.compile(r"$"),
    "words": re.compile(r"$|[\s:：,，。]"),
    "number": re.compile(r"$|[\s:：,，]*[#＃№\d]"),
    "span": re.compile(r"$|[\s:：,，]|[\d一二三四五六七八九十两半]|[到至今明后下本周]"),
}
_LEADING = " \t\r\n:：,，"


@dataclass(frozen=True, slots=True)
class Found:
    command: Command
    rest: str


def find(commands: Sequence[Command], text: str) -> Found | None:
    """The command whose word the text begins with and whose tail fits; the longest word wins. None: no command."""
    spoken = unicodedata.normalize("NFKC", text).strip(_TRIM)
    if spoken in _QUESTION_MARKS or (not spoken and "?" in unicodedata.normalize("NFKC", text)):
        spoken = "?"
    lowered = spoken.lower()
    matches = [
        (len(word), Found(command, spoken[len(word) :].strip(_LEADING)))
        for command in commands
        for word in command.words
        if lowered.startswith(word) and _fits(command.tail, word, lowered[len(word) :])
    ]
    return max(matches, key=lambda match: match[0], default=(0, None))[1]


def _fits(tail: Tail, word: str, after: str) -> bool:
    """English words end at a gap, whatever may follow them."""
    if word[-1].isascii() and word[-1].isalpha() and after and after[0].isalnum():
        return False
    return _AFTER[tail].match(after) is not None
