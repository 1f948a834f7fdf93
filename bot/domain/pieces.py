"""A text too long for one message is cut where one would pause: after a line, a sentence, a word."""

import re

_PAUSES = (re.compile(r"\n"), re.compile(r"[。！？；.!?;](?=\s|[\u3400-\u9fff]|$)"), re.compile(r"[，、,\s]"))
SHORTEST = 0.5  # of what would fit: a pause before that is too early to cut at


def cut(text: str, most: int) -> tuple[str, str]:
    """The longest head of at most `most` bytes of UTF-8, and the rest; no character is cut in two.

    A pause in the second half of what would fit is where it is cut, lines before sentences before words.
    """
    if len(text.encode()) <= most:
        return text, ""
    fits = text.encode()[:most].decode("utf-8", "ignore")
    for pause in _PAUSES:
        ends = [found.end() for found in pause.finditer(fits)]
        if ends and ends[-1] >= len(fits) * SHORTEST:
            return text[: ends[-1]].rstrip(), text[ends[-1] :].lstrip()
    return fits, text[len(fits) :]
