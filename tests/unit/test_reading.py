"""A member's answer is read as she meant it, or not at all."""

from dataclasses import astuple, replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading import Kind, Reading, WorkMode, read
from bot.domain.report import WORDS_LIMIT, Part, Report, merge
from tests.unit import reading_table as table
from tests.unit.reading_table import listed


@pytest.mark.parametrize("text", listed(table.ALL_WELL))
@pytest.mark.parametrize(("kind", "work"), table.MODES)
def test_all_well_is_one_word_in_every_branch(text: str, kind: Kind, work: WorkMode) -> None:
    assert read(text, kind, work) == Reading(table.WELL, all_well=True)


@pytest.mark.parametrize("text", listed(table.UNCHANGED))
def test_unchanged_names_no_part(text: str) -> None:
    assert read(text, "case", "closed") == Reading(Report(), unchanged=True)


@pytest.mark.parametrize("text", listed(table.NOT_UNDERSTOOD))
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    reading = read(text, "case", "closed")
    assert (reading.understood, reading.report, reading.trouble) == (False, Report(), False)


@pytest.mark.parametrize("text", listed(table.WRONG_SOMEWHERE))
def test_something_wrong_somewhere_is_asked_back_with_an_offer_of_help(text: str) -> None:
    reading = read(text, "case", "closed")
    assert (reading.understood, reading.report, reading.trouble) == (False, Report(), True)


@pytest.mark.parametrize(("text", "expected"), table.CASE_CLOSED + table.NEGATED + table.MIXED)
def test_an_answer_is_read_part_by_part(text: str, expected: Reading) -> None:
    assert read(text, "case", "closed") == expected


@pytest.mark.parametrize("text", listed(table.TROUBLE))
def test_trouble_at_home_or_in_body_is_kept_in_her_words(text: str) -> None:
    expected = Reading(Report(living="trouble", living_words=text), trouble=True)
    assert read(text, "case", "closed") == expected


@pytest.mark.parametrize("text", listed(table.NO_TROUBLE))
def test_trouble_denied_or_over_is_no_trouble(text: str) -> None:
    assert read(text, "case", "closed") == Reading(Report(living="well", living_words=text))


@pytest.mark.parametrize(("text", "expected"), table.REFUSED)
def test_words_about_case_work_are_not_kept(text: str, expected: Report) -> None:
    reading = read(text, "case", "closed")
    assert (reading.report, reading.work_refused) == (expected, True)


def test_a_need_in_refused_words_still_asks_for_help() -> None:
    assert read("困难：办案经费不够", "case", "closed").wants_help


@pytest.mark.parametrize(("kind", "text", "expected"), table.GATED)
def test_a_gated_branch_keeps_words_about_work(kind: Kind, text: str, expected: Reading) -> None:
    assert read(text, kind, "gated") == expected


def test_words_beyond_the_limit_are_cut_and_said_to_be() -> None:
    reading = read("生活：" + "菜" * (WORDS_LIMIT + 1), "case", "closed")
    assert (reading.report.living_words, reading.left_out) == ("菜" * WORDS_LIMIT, True)
    assert not read("生活：" + "菜" * WORDS_LIMIT, "case", "closed").left_out


def _kept(reading: Reading) -> str:
    return "".join(each or "" for each in astuple(reading.report))


modes = st.sampled_from(table.MODES)
PIECES = """
    思想 办案： 困难 卷宗 think 正常推进 胃疼 同上 一切正常 想聊聊 need_help not_ok_ 学习 求助：
    work:_ life_ 1. 2、 [笑]"""
SIGNS = "思想稳办案紧生活好不没有1２3①：:；;，,。、/|【】[]（）()\n -？?！…😀\u200d\ud800\x00"
pieces = st.sampled_from([*SIGNS, *(piece.replace("_", " ") for piece in PIECES.split())])
texts = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=25).map("".join))


@given(texts, modes)
def test_any_text_is_read_the_same_each_time(text: str, mode: tuple[Kind, WorkMode]) -> None:
    reading = read(text, *mode)
    assert reading == read(text, *mode)
    assert _kept(reading).encode() is not None
    assert reading.understood or reading.report == Report()


@given(texts, st.sampled_from(["case", "training", "secondment"]))
def test_a_closed_branch_never_keeps_words_about_work(text: str, kind: Kind) -> None:
    assert read(text, kind, "closed").report.work_words == ""


