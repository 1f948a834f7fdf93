"""Every sentence that can be reworded has samples, is filled with all that may be placed in it, and reads as meant."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta

from bot.config.catalogue import FORMS, Catalogue
from bot.config.load import read
from bot.config.model import Config
from bot.config.sentences import read_folder
from bot.domain.gate import Words, scan
from bot.domain.placeholders import Lines, Place, places, split
from bot.errors import Unreadable
from bot.flow.kinds import KINDS
from bot.overrides import PIECE, Overrides, Own, filled
from bot.render import LANGUAGES, SENTENCES, Renderer
from bot.wording import Wording, read_wording
from tests.town import TOWN

SHIPPED = Renderer(SENTENCES)
CATALOGUE = Catalogue({language: SHIPPED.keys(language) for language in LANGUAGES})
KEYS = CATALOGUE.own()
BOTH = [(language, key) for language in LANGUAGES for key in KEYS]
REWORDED = [(language, key) for language, key in BOTH if not CATALOGUE.lays_out(key)]
GRAMMAR = Environment(autoescape=True)
GRAMMAR.filters |= dict.fromkeys(("day", "moment", "until", "days_after", "schedule", "word"), str)


def gaps(key: str) -> set[str]:
    return meta.find_undeclared_variables(GRAMMAR.parse(SHIPPED.keys("zh")[key])) - {"say", "word"}


@pytest.mark.parametrize(("language", "key"), BOTH)
def test_every_sentence_has_samples_that_fill_it_with_and_without_what_may_be_empty(language: str, key: str) -> None:
    for sample in CATALOGUE.samples(key):
        text = SHIPPED.say(language, key, sample)
        assert text
        assert not scan(text)


def test_no_sample_and_no_rule_is_left_over() -> None:
    rules: dict[str, Any] = CATALOGUE._rules  # pyright: ignore[reportPrivateUsage]
    used = {name for key in KEYS for name in gaps(key)}
    assert set(rules["samples"]) == used - {"answer", "claim", "several"}
    assert {*rules["samples_of"], *rules["pieces"], *rules["must"], *rules["empty"]} <= {*KEYS, "*"}
    assert {key for key in rules["fixed"] if key not in SHIPPED.keys("zh")} == set()


def test_what_must_be_placed_may_be_placed() -> None:
    for key in KEYS:
        assert set(CATALOGUE.must(key)) <= set(CATALOGUE.places(key)), key


def test_a_piece_needs_no_more_than_its_sentence_has_and_is_called_like_nothing_else() -> None:
    for key in KEYS:
        pieces = {name for name, forms in CATALOGUE.places(key).items() if forms == (PIECE,)}
        assert not pieces & gaps(key), key
        assert {gap for piece in pieces for gap in gaps(f"pieces.{piece}")} <= gaps(key), key


def test_every_piece_is_placed_somewhere() -> None:
    placed = {name for key in KEYS for name, forms in CATALOGUE.places(key).items() if forms == (PIECE,)}
    assert placed == set(CATALOGUE.keys("pieces")) - {"listed"}


def test_all_that_is_said_in_a_chat_can_be_reworded_but_bulletins_and_what_is_said_to_admins() -> None:
    closed = {kind for kind in KINDS if kind not in KEYS}
    assert {kind.partition(".")[0] for kind in closed} == {
        "apply",
        "backup",
        "bulletin",
        "channel",
        "group_chat",
        "overrides",
        "sending",
    }


def with_everything(key: str) -> str:
    """Each place of a sentence in each form it may have."""
    forms = [(name, form) for name, each in CATALOGUE.places(key).items() for form in {"", *each} - {PIECE}]
    return "句：\n" + "\n".join(f"{{{{ {name} | {form} }}}}" if form else f"{{{{ {name} }}}}" for name, form in forms)


def read_own(folder: Path, language: str, texts: dict[str, str]) -> Wording:
    for key, text in texts.items():
        family, _, name = key.partition(".")
        file = folder / "sentences" / language / f"{family}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as end:
            end.write(f'"{name}" = """\n{text}\n"""\n')
    return read_wording(config(), folder / "config.toml", SENTENCES)


def config() -> Config:
    return read(TOWN, Path("config.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_reworded_with_all_that_may_be_placed_in_it(tmp_path: Path, language: str) -> None:
    texts = {key: with_everything(key) for key in KEYS if not CATALOGUE.lays_out(key)}
    wording = read_own(tmp_path, language, texts)
    assert wording.problems == []
    renderer = wording.spoken(SENTENCES)
    for key in texts:
        for sample in CATALOGUE.samples(key):
            assert renderer.say(language, key, sample).startswith("句："), key
    assert renderer.own.news() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_sentence_of_simple_places_reads_the_same_as_ones_own(tmp_path: Path, language: str) -> None:
    texts = {key: SHIPPED.keys(language)[key] for key in KEYS if simple(SHIPPED.keys(language)[key])}
    assert len(texts) > 120
    wording = read_own(tmp_path, language, texts)
    assert wording.problems == []
    assert len(wording.tried) == len(texts)
    for one in wording.tried:
        assert one.text == SHIPPED.say(language, one.written.key, one.sample)


def simple(text: str) -> bool:
    try:
        return bool(split(text))
    except Unreadable:
        return False


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("report.noted", "收到：{{line}}\n{{ early_note }}\n再见", "收到：思想稳定\n再见"),
        ("report.noted", "一\n\n{{ line }}", "一\n\n思想稳定"),
        ("report.noted", "{{ line }}{{ early_for }}{{ early_for | day }}", "思想稳定"),
        ("words.thoughts.steady", "平稳", "平稳"),
        ("report.noted", "{{ line }} 100%，<b> #1 \\ $name %s", "思想稳定 100%，<b> #1 \\ $name %s"),
    ],
)
def test_it_reads_as_it_was_written(key: str, text: str, said: str) -> None:
    facts = {"parts": [{"name": "thoughts", "label": "part.thoughts", "value": "steady", "words": ""}]}
    own = Renderer(SENTENCES, Overrides({"zh": {key: Own(ready(key, text), "here:1")}}))
    assert own.say("zh", key, {**facts, "early_for": None, "late": False, "amended": False, "branch": ""}) == said


def ready(key: str, text: str) -> Lines:
    known = CATALOGUE.places(key)
    return tuple(
        tuple(Place(part.name, part.form or known[part.name][0]) if isinstance(part, Place) else part for part in line)
        for line in split(text)
    )


def test_a_word_of_ones_own_is_said_inside_shipped_sentences_and_a_form_of_ones_own_in_dates(tmp_path: Path) -> None:
    texts = {"words.thoughts.steady": "平稳", "words.day_form": "{{ month }}.{{ day }}", "words.wed": "三"}
    renderer = read_own(tmp_path, "zh", texts).spoken(SENTENCES)
    part = {"name": "thoughts", "label": "part.thoughts", "value": "steady", "words": ""}
    assert renderer.say("zh", "report.line", {"parts": [part]}) == "思想平稳"
    assert "到3.4 18:00" in renderer.say("zh", "away.leave_noted", {"until": "2026-03-04T18:00+08:00"}).replace(
        "18", " 18"
    )
    assert renderer.say("en", "report.line", {"parts": [part]}) == "Thoughts steady"


def test_a_sentence_that_broke_is_not_tried_again_until_the_folder_is_read_anew() -> None:
    overrides = Overrides({"zh": {"report.left_out": Own(ready("away.postponed", "{{ until }}"), "here:1")}})
    renderer = Renderer(SENTENCES, overrides)
    assert "没看懂" in renderer.say("zh", "report.left_out")
    assert "没看懂" in renderer.say("zh", "report.left_out", {"until": "2026-03-04T18:00+08:00"})
    assert [one.facts["place"] for one in overrides.news()] == ["until"]


def test_a_name_with_a_dot_may_stand_with_or_without_quotation_marks(tmp_path: Path) -> None:
    read_own(tmp_path, "zh", {"words.thoughts.steady": "平稳"})
    with (tmp_path / "sentences" / "zh" / "words.toml").open("a", encoding="utf-8") as end:
        end.write('work.tight = "很忙"\n[living]\nwell = "好"\n')
    wording = read_wording(config(), tmp_path / "config.toml", SENTENCES)
    assert {one.written.key: one.written.line for one in wording.tried} == {
        "words.thoughts.steady": 1,
        "words.work.tight": 4,
        "words.living.well": 6,
    }


def test_what_a_member_wrote_is_never_read_as_a_place() -> None:
    own = Own(ready("need.answered", "{{ by }}：{{ words }}"), "here:1")
    renderer = Renderer(SENTENCES, Overrides({"zh": {"need.answered": own}}))
    facts = {"number": 1, "by": "{{ words }}", "words": "{{ by }} {% raw %} {{ x.__class__ }}"}
    assert renderer.say("zh", "need.answered", facts) == "{{ words }}：{{ by }} {% raw %} {{ x.__class__ }}"


class Trap:
    """Something that would tell, were it looked into or called."""

    def __str__(self) -> str:
        raise AssertionError


@pytest.mark.parametrize("value", [Trap(), True, {"a": 1}, 1.5, [Trap()], object, ["x", {}]])
def test_anything_but_text_and_numbers_is_no_filling(value: object) -> None:
    for form in ("", "join", "day", "moment"):
        with pytest.raises(Unreadable) as caught:
            filled(((Place("x", form),),), {"x": value}, SHIPPED.voice("zh"))
        assert caught.value.facts == {"place": "x"}


@given(st.text(st.sampled_from("{}｛｝|. ab\n%"), max_size=40))
def test_a_text_splits_into_words_without_braces_and_places_or_is_refused(text: str) -> None:
    try:
        lines = split(text)
    except Unreadable:
        assert set(text) & set("{}｛｝")
        return
    words = [part for line in lines for part in line if isinstance(part, str)]
    assert not set("".join(words)) & set("{}｛｝")
    assert text.count("{{") == len(list(places(lines)))


def test_every_form_is_one_the_catalogue_knows() -> None:
    assert {form for forms in FORMS.values() for form in forms} == {"", "day", "moment", "until", "schedule", "join"}


def test_a_folder_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    written, problems = read_folder(tmp_path / "none", CATALOGUE, Words())
    assert (written, [one.key for one in problems]) == ([], ["check.unreadable"])
