"""The secrecy gate refuses what looks like a secret in every dress people type, and lets ordinary life pass."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import gate_patterns
from bot.domain.gate import Words, compile_words, scan
from tests.unit.gate_corpus import CASES, MARKED, ORDINARY, bank_card, id_number, mobile

ID, CARD, MOBILE = id_number(), bank_card(), mobile()
OLD_ID = ID[:6] + ID[8:17]
IN_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(33, 127)})


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_life_passes(text: str) -> None:
    assert scan(text) is None


def test_the_tables_are_long_enough() -> None:
    assert len(set(ORDINARY)) >= 80
    assert len(set(CASES)) >= 80


@pytest.mark.parametrize("text", CASES)
def test_a_case_number_is_refused(text: str) -> None:
    assert scan(text) == "case-number"


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_refused(text: str) -> None:
    assert scan(text) == "marking"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.lower(),
        ID.translate(WIDE),
        ID.translate(IN_NUMERALS),
        id_number(wrong_by=1),
        id_number("110199", "20080229", "123"),
        id_number("659001", "19491001", "456", wrong_by=5),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}-{ID[6:10]}-{ID[10:14]}-{ID[14:]}",
        f"{ID[:6]}（{ID[6:14]}）{ID[14:]}",
        f"{ID[:10]}\n{ID[10:]}",
        f"{ID[:10]}\u200b{ID[10:]}",
        f"房间1203 {ID[:6]} {ID[6:14]} {ID[14:]} 5",
        f"王某{ID}到案",
        *(ID[:-1] + mark for mark in "xХ×*"),
        ID[:-1],
        ID.replace("0", "O"),
        OLD_ID,
        f"{OLD_ID[:6]} {OLD_ID[6:12]} {OLD_ID[12:]}",
        f"身份证号码：{'1' * 16}",
    ],
)
def test_an_id_number_is_refused(text: str) -> None:
    assert scan(text) == "id-number"


def test_for_recent_years_the_check_character_decides() -> None:
    orders = [f"{order:03}" for order in range(100, 111)]
    assert all(scan(id_number(born="20211231", order=order)) == "id-number" for order in orders)
    assert not any(scan(id_number(born="20211231", order=order, wrong_by=2)) for order in orders)


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        mobile("199"),
        MOBILE.translate(WIDE),
        MOBILE.translate(IN_NUMERALS),
        "一三八零零零零零零零零",
        "幺三八零零零零零零零零",
        "周三一三八〇〇〇〇〇〇〇〇",
        f"周三{MOBILE}联系",
        f"+86{MOBILE}",
        f"+86 {MOBILE}",
        f"0086-{MOBILE}",
        f"（+86）{MOBILE}",
        f"0{MOBILE}",
        *(gap.join(("138", "0000", "0000")) for gap in " -."),
        "1380-000-0000",
        "（138）0000-0000",
        "138 0000 0000 139 0000 0000",
        *(f"{usual} 1203" for usual in ("1380 0000 000", "1380 000 0000", "138 000 00000")),
        MOBILE.translate(ARABIC),
        *(gap.join(MOBILE) for gap in (" ", "\u2062", "⸺", "\x01")),
        "1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣",
        f"房间1203 {MOBILE} 1205",
        f"tel:{MOBILE}",
    ],
)
def test_a_mobile_number_is_refused(text: str) -> None:
    assert scan(text) == "phone-number"


@pytest.mark.parametrize(
    "text",
    [
        *(bank_card(size=size) for size in range(16, 20)),
        *(bank_card(issuer, 16) for issuer in ("4000", "5100", "3528")),
        CARD.translate(WIDE),
        " ".join(re.findall(".{1,4}", CARD)),
        "-".join(re.findall(".{1,4}", bank_card(size=16))),
        f"工资卡{CARD}已换",
        f"银行卡号：{bank_card(wrong_by=1)}",
    ],
)
def test_a_bank_card_is_refused(text: str) -> None:
    assert scan(text) == "bank-card"


@pytest.mark.parametrize(
    "text",
    [
        bank_card(wrong_by=1),
        bank_card("2026030512", 19),
        id_number("991699", wrong_by=1),
        id_number(born="19851305", wrong_by=1),
        MOBILE[:-1],
        f"9{MOBILE}",
        f"{MOBILE}7",
        mobile("128"),
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
    ],
)
def test_a_long_number_of_another_kind_passes(text: str) -> None:
    assert scan(f"订单{text}，未发货") is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["清风专案*"], "清 风 专 案 进展"),
        (["清风专案*"], "在清风\n专案"),
        (["清*案"], "清风那个大案"),
        (["*Blue Sky*"], "ｂｌｕｅ－ｓｋｙ项目"),
        (["别的", "蓝天（二）"], "去蓝天[二]"),
        (["a*b*c"], "xxA--B..C"),
    ],
)
def test_a_word_of_the_unit_is_refused(words: list[str], text: str) -> None:
    assert scan(text, words) == "unit-word"
    assert scan(text, compile_words(words)) == "unit-word"
    assert scan(text) is None


def test_the_pieces_of_a_word_must_come_in_order() -> None:
    assert scan("案清", ["清*案"]) is None
    assert scan("清", ["清*清"]) is None


def test_a_word_of_nothing_but_stars_refuses_nothing() -> None:
    assert compile_words(["", "  ", "*", "＊*"]) == Words()
    assert scan("一切正常", ["*", ""]) is None


@pytest.mark.parametrize(
    "pair", ["()", "（）", "〔〕", "[]", "［］", "【】", "〖〗", "<>", "《》", "〈〉", "「」", "{}", "(〕", "[）"]
)
def test_any_brackets_hold_the_year_of_a_case(pair: str) -> None:
    assert scan(f"某检刑诉{pair[0]}2026{pair[1]}12号") == "case-number"
    assert scan(f"{pair[0]}2026{pair[1]}皖1622刑初12号") == "case-number"
    assert scan(f"机党{pair[0]}2026{pair[1]}12号") is None


def test_the_first_rule_that_refuses_is_named() -> None:
    everything = f"绝密★ {MOBILE}，{CARD}，{ID}"
    assert scan(everything) == "id-number"
    assert scan(everything + "，刑初12号") == "case-number"


SECRETS = (
    ID,
    OLD_ID,
    MOBILE,
    CARD,
    *CASES,
    "绝密★30年",
    "【机密】",
    "密级：机密",
    "（内部资料 注意保密）",
    "内部 不得外传",
)
JOINTS = ("，", "。", "：", "!", "、", "（", "\n", "😀")


@st.composite
def dressed(draw: st.DrawFn) -> str:
    """A secret with separators between its characters, perhaps full width."""
    secret = draw(st.sampled_from(SECRETS))
    if draw(st.booleans()):
        secret = secret.translate(WIDE)
    gap = st.text(st.sampled_from(gate_patterns.SEPARATORS), max_size=2)
    return secret[0] + "".join(draw(gap) + char for char in secret[1:])


@given(
    st.sampled_from(ORDINARY), st.sampled_from(JOINTS), dressed(), st.sampled_from(JOINTS), st.sampled_from(ORDINARY)
)
def test_no_harmless_text_around_and_no_separators_within_hide_a_secret(
    before: str, opening: str, secret: str, closing: str, after: str
) -> None:
    assert scan(before + opening + secret + closing + after) is not None


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_and_the_same_one_twice(text: str) -> None:
    assert scan(text) == scan(text)


@given(st.lists(st.sampled_from([text for text in ORDINARY if "密" not in text and "内部" not in text]), max_size=6))
def test_harmless_sentences_stay_harmless_together(texts: list[str]) -> None:
    assert scan("；".join(texts)) is None


def within(value: Any) -> list[Any]:
    kind = type(value).__name__
    return list(value.values()) if kind == "dict" else list(value) if kind == "tuple" else [value]


def patterns() -> list[re.Pattern[str]]:
    found = [form for value in vars(gate_patterns).values() for form in within(value)]
    return [form for form in found if type(form) is re.Pattern]


def test_no_pattern_repeats_without_bound_so_time_grows_with_length_only() -> None:
    assert len(patterns()) > 20
    for form in patterns():
        bare = re.sub(r"\[[^]]*\]|\\.", "", form.pattern)
        assert not re.search(r"[*+]|\{\d*,\}", bare), form.pattern


@pytest.mark.parametrize(
    "piece", ["检", "公(", "检刑", "(2026)", "(2026)刑", "监纪", "1 ", "3", "\n", "内部", "不得", "身份证", "★", "🀄"]
)
def test_the_longest_text_of_one_piece_gets_an_answer(piece: str) -> None:
    assert scan((piece * 4000)[:4000]) is None
