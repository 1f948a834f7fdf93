"""The file as it was saved: UTF-8 or what Windows makes of it, and what its grammar trips over in plain words."""

import re
import tomllib
from typing import Any

from bot.errors import Unreadable

_FULL_WIDTH = "＝“”‘’「」，、；：。【】［］｛｝（）＂＇\u3000"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
# How the parser's message begins -> the sentence that says the same to someone who has never seen it.
_SLIPS = (
    ("Unescaped", "backslash"),
    ("Invalid hex", "backslash"),
    ("Escaped", "backslash"),
    ("Unterminated", "quote"),
    ("Illegal character '\\n'", "quote"),
    ("Found invalid character '\\n'", "quote"),
    ('Expected "', "quote"),
    ("Illegal", "character"),
    ("Found invalid", "character"),
    ("Expected '='", "equals"),
    ("Expected newline", "rest"),
    ("Expected ']", "bracket"),
    ("Unclosed", "bracket"),
    ("Cannot", "twice"),
    ("Duplicate", "twice"),
    ("Invalid date", "date"),
    ("Invalid value", "value"),
    ("Invalid statement", "statement"),
    ("Invalid initial", "statement"),
)


def decode(content: bytes) -> str:
    """The text. Raises Unreadable for what is not text, or was UTF-8 once and is damaged."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
    if _was_utf8(content):
        raise Unreadable("check.damaged", line=line)
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable("check.not_text_file") from None


def parse(text: str) -> dict[str, Any]:
    """The TOML. Raises Unreadable with `line` and `column` where the grammar stops; `line` None: not known."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise _plain_words(text.replace("\r\n", "\n"), str(wrong)) from None
    except RecursionError:
        raise Unreadable("check.syntax_nested", line=None) from None
    except ValueError:  # a number of more digits than Python reads
        raise Unreadable("check.syntax_number", line=None) from None


def _was_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII does read as UTF-8: then one bad byte must not make it all gibberish."""
    letters = [one for one in content.decode("utf-8", "replace") if not one.isascii()]
    return letters.count("\ufffd") * 2 < len(letters)


def _plain_words(text: str, message: str) -> Unreadable:
    lines = text.split("\n")
    position = _POSITION.search(message)
    line, column = (int(position[1]), int(position[2])) if position else (len(lines), len(lines[-1]) + 1)
    if message.startswith('Expected "'):  # a single quote left open is noticed only where the file ends
        odd = (number for number, one in enumerate(lines, 1) if one.split("#")[0].count("'") % 2)
        line = next(odd, line)
    mark = lines[line - 1][column - 1 : column]
    if mark and mark in _FULL_WIDTH:
        return Unreadable("check.syntax_full_width", line=line, column=column, found=mark)
    slip = next((name for start, name in _SLIPS if message.startswith(start)), "other")
    return Unreadable(f"check.syntax_{slip}", line=line, column=column)
