"""What needs are about: the kinds a unit sorts them by, and under which one a member's words are filed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from bot.domain.reading_clauses import fold

Action = Literal["none", "visit", "swap"]
OTHER = "other"
DECLARED = ("support", "talk")  # chosen from a list: they need no words, and only one of each waits at a time


@dataclass(frozen=True, slots=True)
class KindOfNeed:
    """`english`: its name in English, the same if empty. `words`: those by which a need is filed under it.

    `claim` and `work` are clocks of its own (None: the unit's); `action` says what to do in so many words.
    """

    name: str
    english: str = ""
    words: tuple[str, ...] = ()
    claim: timedelta | None = None
    work: timedelta | None = None
    action: Action = "none"

    def named(self, language: str) -> str:
        return self.english or self.name if language == "en" else self.name


HOUR = timedelta(hours=1)
FAMILY_WORDS = (
    "家里 家人 孩子 小孩 儿子 女儿 老人 父亲 母亲 爸爸 妈妈 爱人 妻子 丈夫 老婆 老公 接送 family child kid wife husband"
)
VISIT_WORDS = "走访 上门看看 去家里看看 看望家 看看家 family_visit visit_my"
HEALTH_WORDS = (
    "发烧 感冒 生病 看病 住院 医院 医生 买药 药 不舒服 受伤 头疼 头痛 胃疼 牙疼 失眠"
    " doctor medicine sick ill fever hospital"
)
LODGING_WORDS = "住处 住宿 宿舍 房间 换房 房子 住得 空调 暖气 热水 太吵 床 被子 room hotel dormitory heating lodging"
SWAP_WORDS = "调休 换班 调班 替班 顶班 轮休 swap_shifts change_shifts leave_swap shift"
SUPPORT_WORDS = "支援 人手 support"
TALK_WORDS = "想聊 聊聊 谈心 说说话 to_talk"


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in listed.split())


SHIPPED: Mapping[str, KindOfNeed] = {
    "family": KindOfNeed("家里有事", "family", _words(FAMILY_WORDS), claim=2 * HOUR),
    "visit": KindOfNeed("家属走访", "family visit", _words(VISIT_WORDS), action="visit"),
    "health": KindOfNeed("身体", "health", _words(HEALTH_WORDS), claim=HOUR),
    "lodging": KindOfNeed("住宿", "lodging", _words(LODGING_WORDS)),
    "swap": KindOfNeed("调休换班", "leave swap", _words(SWAP_WORDS), action="swap"),
    "support": KindOfNeed("需要支援", "support", _words(SUPPORT_WORDS)),
    "talk": KindOfNeed("想聊聊", "a talk", _words(TALK_WORDS)),
    OTHER: KindOfNeed("其他", "other"),
}


def kind_of(words: str, kinds: Mapping[str, KindOfNeed]) -> str:
    """The kind whose word is the longest in what she wrote; of equally long ones the word that stands first.

    Where none is found it is the kind `other`. It sorts, and claims to understand nothing.
    """
    plain = fold(words)
    fits = [
        (len(word), -place, id_)
        for id_, kind in kinds.items()
        for word in kind.words
        if (place := _place(plain, fold(word))) is not None
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else OTHER


def find_kind(said: str, kinds: Mapping[str, KindOfNeed]) -> str | None:
    """The kind that is named: by its id or name, by most of a name, or by one of its words. None: none is."""
    plain = fold(said).strip(" 。.!！“”\"'")
    for id_, kind in kinds.items():
        if plain in (id_, fold(kind.name), fold(kind.english or kind.name)):
            return id_
    begun = [id_ for id_, kind in kinds.items() if len(plain) > 1 and fold(kind.name).startswith(plain)]
    found = kind_of(said, kinds)
    return begun[0] if len(begun) == 1 else found if found != OTHER else None


def _place(plain: str, word: str) -> int | None:
    """Where the word stands; an English one only where it is not a part of a longer one."""
    found = _pattern(word).search(plain)
    return found.start() if found else None


@lru_cache(1024)
def _pattern(word: str) -> re.Pattern[str]:
    written = re.escape(word)
    return re.compile(rf"(?<![a-z]){written}(?:s|es|ren)?(?![a-z])" if word.isascii() else written)
