"""Transcripts in the handbooks are what the program says. `python -m tests.docs_talks` writes them anew.

In a handbook `<!-- talk: ways: Title of the talk -->` is followed by a fenced block: the talk of tests/talks/ways.talk,
as it is heard. tests/test_docs_talks.py holds each block current.
"""

import asyncio
import re
import tomllib
from pathlib import Path

from tests.talking import TALKS, Said, Talk, play_talk, talks

ROOT = Path(__file__).parent.parent
PLACE = re.compile(r"<!-- talk: ([^\n]+?) -->\n```text\n(.*?)```\n", re.DOTALL)
BOT = {"zh": "连心", "en": "Lianxin"}
ARROW = "→"


def handbooks() -> list[Path]:
    return [file for file in sorted(ROOT.glob("docs/*.md")) if "<!-- talk: " in file.read_text("utf-8")]


def talks_by_title() -> dict[str, Talk]:
    return {f"{talk.file}: {talk.title}": talk for talk in talks()}


def written_anew(file: Path) -> str:
    """The handbook with each of its transcripts as it is now. Raises KeyError for a talk that is not there."""
    text, known = file.read_text("utf-8"), talks_by_title()
    for found in PLACE.finditer(text):
        block = transcript(asyncio.run(play_talk(known[found[1]])), "zh" if ".zh." in file.name else "en")
        text = text.replace(found[0], f"<!-- talk: {found[1]} -->\n```text\n{block}```\n")
    return text


def transcript(said: list[Said], language: str) -> str:
    """Who said what, a block a message; `→` names to whom the bot speaks by itself."""
    people = tomllib.loads((TALKS / "office.toml").read_text("utf-8"))["people"]
    names = {id_: one["name"] for id_, one in people.items()}
    lines: list[str] = []
    spoke = ""
    for one in said:
        if one.hour:
            lines.append(f"—— {one.hour} ——")
        elif one.speaker:
            lines.append(f"{names[one.speaker]}: {_indented(one.text)}")
        else:
            to = "" if one.to == spoke else f" {ARROW} {names[one.to]}"
            lines.append(f"{BOT[language]}{to}: {_indented(one.text)}")
        spoke = one.speaker
    return "".join(f"{line}\n" for line in lines)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def main() -> None:
    for file in handbooks():
        file.write_text(written_anew(file), "utf-8")


if __name__ == "__main__":
    main()
