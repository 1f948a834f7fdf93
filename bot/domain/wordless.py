"""What has no words in it: a voice message, a picture, a sticker, nothing at all."""

import re
from typing import Literal

from bot.domain.nod import nods
from bot.domain.reading_clauses import clean, fold
from bot.domain.reading_words import MARK

Wordless = Literal["voice", "picture", "other", "sticker", "empty"]
VOICES = "语音|语音消息|语音通话|voice|voice message|audio"
PICTURES = "图片|照片|视频|小视频|动画表情|image|picture|photo|video|gif"
OTHERS = "文件|位置|链接|名片|红包|转账|小程序|聊天记录|file|location|link|contact card"
LASTS = r"""\s*(?:\d{1,3}\s*(?:秒|s|sec|["”″'′]{1,2})?|\d{1,2}:\d\d)?[\s。.]*"""
LONGEST = 60
_WORDS, _OPENED = re.compile(r"\w"), re.compile(r"[\[【(<［（＜]")
_KINDS: tuple[tuple[Wordless, re.Pattern[str]], ...] = (
    ("voice", re.compile(rf"[\[【(<]\s*(?:{VOICES})\s*[\]】)>]{LASTS}", re.IGNORECASE)),
    ("picture", re.compile(rf"(?:[\[【(<]\s*(?:{PICTURES})\s*[\]】)>]{LASTS})+", re.IGNORECASE)),
    ("other", re.compile(rf"[\[【(<]\s*(?:{OTHERS})\s*[\]】)>].*", re.IGNORECASE)),
)


def wordless(text: str) -> Wordless | None:
    """What it is, of what cannot be read; None: there are words in it, or it is a nod."""
    if len(text) > LONGEST or (_WORDS.search(text) and not _OPENED.search(text)):
        return None
    said = fold(clean(text)).strip()
    for kind, pattern in _KINDS:
        if pattern.fullmatch(said):
            return kind
    bare = MARK.sub("", said)
    if re.search(r"\d|[①-⒛]", said) or re.search(r"\w", bare) or nods(text):
        return None
    return "empty" if bare == said else "sticker"
