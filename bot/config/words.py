"""What people write in a cell, and which of a few known things it stands for."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.config.fields import MOST_HINTS, closest, shown
from bot.errors import Unreadable

STATUS_WORDS: dict[str, str] = {
    **dict.fromkeys(
        ("正式党员", "党员", "中共党员", "中共正式党员", "中共党员(正式)", "正式", "full", "fullmember"), "full"
    ),
    **dict.fromkeys(
        ("预备党员", "中共预备党员", "中共党员(预备)", "预备", "probationary", "probationarymember"), "probationary"
    ),
    **dict.fromkeys(("入党积极分子", "积极分子", "发展对象", "activist"), "activist"),
    **dict.fromkeys(("干警", "群众", "干警(群众)", "非党员", "团员", "共青团员", "入党申请人", "officer"), "officer"),
    **dict.fromkeys(("民主党派", "无党派", "无党派人士", "non-member", "nonmember"), "officer"),
}
LANGUAGE_WORDS: dict[str, str] = {
    **dict.fromkeys(("中文", "汉语", "简体中文", "zh", "chinese"), "zh"),
    **dict.fromkeys(("英文", "英语", "en", "english"), "en"),
}


@lru_cache(4096)
def folded(text: str) -> str:
    """Half width, small letters, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def by_word(text: str, words: Mapping[str, str], key: str) -> str:
    """Raises Unreadable with that key for a word that is not among them."""
    if value := words.get(folded(text)):
        return value
    raise Unreadable(key, found=shown(text))


class Index:
    """Ids by themselves and by the names of what they stand for; a name of two of them stands for neither."""

    def __init__(self, named: Mapping[str, Mapping[str, Any]]) -> None:
        names = {id_: folded(str(one["name"])) for id_, one in named.items() if "name" in one}
        times = Counter(names.values())
        self._ids = {name: id_ for id_, name in names.items() if times[name] == 1} | {id_: id_ for id_ in named}
        self._hints: dict[str, str | None] = {}
        self._written = {name: str(named[id_]["name"]) for id_, name in names.items()}

    def __bool__(self) -> bool:
        return bool(self._ids)

    def __contains__(self, text: str) -> bool:
        return folded(text) in self._ids

    def find(self, text: str, key: str) -> str:
        """Raises Unreadable with that key, or with `_like` behind it and the name that was probably meant."""
        if id_ := self._ids.get(folded(text)):
            return id_
        hint = self._hint(folded(text))
        raise Unreadable(f"{key}_like" if hint else key, found=shown(text), hint=hint)

    def _hint(self, text: str) -> str | None:
        """The one name it is a part of, or else the one most like it."""
        if text not in self._hints and len(self._hints) < MOST_HINTS:
            longer = [name for name in self._ids if text in name] if len(text) > 1 else []
            near = longer[0] if len(longer) == 1 else closest(text, list(self._ids))
            self._hints[text] = self._written.get(near, near) if near else None
        return self._hints.get(text)
