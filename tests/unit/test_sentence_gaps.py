"""Every fact a sentence shows in one language it shows in the other too, however deep inside it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from bot.render import Renderer

RENDERER = Renderer(Path(__file__).parents[2] / "templates" / "say")
ZH, EN = RENDERER.keys("zh"), RENDERER.keys("en")
GRAMMAR = Environment(autoescape=True)
GRAMMAR.filters |= dict.fromkeys(("day", "moment", "until", "days_after", "schedule", "word"), str)
NO_FACT = ("say", "word", "loop", "?[]")  # given by render.py, or a list written into the sentence
Bound = Mapping[str, str]


def shown(text: str) -> set[str]:
    """Every fact that is looked at, by its path: `needs[].who` for what a loop over `needs` shows of each."""
    return {path for path in _paths(GRAMMAR.parse(text), {}) if path.split(".")[0] not in NO_FACT}


def _paths(node: nodes.Node, bound: Bound) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _paths(node.iter, bound)
        assert isinstance(node.target, nodes.Name)
        inner = {**bound, node.target.name: f"{_path(node.iter, bound)}[]"}
        children = [*node.body, *node.else_, *([node.test] if node.test else [])]
    else:
        inner, children = bound, list(node.iter_child_nodes())
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            yield _path(node, bound)
    for child in children:
        yield from _paths(child, inner)


def _path(node: nodes.Node, bound: Bound) -> str:
    match node:
        case nodes.Name():
            return bound.get(node.name, node.name)
        case nodes.Getattr():
            return f"{_path(node.node, bound)}.{node.attr}"
        case nodes.Getitem():
            return f"{_path(node.node, bound)}[]"
        case nodes.Filter() if node.node is not None:
            return _path(node.node, bound)
        case _:
            return "?"


@pytest.mark.parametrize("key", ZH)
def test_both_languages_show_the_same_facts(key: str) -> None:
    assert shown(ZH[key]) == shown(EN[key])


LOOP = "{% for one in a.needs if one.by %}{% if one.late %}{{ one.who | upper }}{% endif %}{% endfor %}"
NESTED = "{% if a %}" + LOOP + "{% endif %}"


@pytest.mark.parametrize("lost", ["{{ one.who | upper }}", " if one.by", "{% if one.late %}"])
def test_what_is_lost_deep_inside_is_noticed(lost: str) -> None:
    cut = NESTED.replace(lost, "", 1)
    cut = cut.replace("{% endif %}", "", 1) if "late" in lost else cut
    assert shown(NESTED) == {"a", "a.needs", "a.needs[]", "a.needs[].by", "a.needs[].late", "a.needs[].who"}
    assert len(shown(NESTED) - shown(cut)) == 1


# What shows an admin how a gap is written has braces of its own.
SHOWS_BRACES = ("web.", "check.own_", "overrides.", "cli.help_sentences")


@pytest.mark.parametrize("key", [key for key in ZH if not key.startswith(SHOWS_BRACES)])
def test_a_gap_is_never_written_with_one_brace(key: str) -> None:
    """`{ name }` would be said as it stands."""
    for text in (ZH[key], EN[key]):
        bare = re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.DOTALL)
        assert not re.search(r"{\s*[a-z_.]+\s*}|{{|}}|{%|%}", bare), text
