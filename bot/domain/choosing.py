"""Answers to “which one?” and “are you sure?”, as people give them: 1, 第二个, 确认, 不用了."""

import re
import unicodedata

_COUNTED = "一二三四五六七八九"
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_PLACE = re.compile(rf"(?:回|选|第|给|no\.?|number|the)?\s*([1-9{_COUNTED}]|{'|'.join(_ORDINALS)})\s*(?:号|个|位|one)?")
_NUMBER = re.compile(
    r"(?:第|no\.?)?\s*[#＃№]?\s*(\d{1,9})(?!\d)\s*[号条句]?[:：，,、.。]?\s*(.*)", re.DOTALL | re.IGNORECASE
)
_DRESS = " \t\r\n　。.,，!！?？~～、“”\"'"
SURE = re.compile(r"确认|确定|确认删除|是|是的|好|好的|要|sure|confirm|yes|y|ok", re.IGNORECASE)
NOT_SURE = re.compile(r"不|不是|不要|不用|不用了|不删|不删了|不说了|算了|no|n|not now|never mind", re.IGNORECASE)


def bare(text: str) -> str:
    """The answer alone, in plain letters, without full stops and quotation marks."""
    return unicodedata.normalize("NFKC", text).strip(_DRESS).lower()


def place_of(text: str, count: int) -> int | None:
    """Which of so many is meant, from 0; None: the text is no such answer."""
    found = _PLACE.fullmatch(bare(text))
    if found is None:
        return None
    word = found[1]
    lists = ("123456789", _COUNTED, _ORDINALS)
    place = next(each.index(word) for each in lists if word in each)
    return place if place < count else None


def is_sure(text: str) -> bool:
    return SURE.fullmatch(bare(text)) is not None


def is_not_sure(text: str) -> bool:
    return NOT_SURE.fullmatch(bare(text)) is not None


def number_in(rest: str) -> tuple[int | None, str]:
    """The number at its head, and the words after it."""
    found = _NUMBER.fullmatch(rest)
    return (int(found[1]), found[2].strip()) if found else (None, rest)
