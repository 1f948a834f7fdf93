"""Every word on a page is in templates/say, in both languages, and nothing there is left over."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from bot.web import demo, phone
from tests.web.fakes import sentences

ROOT = Path(__file__).parents[2]
PAGES = [*(ROOT / "templates" / "phone").glob("*.html"), *(ROOT / "bot" / "web").glob("*.py")]
BUILT = {
    *(f"web_try_{step}" for step in demo.STEPS_TO_TRY),
    *(f"web_quick_{reply}{end}" for reply in {*phone.QUICK_REPLIES, *phone.DUTY_REPLIES} for end in ("", "_says")),
    *demo.SPOKEN_BY_SCRIPT,
    *phone.SPOKEN_BY_SCRIPT,
}


def used() -> set[str]:
    return {key for path in PAGES for key in re.findall(r"""["'](web_\w*[a-z])["']""", path.read_text("utf-8"))} | BUILT


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_used_is_there_and_no_other(language: str) -> None:
    assert set(sentences(language)) == used()


@pytest.mark.parametrize("key", sorted(sentences("zh")))
def test_both_languages_fill_the_same_gaps(key: str) -> None:
    gaps = [meta.find_undeclared_variables(Environment().parse(sentences(each)[key])) for each in ("zh", "en")]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "phone").glob("*.html")), ids=lambda path: path.name)
def test_no_page_has_words_of_its_own(path: Path) -> None:
    bare = re.sub(r"{[{%].*?[%}]}|<[^>]*>|&\w+;", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"[^\W\d_]", bare), bare


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "web" / "static").glob("*.js")), ids=lambda path: path.name)
def test_no_script_says_a_word_of_its_own_or_writes_html(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"[\u4e00-\u9fff]", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
