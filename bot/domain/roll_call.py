"""A roll is called: 都到, 缺 3 5, 到 1 2, 线上 4 — who was there, who joined from afar, who was not."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.domain.when import plain

Attended = Literal["here", "remote", "absent"]
ALL_HERE = re.compile(r"(?:都到了?|全到了?|全部到|都来了|all here|everybody|all)", re.IGNORECASE)
PIECE = re.compile(
    r"(?P<word>缺席|缺|没来|未到|请假|线上|远程|实到|到场|到|absent|missing|online|remote|here|present)\s*[:：]?\s*"
    r"(?P<numbers>\d{1,4}(?:[\s,，、.]+\d{1,4})*)?",
    re.IGNORECASE,
)
ABSENT, REMOTE = ("缺席", "缺", "没来", "未到", "请假", "absent", "missing"), ("线上", "远程", "online", "remote")
GAPS = re.compile(r"[\s,，、;；。.]+")


def expected(answers: Sequence[str | None]) -> list[Attended]:
    """Before anybody says otherwise: as each of them answered, and here who said nothing."""
    return [_from_answer(one) for one in answers]


def _from_answer(answer: str | None) -> Attended:
    return "absent" if answer == "excused" else "remote" if answer == "remote" else "here"


def called(said: str, answers: Sequence[str | None]) -> list[Attended] | None:
    """What each of them, in the order of the list, was; None: it is no roll. Raises ValueError for a number that
    stands for nobody."""
    text = plain(said).strip().rstrip("。.!")
    everybody, rest = ALL_HERE.search(text), ALL_HERE.sub(" ", text)
    pieces = list(PIECE.finditer(rest))
    numbered = [one for one in pieces if one["numbers"]]
    left = GAPS.sub("", PIECE.sub("", rest))
    if left or not (numbered or everybody) or len(numbered) != len(pieces):
        return None
    found: list[Attended] = expected(answers)
    said_here = [one for one in numbered if _means(one["word"]) == "here"]
    if said_here and not everybody:
        found = [_unless_remote(one) for one in found]
    for piece in numbered:
        for number in re.findall(r"\d+", piece["numbers"]):
            if not 0 < int(number) <= len(found):
                raise ValueError(number)
            found[int(number) - 1] = _means(piece["word"])
    return found


def _unless_remote(attended: Attended) -> Attended:
    return "remote" if attended == "remote" else "absent"


def _means(word: str) -> Attended:
    word = word.lower()
    return "absent" if word in ABSENT else "remote" if word in REMOTE else "here"
