"""“？” and what it leads to offer only what the bot understands."""

import re

import pytest

from bot.domain.reading import read
from bot.flow.router import find
from bot.render import SENTENCES, Renderer
from handlers import COMMANDS
from handlers.help import DUTY_TOPICS, MEMBER_TOPICS

RENDERER = Renderer(SENTENCES)
TOPICS = {f"help.topic_{name}" for name in (*MEMBER_TOPICS, *DUTY_TOPICS)}
HELP = ["help.member", "help.duty", "help.home", *sorted(TOPICS)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", HELP)
def test_help_offers_only_what_is_understood(language: str, key: str) -> None:
    """What stands before the gap, in its several forms; “more” names the topics."""
    first, *lines = RENDERER.say(language, key, {"kind": "case", "homes": ["第一党支部"]}).strip().split("\n")
    assert lines or first
    for said in (re.sub(r"^(?:细说：|More: )", "", line) for line in lines):
        for phrase in re.split(r"；|; | / ", re.split(r"　| = |: ", said)[0]):
            plain = phrase.rstrip(" …")
            assert find(COMMANDS, plain) or read(plain, "case", "closed").understood, plain


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", HELP)
def test_every_line_fits_a_phone_and_every_topic_a_screen(language: str, key: str) -> None:
    lines = RENDERER.say(language, key, {"kind": "case", "homes": ["第一党支部"]}).strip().split("\n")
    assert len(lines) <= 11
    assert max(map(len, lines)) <= (40 if language == "zh" else 90)


def test_every_topic_has_its_lines_and_is_named_where_it_is_offered() -> None:
    assert {key for key in RENDERER.keys("zh") if key.startswith("help.topic_")} == TOPICS
    for language, mark in (("zh", "？"), ("en", "? ")):
        for side, topics in (("member", MEMBER_TOPICS), ("duty", DUTY_TOPICS)):
            told = RENDERER.say(language, f"help.{side}", {"kind": "case"}).strip().split("\n")[-1]
            offered = [one.strip() for one in re.findall(rf"{re.escape(mark)}([^；;]+)", told)]
            assert offered
            assert all(any(one in words for words in topics.values()) for one in offered)
