"""Every sentence is there in both languages, gets what it needs, is used, and is worded as the house wants it."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, meta

from bot.domain import cadence
from bot.domain.reading import read
from bot.domain.span import split_span
from bot.domain.when import WEEKDAYS
from bot.flow.kinds import KINDS
from bot.flow.router import find
from bot.render import Renderer
from handlers import COMMANDS

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates" / "say")
ZH, EN = RENDERER.keys("zh"), RENDERER.keys("en")
MODULES = {
    path: ast.parse(path.read_text("utf-8"))
    for folder in ("bot", "handlers")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
KEY = re.compile(r"[a-z_]+\.[a-z_][a-z_.0-9]*")
HAN = re.compile(r"[\u3400-\u9fff]")
# Tested where they belong: the pages in tests/web, the file's mistakes in tests/unit/test_config_bad.py.
ELSEWHERE = ("web.", "check.")
OURS = sorted(key for key in ZH if not key.startswith(ELSEWHERE))


GRAMMAR = Environment(autoescape=True)
GRAMMAR.filters |= dict.fromkeys(("day", "moment", "until", "days_after", "schedule", "word"), str)


def gaps(text: str) -> set[str]:
    return meta.find_undeclared_variables(GRAMMAR.parse(text)) - {"say", "word"}


def test_both_languages_have_the_same_sentences() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", ZH)
def test_both_languages_fill_the_same_gaps(key: str) -> None:
    assert gaps(ZH[key]) == gaps(EN[key])


def asked_for() -> Iterator[re.Pattern[str]]:
    """What code and sentences ask for by key; a part filled in at run time stands for any word."""
    for path, module in MODULES.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                yield re.compile(re.escape(node.value))
            if isinstance(node, ast.JoinedStr) and path.name != "render.py":
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
                ]
                yield re.compile("".join(parts))
    for text in ZH.values():
        for call, name, more in re.findall(r"(say|word)\('([\w.]+)'( ~)?", text):
            yield re.compile(("words." if call == "word" else "") + re.escape(name) + (r"\w+" if more else ""))


KNOWN_BY_RENDER = {*(f"words.{day}" for day in WEEKDAYS), *(f"schedule.{kind}" for kind in get_args(cadence.Kind))}
# word(part.name ~ '.' ~ part.value) and word(part.label), bot/domain/digest.py; word('a' if … else 'b').
KNOWN_BY_PARTS = re.compile(r"words\.(thoughts|work|study|living|part|ask_work|group)\.\w+")


def test_every_sentence_is_used_somewhere() -> None:
    patterns = set(asked_for())
    used = {key for key in OURS if any(pattern.fullmatch(key) for pattern in patterns)}
    assert [key for key in OURS if key not in used | KNOWN_BY_RENDER and not KNOWN_BY_PARTS.fullmatch(key)] == []


def said() -> Iterator[tuple[str, set[str]]]:
    """Every answer of a handler that names its sentence: the key, and what fills it."""
    families = tuple({key.split(".")[0] + "." for key in OURS})
    for module in MODULES.values():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            key = str(call.args[0].value) if call.args and isinstance(call.args[0], ast.Constant) else ""
            given = {str(keyword.arg) for keyword in call.keywords}
            if KEY.fullmatch(key) and key.startswith(families):
                answers = isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "ask", "also")
                yield key, given if answers else gaps(ZH.get(key, ""))


def test_every_sentence_that_code_names_is_there() -> None:
    named = {key for key, _ in said()}
    assert len(named) > 60
    assert sorted(key for key in named if key not in ZH) == []


def test_every_sentence_is_given_what_it_needs() -> None:
    assert [
        (key, gaps(ZH[key]) - given) for key, given in said() if "None" not in given and gaps(ZH[key]) - given
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_message_has_a_sentence(kind: str) -> None:
    assert kind in ZH


def test_no_sentence_is_written_in_code() -> None:
    """Chinese in code is what the bot reads (lists and patterns of a module) or a remark, never what it says."""
    found = {f"{path.name}:{line}" for path, module in MODULES.items() for line in chinese_outside_lists(module)}
    assert found == set()


def chinese_outside_lists(module: ast.Module) -> Iterator[int]:
    lists = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    remarks = [node for node in ast.walk(module) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    allowed = {id(inner) for node in (*lists, *remarks) for inner in ast.walk(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and HAN.search(str(node.value)) and id(node) not in allowed:
            yield node.lineno


@pytest.mark.parametrize("key", OURS)
def test_nobody_is_ranked_scored_or_called_he_or_she(key: str) -> None:
    assert not re.search(r"(?<!其)他|她|排名|名次|排行|得分|积分|连续\s*\d*\s*[天次]|打卡|落后|榜", ZH[key])
    ours = re.sub(r"{[{%].*?[%}]}", "", EN[key], flags=re.DOTALL)
    assert not re.search(r"\b(s?he|his|hers?|him|rank\w*|scor\w+|streak\w*|leaderboard)\b", ours, re.IGNORECASE)


@pytest.mark.parametrize("key", [key for key in OURS if not key.startswith(("cli.", "start."))])
def test_chinese_is_punctuated_as_chinese(key: str) -> None:
    bare = re.sub(r"{[{%].*?[%}]}", "字", ZH[key], flags=re.DOTALL)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]|\"|\s[，。；：？！]", bare)


NO_WHOLE_ANSWER = (
    *("away.back", "report.silent", "report.line", "report.example", "report.noted", "study.excused"),
    *("mine.history_line", "skip.noted", "skip.noted_in", "skip.why_kept", "skip.why_refused", "withdraw.done"),
    "withdraw.done_in",
)
MEMBER_HEARS = (
    *(
        key
        for key in OURS
        if key.startswith(("away.", "mine.", "report.", "skip.", "study.", "until.", "withdraw.", "wordless."))
        and key not in NO_WHOLE_ANSWER
    ),
    *("consent.refused", "consent.refused_before", "consent.given", "branch.welcome", "closing.extended"),
    *("need.noted", "need.offer", "need.what", "need.no_case_words", "need.not_needed", "need.claimed"),
    *(
        "proxy.told",
        "nudging.gentle",
        "news.week",
        "writing.personal",
        "writing.notice",
        "writing.over",
        "writing.what",
    ),
    *(f"needs.{name}" for name in ("filed_under", "you_filed", "no_such_kind", "mine", "none", "not_yours", "in_hand")),
    *(f"needs.{name}" for name in ("done", "impossible", "handed", "released", "ask_again", "lapsed", "asked")),
    *(f"needs.{name}" for name in ("you_confirmed", "you_reopened", "you_added", "still_in_hand", "you_withdrew")),
    *(f"needs.{name}" for name in ("which", "over", "too_late", "branch_closed")),
    *("need.answered", "gate.too_long", "gate.refused", "gate.broken", "gate.heard_before", "help.not_read"),
)
WAY_ON = re.compile(
    r"“[^”]+”|　|再问你|到点会|会告诉你|打电话|请再发|再回一次|再说一遍|不用请假|分几次发|「{{ title }}」"
)


@pytest.mark.parametrize("key", MEMBER_HEARS)
def test_what_a_member_hears_says_how_to_go_on(key: str) -> None:
    assert WAY_ON.search(ZH[key]), ZH[key]


STEPS = "要|不用|不|确认|都|下次 两周后|yes|no|confirm|all|next in two weeks|匿名|署名|unsigned|signed"
NOW = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)
# Quoted, but not offered: what the bot calls things, and what cannot be said here.
NO_OFFER = "需要支援|support needed|want"


def offers() -> list[tuple[str, str]]:
    """Every phrase a sentence puts in quotation marks for somebody to type."""
    found = [(key, phrase) for texts in (ZH, EN) for key in OURS for phrase in re.findall(r"“([^”{]+)”", texts[key])]
    family = (
        "away.",
        "aid.",
        "branch.",
        "care.",
        "chain.",
        "closing.",
        "consent.",
        "digest.",
        "duty.",
        "gate.",
        "help.",
        "joining.",
        "language.",
        "mine.",
        "meeting.",
        "need.",
        "news.",
        "needs.",
        "nod.",
        "nudging.",
        "proxy.",
        "records.",
        "report.",
        "roll.",
        "study.",
        "whom.",
        "writing.",
        "suggestion.",
        "whisper.",
        "numbers.",
        "skip.",
        "until.",
        "withdraw.",
        "wordless.",
        "talking.",
        "talks.",
    )
    return [(key, phrase) for key, phrase in found if key.startswith(family) and re.search(r"\w", phrase)]


@pytest.mark.parametrize(("key", "phrase"), offers())
def test_every_phrase_that_is_offered_is_understood(key: str, phrase: str) -> None:
    plain = phrase.rstrip("… ")
    read_as = read(plain, "case", "closed")
    until, _ = split_span(plain, NOW, ZoneInfo("Asia/Shanghai"))
    assert find(COMMANDS, plain) or read_as.understood or until or plain in STEPS.split("|"), key


def test_a_midnight_belongs_to_the_day_it_ends() -> None:
    text = RENDERER.say("zh", "away.leave_noted", {"until": "2026-03-05T00:00+08:00"})
    assert "3月4日（周三）24:00" in text
    assert "Wed 4 Mar" in RENDERER.say("en", "away.leave_noted", {"until": "2026-03-05T00:00+08:00"})
    assert "3月5日（周四）00:30" in RENDERER.say("zh", "away.leave_noted", {"until": "2026-03-05T00:30+08:00"})
