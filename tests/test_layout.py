"""House rules no linter knows."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/*.py")])
EVERYTHING = sorted([*CODE, *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/*.py")])
SHORT_ENOUGH, LONGEST_FUNCTION = 250, 45
TABLES = {"gate_corpus.py", "reading_table.py", "config_mistakes.py"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def names(files: list[Path]) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in files]


@pytest.mark.parametrize("file", EVERYTHING, ids=names(EVERYTHING))
def test_a_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    text = file.read_text("utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= SHORT_ENOUGH or file.name in TABLES
    assert not text.strip() or ast.get_docstring(tree) or file.name == "__init__.py" or "tests" in file.parts


@pytest.mark.parametrize("file", CODE, ids=names(CODE))
def test_functions_are_short(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("file", CODE, ids=names(CODE))
def test_no_sentence_to_a_user_stands_in_code(file: Path) -> None:
    """Chinese in code is for reading what people write: a constant in capitals, or a command's `words`."""
    tree = ast.parse(file.read_text("utf-8"))
    allowed = {id(one) for place in ast.walk(tree) if _is_for_reading(place) for one in ast.walk(place)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed:
            assert not CHINESE.search(node.value), (node.lineno, node.value)


def _is_for_reading(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(isinstance(one, ast.Name) and one.id.isupper() for target in targets for one in _names(target))
    return isinstance(node, ast.keyword) and node.arg == "words"


def _names(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def test_requirement_files_are_hashed_and_name_no_registry() -> None:
    for file in ROOT.glob("requirements/*.txt"):
        text = file.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links|file:", text), file.name
    assert not list(ROOT.glob("*.lock"))


def test_links_in_the_documents_lead_somewhere() -> None:
    for file in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text("utf-8")):
            assert target.startswith(("http://", "https://")) or (file.parent / target).exists(), (file.name, target)


def test_every_module_of_the_layers_stands_on_a_floor() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    floors = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    rooms = {f"bot.{path.stem}" for path in ROOT.glob("bot/*.py") if path.stem != "__init__"}
    rooms |= {f"bot.{path.parent.name}" for path in ROOT.glob("bot/*/__init__.py")} | {"handlers"}
    assert rooms == floors


def test_every_handler_is_in_the_list() -> None:
    listed = (ROOT / "handlers" / "__init__.py").read_text("utf-8")
    for file in ROOT.glob("handlers/*.py"):
        assert file.stem == "__init__" or re.search(rf"\b{file.stem}\b", listed), file.stem
