"""The handbooks of members and of liaison officers: what they say can be said is understood, and one screen is one."""

import re
from pathlib import Path

import pytest

from bot.domain.reading import read
from bot.flow.router import find
from handlers import COMMANDS

DOCS = Path(__file__).parent.parent / "docs"
SHELL = ("lianxin ", "make ", "sentences/")
NAMED = [
    (file.name, phrase)
    for file in (*DOCS.glob("members*.md"), *DOCS.glob("liaison*.md"))
    for phrase in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.DOTALL))
    if not phrase.startswith(SHELL)
]


@pytest.mark.parametrize(("name", "phrase"), sorted(set(NAMED)))
def test_what_a_handbook_offers_is_understood(name: str, phrase: str) -> None:
    plain = phrase.rstrip("… ")
    assert find(COMMANDS, plain) or read(plain, "case", "closed").understood, name


def test_every_handbook_offers_most_of_what_can_be_said() -> None:
    for ending in (".md", ".zh.md"):
        offered = [phrase for name, phrase in NAMED if name in (f"members{ending}", f"liaison{ending}")]
        known = {found.command.name for one in offered if (found := find(COMMANDS, one.rstrip("… ")))}
        assert len(known) > 50


@pytest.mark.parametrize("name", ["members.md", "members.zh.md"])
def test_what_members_have_to_know_is_one_phone_screen(name: str) -> None:
    screen = (DOCS / name).read_text("utf-8").split("\n## ")[0].strip().split("\n")
    assert len(screen) <= 28
