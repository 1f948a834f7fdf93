"""Under which kind a need is filed, and which one is named when it is put right."""

from datetime import timedelta

import pytest

from bot.domain.need_kinds import OTHER, SHIPPED, KindOfNeed, find_kind, kind_of
from bot.domain.need_number import last_word, means_all, number_in, numbered


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("孩子发烧", "family"),
        ("妈妈住院了", "family"),
        ("胃不舒服，想换房", "health"),
        ("想换个近一点的住处", "lodging"),
        ("宿舍没有热水", "lodging"),
        ("想请原支部走访一下", "visit"),
        ("想和老王换班", "swap"),
        ("想聊聊", "talk"),
        ("节点紧，要支援", "support"),
        ("帮我带本书", "other"),
        ("", "other"),
        ("a room nearer by", "lodging"),
        ("Two ROOMS please", "lodging"),
        ("my children are alone", "family"),
        ("mushroom soup", "other"),
        ("swap shifts on Friday", "swap"),
        ("ｄｏｃｔｏｒ", "health"),
    ],
)
def test_words_are_filed_under_the_longest_word_and_then_the_first(words: str, kind: str) -> None:
    assert kind_of(words, SHIPPED) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("住宿", "lodging"),
        ("“住宿”。", "lodging"),
        ("lodging", "lodging"),
        ("Family Visit", "visit"),
        ("家里", "family"),
        ("家属", "visit"),
        ("other", OTHER),
        ("其他", OTHER),
        ("身体不舒服", "health"),
        ("家", None),
        ("外星人", None),
    ],
)
def test_a_kind_is_named_by_id_name_beginning_or_word(said: str, kind: str | None) -> None:
    assert find_kind(said, SHIPPED) == kind


def test_every_shipped_kind_is_named_in_both_languages_and_found_by_its_name() -> None:
    for id_, kind in SHIPPED.items():
        assert find_kind(kind.name, SHIPPED) == find_kind(kind.english, SHIPPED) == id_
    assert KindOfNeed("子女就学").named("en") == "子女就学"
    assert SHIPPED["family"].claim == timedelta(hours=2)


@pytest.mark.parametrize(
    ("said", "number", "rest"),
    [
        ("3", 3, ""),
        ("３号：好了", 3, "好了"),
        ("#3 好", 3, "好"),
        ("诉求第 3 件，还漏", 3, "还漏"),
        ("3：5点到", 3, "5点到"),
        ("3号楼太吵", None, "3号楼太吵"),
        ("3个房间", None, "3个房间"),
        ("12点前", None, "12点前"),
        ("还漏 3", None, "还漏 3"),
        ("1234567890", None, "1234567890"),
        ("", None, ""),
    ],
)
def test_the_number_at_the_head_and_the_words_after_it(said: str, number: int | None, rest: str) -> None:
    assert numbered(said) == (number, rest)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("吴强 3", (3, "吴强")),
        ("吴强3号", (3, "吴强")),
        ("3 给吴强", (3, "给吴强")),
        ("li2 3", (3, "li2")),
        ("li2", (None, "li2")),
    ],
)
def test_a_number_anywhere_is_no_part_of_an_id(said: str, found: tuple[int | None, str]) -> None:
    assert number_in(said) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("3号解决了", (3, True, "")),
        ("诉求 3 已经解决了，谢谢", (3, True, "谢谢")),
        ("诉求3没解决 还漏", (3, False, "还漏")),
        ("3 还没有解决", (3, False, "")),
        ("need 3 is solved", (3, True, "")),
        ("Need 3 not solved, nobody came", (3, False, "nobody came")),
    ],
)
def test_the_number_may_come_first(said: str, found: tuple[int, bool, str]) -> None:
    word = last_word(said)
    assert word is not None
    assert (word.number, word.solved, word.words) == found


@pytest.mark.parametrize("said", ["3", "3个解决了", "3号楼解决了", "问题解决了", "诉求 3 解决方案", "3 好了", "need 3"])
def test_what_is_no_last_word(said: str) -> None:
    assert last_word(said) is None


def test_all_of_them() -> None:
    assert all(map(means_all, ("都解决了", "全部", "都好了。", "both", "All")))
    assert not any(map(means_all, ("都是骗人的", "1", "allergic", "")))