BODIES: dict[str, list[tuple[str, Report]]] = {
    "思想|【思想】|thoughts|THOUGHTS": [
        ("稳定", Report("steady")),
        ("一般，有点想家", Report("so_so", "有点想家")),
        ("", Report()),
    ],
    "办案|工作|work|学习": [("节点紧张", Report(work="tight")), ("正常", Report(work="on_track"))],
    "生活|living|[生活]": [
        ("都好", Report(living="well")),
        ("胃不舒服，没睡好", Report(living="trouble", living_words="胃不舒服，没睡好")),
    ],
    "困难|求助|need": [("无", Report()), ("孩子上学没人接", Report(need="孩子上学没人接"))],
}
part = st.sampled_from(list(BODIES)).flatmap(
    lambda names: st.tuples(st.sampled_from(names.split("|")), st.sampled_from(BODIES[names]), st.just(names))
)
parts = st.lists(part, min_size=1, max_size=4, unique_by=lambda each: each[2])
separators = st.sampled_from([";", "；", "，", ",", " ", "。", "/", "|", "\n", "；\n", "　", " \n\n"])
marks = st.sampled_from(["：", ":", " : ", "-", "——", "＝"])
Labelled = list[tuple[str, tuple[str, Report], str]]


@given(parts, separators, marks, st.booleans())
def test_labelled_parts_may_come_in_any_order(named: Labelled, between: str, mark: str, numbered: bool) -> None:
    expected = Report()
    for _, (_, report), _ in named:
        expected = merge(expected, report)
    for order in permutations(named):
        lines = [
            f"{f'{n}. ' if numbered else ''}{label}{mark}{body}" for n, (label, (body, _), _) in enumerate(order, 1)
        ]
        assert read(between.join(lines), "case", "closed").report == expected


secret = st.text("甲乙丙丁戊己庚辛 ，。；、/\n（）", min_size=1).filter(
    lambda text: any(each in text for each in "甲乙丙丁戊己庚辛")
)
unbroken = st.text("甲乙丙丁戊己庚辛", min_size=1)


@given(
    secret,
    st.sampled_from(["", "思想稳定；", "生活：胃疼\n"]),
    st.sampled_from(["办案：", "工作-", "【办案】", "办案 ", "work: "]),
)
def test_nothing_after_the_work_label_is_kept(words: str, before: str, label: str) -> None:
    reading = read(f"{before}{label}{words}\n困难：无", "case", "closed")
    assert reading.work_refused
    assert not set("甲乙丙丁戊己庚辛") & set(_kept(reading))


@given(
    unbroken,
    unbroken,
    st.sampled_from(["卷宗", "讯问", "嫌疑人", "证据", "起诉", "开庭", "笔录", "提审", "专案", "witness"]),
)
def test_no_clause_about_case_work_is_kept_anywhere(before: str, after: str, word: str) -> None:
    for label in ("", "思想：", "生活：", "困难：", "生活：都好，", "胃疼，"):
        reading = read(f"{label}{before}{word}{after}", "case", "closed")
        assert reading.work_refused
        assert not set("甲乙丙丁戊己庚辛") & set(_kept(reading))


reports = st.builds(
    Report,
    thoughts=st.sampled_from([None, "steady", "talk"]),
    thoughts_words=st.sampled_from(["", "想家"]),
    work=st.sampled_from([None, "tight"]),
    work_words=st.sampled_from(["", "论文"]),
    living=st.sampled_from([None, "well", "trouble"]),
    living_words=st.sampled_from(["", "胃疼"]),
    need=st.sampled_from(["", "接孩子"]),
)
PARTS: tuple[Part, ...] = ("thoughts", "work", "living", "need")


@given(reports, reports)
def test_a_second_message_twice_is_the_second_message_once(old: Report, new: Report) -> None:
    once = merge(old, new)
    assert merge(once, new) == once
    assert merge(old, Report()) == old
    assert merge(Report(), new) == new


@given(reports, reports)
def test_a_second_message_touches_only_the_parts_it_names(old: Report, new: Report) -> None:
    merged = merge(old, new)
    for each in PARTS:
        source = new if new.mentions(each) else old
        assert getattr(merged, each) == getattr(source, each)
        assert getattr(merged, f"{each}_words", "") == getattr(source, f"{each}_words", "")


def test_a_part_named_again_loses_its_old_words() -> None:
    old = Report("so_so", "想家", "tight", living="well")
    assert merge(old, read("思想稳", "case", "closed").report) == replace(old, thoughts="steady", thoughts_words="")
