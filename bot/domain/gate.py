"""The secrecy gate: what a member writes is refused, unread by anyone, when it looks like a secret.

Refused are case numbers, national ID, bank card and mobile numbers, secrecy markings and the admin's own words. The
gate answers with the name of a rule and never with any part of the text: nothing of a refused text may be stored,
logged or said again. It lowers a risk and makes no chat lawful for secrets: 涉密不上网，上网不涉密。
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.gate_patterns import (
    ALONE,
    CASE_NUMBERS,
    FOLDED,
    HINT_OF_A_CASE,
    HINTS_OF_A_MARKING,
    ID_NUMBER,
    ID_NUMBER_OF_A_CHILD,
    IN_A_ROW,
    LONG_NUMBER,
    MARKED_LINE,
    MARKED_PAPER,
    MARKINGS,
    MOBILE,
    NAMED_BANK_CARD,
    NAMED_ID_NUMBER,
    NUMERALS,
    OLD_ID_NUMBER,
    WARNING,
)

_SPACE_LIKE = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me", "Pd"))
_BY_CATEGORY = {**dict.fromkeys(_SPACE_LIKE, " "), "Ps": "(", "Pe": ")"}
_SQUEEZED = str.maketrans("", "", " ")
_JOINED = str.maketrans("<>", "()", "\n")
_SPACED = str.maketrans("<>", "()")
_COMPACTED = str.maketrans("〇一二三四五六七八九o*", "01234567890x", " \n()")


@dataclass(frozen=True, slots=True)
class Words:
    """The admin's words, ready for use: each is the pieces between its stars, which must come in this order."""

    pieces: tuple[tuple[str, ...], ...] = ()


def scan(text: str, words: Words | Sequence[str] = ()) -> str | None:
    """The rule that refuses this text: case-number, id-number, bank-card, phone-number, marking or unit-word.

    None means that the text may pass.
    """
    folded = "".join(map(_fold, text))
    squeezed = folded.translate(_SQUEEZED)
    joined = squeezed.translate(_JOINED)
    if _names_a_case(joined):
        return "case-number"
    if number := _personal_number(folded):
        return number
    if _is_marked(squeezed):
        return "marking"
    compiled = words if isinstance(words, Words) else compile_words(words)
    return "unit-word" if any(_holds(joined, pieces) for pieces in compiled.pieces) else None


def compile_words(words: Iterable[str]) -> Words:
    """The admin's words made ready: `*` stands for anything; a word of nothing but stars and spaces refuses nothing."""
    folded = ("".join(map(_fold, word)) for word in words)
    split = (word.translate(_SQUEEZED).translate(_JOINED).split("*") for word in folded)
    pieces = (tuple(piece for piece in word if piece) for word in split)
    return Words(tuple(word for word in pieces if word))


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    """One character as it is read: half width, lower case, separators as a space, brackets as `(` or `<`."""
    return "".join(map(_plain, unicodedata.normalize("NFKC", char).casefold()))


def _plain(char: str) -> str:
    if char in FOLDED:
        return FOLDED[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return _BY_CATEGORY.get(unicodedata.category(char), char)


def _names_a_case(joined: str) -> bool:
    numbered = joined.translate(NUMERALS)
    return HINT_OF_A_CASE.search(numbered) is not None and any(form.search(numbered) for form in CASE_NUMBERS)


def _personal_number(folded: str) -> str | None:
    spaced = "\n".join(" ".join(line.split()) for line in folded.translate(_SPACED).split("\n"))
    if not LONG_NUMBER.search(spaced):
        return None
    if NAMED_ID_NUMBER.search(spaced) or any(map(_is_id, _numbers(spaced, ALONE[15], *IN_A_ROW.values()))):
        return "id-number"
    if NAMED_BANK_CARD.search(spaced) or any(map(_is_card, _numbers(spaced, *(ALONE[size] for size in range(16, 20))))):
        return "bank-card"
    return "phone-number" if MOBILE.search(spaced) else None


def _numbers(spaced: str, *forms: re.Pattern[str]) -> Iterator[str]:
    return (found[1].translate(_COMPACTED) for form in forms for found in form.finditer(spaced))


def _is_id(number: str) -> bool:
    """A national ID number (GB 11643) or what people type for one: region and birth are plausible.

    A wrong check character saves nobody, and neither does one digit left out; but years from 2020 on stand in order
    numbers too, so there the check character decides.
    """
    if len(number) == 15:
        return OLD_ID_NUMBER.fullmatch(number) is not None
    if ID_NUMBER.fullmatch(number):
        return True
    return ID_NUMBER_OF_A_CHILD.fullmatch(number) is not None and number[-1] == _check_character(number)


def _check_character(number: str) -> str:
    """GB 11643: ISO 7064 MOD 11-2 over the first 17 digits."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10x98765432"[total % 11]


def _is_card(number: str) -> bool:
    """A bank card number (ISO/IEC 7812): an issuer that banks have, and the Luhn check digit."""
    if not number.startswith(("35", "4", "5", "6", "9")):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


def _is_marked(squeezed: str) -> bool:
    if not any(hint in squeezed for hint in HINTS_OF_A_MARKING):
        return False
    if any(form.search(squeezed) for form in MARKINGS) or MARKED_PAPER.search(WARNING.sub(",", squeezed)):
        return True
    return any(MARKED_LINE.fullmatch(line) for line in squeezed.split("\n"))


def _holds(joined: str, pieces: tuple[str, ...]) -> bool:
    at = 0
    for piece in pieces:
        found = joined.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
