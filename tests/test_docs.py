"""README and the admin's handbook, in both languages: they fit the program, and each other."""

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.commands.terminal import Terminal
from bot.config.load import read
from tests.test_deploy import understood

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
HANDBOOKS = (ROOT / "docs" / "admin.md", ROOT / "docs" / "admin.zh.md")
DOCUMENTS = (*READMES, *HANDBOOKS)
OURS = re.compile(r"(?:\./)?lianxin (?=[a-z-])(.*)")
named = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


def fences(document: Path, kind: str = "") -> list[str]:
    """The blocks of a document, without what indents them."""
    found = re.findall(r"^( *)```(\w*)\n(.*?)^ *```$", document.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    blocks = [(indent, block) for indent, named, block in found if named == kind]
    return ["\n".join(line.removeprefix(indent) for line in block.splitlines()) for indent, block in blocks]


def commands(document: Path) -> list[str]:
    """Each command line of ours, in a block of its own or in a sentence; tables of commands are forms, not lines."""
    text = "\n".join(line for line in document.read_text("utf-8").splitlines() if not line.startswith("| `"))
    lines = [line for fence in fences(document) for line in fence.splitlines()] + re.findall(r"`([^`\n]+)`", text)
    return [found[1] for line in lines if (found := OURS.fullmatch(line))]


def verbs() -> list[str]:
    """As `lianxin --help` has them."""
    return re.findall(r"^    ([a-z-]+)", parser(Terminal()).format_help(), re.MULTILINE)


def test_both_languages_offer_the_same_commands() -> None:
    for pair in (READMES, HANDBOOKS):
        one, other = ([line.split()[0] for line in commands(document)] for document in pair)
        assert len(one) > 8
        assert one == other


@named
def test_a_document_offers_only_commands_there_are(document: Path) -> None:
    for line in commands(document):
        if line not in verbs():  # named in a sentence, without what follows it
            understood(shlex.split(line))


@pytest.mark.parametrize("document", READMES, ids=lambda document: document.name)
def test_the_table_of_commands_is_whole_and_in_the_order_of_the_help(document: Path) -> None:
    rows = re.findall(r"^\| `lianxin ([a-z-]+)", document.read_text("utf-8"), re.MULTILINE)
    assert list(dict.fromkeys(rows)) == verbs()  # import has a row for each thing it takes in


def test_both_handbooks_have_the_same_chapters() -> None:
    """As many, of the same depth, in the same order, with as many blocks, rows and points in each."""
    shapes: list[list[tuple[int, ...]]] = []
    for document in HANDBOOKS:
        chapters = re.split(r"^(?=#+ .)", document.read_text("utf-8"), flags=re.MULTILINE)[1:]
        marks = ("```", "\n| ", "\n- ")
        shapes.append([(len(one) - len(one.lstrip("#")), *map(one.count, marks)) for one in chapters])
    assert len(shapes[0]) > 10
    assert shapes[0] == shapes[1]


@named
def test_a_file_that_is_shown_would_be_read(document: Path) -> None:
    """With the people of the roster in it, where it names one."""
    for shown in fences(document, "toml"):
        if "[branches." not in shown:
            continue
        people = "\n".join(f'{one} = {{ name = "陈晓{one}" }}' for one in ("1009", "1010", "1011"))
        text = shown.replace('[roster]\nfile = "members.xlsx"', f"[people]\n{people}")
        if text != shown:
            text = re.sub(r"^(kind     =)", r'members  = ["1010"]\n\1', text, flags=re.MULTILINE)
        assert read(text, document).branches


@named
def test_a_link_to_a_file_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8"))
    assert len(targets) > 2
    assert [one for one in targets if not (document.parent / one).exists()] == []


def test_the_handbook_quotes_what_is_said() -> None:
    """Each sentence of the last table stands in templates/say, but for what fills it."""
    for document, language in zip(HANDBOOKS, ("en", "zh"), strict=True):
        said = "\n".join(file.read_text("utf-8") for file in (ROOT / "templates" / "say" / language).glob("*.toml"))
        rows = re.findall(r"^\| ([^|]+) \|", document.read_text("utf-8").split("\n## ")[-1], re.MULTILINE)
        quoted = [text for row in rows for text in re.findall(r"“([^”]+)”", row)]
        assert len(quoted) > 5
        parts = [part for text in quoted for part in re.split(r" ?…+ ?|\bN\b| N |2027", text)]
        assert [part for part in parts if part.strip(" ，：:") not in said] == []
