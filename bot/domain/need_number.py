"""Which need a message means: its number, as people write it, and the words around it."""

import re
from dataclasses import dataclass

# Neither “3个房间” nor “3号楼” nor “3点前” is about need 3.
_A_NUMBER = r"(?:第|诉求)*\s*[#＃№]?\s*(\d{1,9})(?![\d个天人次月日点时分年周度%]|\s*号[楼院线室车门房床])\s*[号件]?"
_HEAD = re.compile(rf"{_A_NUMBER}[:：，,、.。]?\s*(.*)", re.DOTALL)
_ANYWHERE = re.compile(rf"(?<![A-Za-z0-9_-]){_A_NUMBER}(?![A-Za-z_-])")
_ALL = re.compile(r"(?:两件|几件)?(?:都|全|全部|都是|所有)(?:解决|办好|好)?了?|all|both", re.IGNORECASE)


_LAST_WORD = re.compile(
    rf"(?:need\s*)?{_A_NUMBER}[:：，,]?\s*(?:is\s+)?(?P<not>(?:还?没有?|未|not\s+(?:yet\s+)?)(?=解决|solved|settled))?"
    r"(?:已经?|都)?(?:解决|solved|settled)了?(?![^\W\d_])[\s，,。.!！]*(?P<words>.*)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LastWord:
    """What is said of a need whose number comes first: 3号解决了, 诉求 3 没解决 还漏."""

    number: int
    solved: bool
    words: str


def last_word(said: str) -> LastWord | None:
    found = _LAST_WORD.fullmatch(said.strip())
    return LastWord(int(found[1]), not found["not"], found["words"]) if found else None


def numbered(said: str) -> tuple[int | None, str]:
    """The number at the head, and what follows it; None: the words begin with none."""
    found = _HEAD.fullmatch(said.strip())
    return (int(found[1]), found[2].strip()) if found else (None, said.strip())


def number_in(said: str) -> tuple[int | None, str]:
    """The first number in it that is no part of a word, and the rest without it."""
    found = _ANYWHERE.search(said)
    if not found:
        return None, said.strip()
    return int(found[1]), f"{said[: found.start()]} {said[found.end() :]}".strip()


def means_all(said: str) -> bool:
    return _ALL.fullmatch(said.strip(" 。.!！~")) is not None
