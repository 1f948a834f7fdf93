"""Every way an admin's file can be wrong: one clear sentence each, all of them at once, and never a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.load import load, problem_lines, read
from bot.config.source import decode
from bot.errors import ConfigBroken, Unreadable
from bot.render import LANGUAGES, Renderer
from tests.unit.config_mistakes import BAD, CASE_NUMBER, GOOD, OWN_BAD

ROOT = Path(__file__).parents[2]
FILE = Path("unit.toml")
SAY = Renderer(ROOT / "templates" / "say")
EXAMPLE = (ROOT / "config.example.toml").read_bytes()


def broken(text: str) -> ConfigBroken:
    with pytest.raises(ConfigBroken) as caught:
        read(text, FILE)
    return caught.value


def spoil(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def said(wrong: ConfigBroken, language: str) -> list[str]:
    return [SAY.say(language, problem.key, facts) for problem, facts in problem_lines(wrong)]


def test_the_good_file_is_good() -> None:
    assert read(GOOD, FILE).branches["qingfeng"].members == ("chen", "li")


@pytest.mark.parametrize(("key", "old", "new"), BAD)
def test_each_mistake_is_one_problem(key: str, old: str, new: str) -> None:
    wrong = broken(spoil(old, new))
    assert [problem.key for problem, _ in problem_lines(wrong)] == [f"check.{key}"]


@pytest.mark.parametrize(("key", "old", "new"), BAD)
def test_each_problem_is_said_in_both_languages_with_its_line(key: str, old: str, new: str) -> None:
    wrong = broken(spoil(old, new))
    for language in LANGUAGES:
        (sentence,) = said(wrong, language)
        assert sentence.startswith("unit.toml")
        assert len(sentence) < 460
        assert not re.search(r"None|\n| = [。.]", sentence)


LINES = [
    ("people.chen", "status", 16, 'status = "full"', 'status = "x"'),
    ("branches.hailan", "to", 44, "to = 2026-03-20", "to = 2026-03-01"),
    ("branches.hailan", "kind", 40, 'kind = "training"\n', ""),
    ("branches.qingfeng.report", "work", 39, 'work = "closed"', 'work = "x"'),
    ("branches.qingfeng", "approval", 38, 'by = "机关党委", ', ""),
    ("limits", "prompts_per_day", 59, "prompts_per_day = 3", "prompts_per_day = 0"),
    ("", "admins", 2, '["zhou"]', '["nobody"]'),
]


@pytest.mark.parametrize(("table", "name", "line", "old", "new"), LINES)
def test_a_problem_names_its_line_table_and_key(table: str, name: str, line: int, old: str, new: str) -> None:
    ((problem, facts),) = problem_lines(broken(spoil(old, new)))
    assert (problem.table, problem.name, problem.line) == (table, name, line)
    assert facts["where"] == " ".join(filter(None, [f"unit.toml:{line}", table and f"[{table}]", name]))


def test_every_problem_is_named_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace('"zh"', '"fr"').replace('due = "20h"', "due = 20").replace('["li"]', '["ghost", 7]')
    text = text.replace("prompts_per_day = 3", "prompts_per_day = 0\nextra = 1").replace('"webchat"', '"pigeon"')
    found = [(problem.line, problem.key) for problem, _ in problem_lines(broken(text))]
    assert found == [
        (3, "check.not_choice"),
        (11, "check.not_choice"),
        (26, "check.not_text"),
        (46, "check.not_text"),
        (59, "check.number_range"),
        (60, "check.unknown_key"),
    ]


def test_an_empty_file_lacks_four_things() -> None:
    found = sorted(problem.key for problem, _ in problem_lines(broken("")))
    assert found == ["check.missing_at_top", "check.missing_at_top", "check.no_channels", "check.no_people"]


def test_what_the_gate_refuses_is_not_said_again() -> None:
    secret = f'"{CASE_NUMBER}"'
    text = GOOD.replace('"清风专班"', secret).replace("[branches.hailan]", f"[branches.{secret}]\nx = {secret}")
    text = text.replace('"all"', secret).replace("[gate]", f"[{secret}]\n[gate]").replace('"fri 15:10"', secret)
    wrong = broken(text)
    assert len(said(wrong, "zh")) == 5
    assert not any(f"{9999}刑初" in one for language in LANGUAGES for one in said(wrong, language))


def test_not_even_the_beginning_of_a_long_secret_is_said_again() -> None:
    wrong = broken(spoil('"清风专班"', f'"{"清" * 28}{CASE_NUMBER}"'))
    assert not any("2026" in one for language in LANGUAGES for one in said(wrong, language))


def test_a_database_password_is_not_said_again() -> None:
    for url in ("postgresql://bot:hunter2@db/x", "mysql://bot:hunter2@db/x", "sqlite://bot:hunter2@db"):
        wrong = broken(spoil("sqlite:data/lianxin.db", url))
        assert not any("hunter2" in one for one in said(wrong, "en"))


def test_a_thousand_dots_in_a_row_are_a_mistake_like_any_other() -> None:
    wrong = broken(GOOD.replace("[server]", ".".join("a" * 1500) + " = 1\n[server]", 1))
    assert [problem.key for problem, _ in problem_lines(wrong)] == ["check.unknown_table"]


def test_lines_are_found_behind_multi_line_values() -> None:
    text = spoil('members = ["chen", "li"]', 'members = [\n  "chen", # [limits]\n  "li",\n]')
    text = text.replace('name = "李明"', 'name = """\n李明\\\n[keep]\nwords = "x" """')
    found = [(problem.line, problem.name) for problem, _ in problem_lines(broken(text.replace('"30d"', '"x"')))]
    assert found == [(20, "name"), (69, "words")]


def test_no_sentence_is_left_that_nobody_says() -> None:
    rows = {f"check.{key}" for key, _, _ in [*BAD, *OWN_BAD]}
    whole = {
        f"check.{key}"
        for key in (
            "broken",
            "no_file",
            "unreadable",
            "damaged",
            "not_text_file",
            "no_people",
            "no_channels",
            "own_folder",
        )
    }
    whole.add("check.syntax_other")  # what a later Python may say
    for language in LANGUAGES:
        assert {key for key in SAY.keys(language) if key.startswith("check.")} == rows | whole


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"name = '\xff\xff\xff'", "check.not_text_file"),
        (b"PK\x03\x04\xff\xff\x00\x80\x81\xff", "check.not_text_file"),
        (EXAMPLE.replace("陈晓".encode(), "陈晓".encode()[:-1]), "check.damaged"),
        (EXAMPLE[:2] + b"\x00", "check.syntax_character"),
    ],
)
def test_what_is_not_text_is_said_to_be_so(tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "unit.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigBroken) as caught:
        load(file)
    assert [problem.key for problem, _ in problem_lines(caught.value)] == [key]
    assert all(str(file) in one for language in LANGUAGES for one in said(caught.value, language))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for file, key in ((tmp_path / "none.toml", "check.no_file"), (tmp_path, "check.unreadable")):
        with pytest.raises(ConfigBroken) as caught:
            load(file)
        assert [problem.key for problem, _ in problem_lines(caught.value)] == [key]
        assert str(file) in said(caught.value, "en")[0]


def explained(content: bytes) -> bool:
    """Whether it loads, or every problem of it can be said."""
    try:
        read(decode(content), FILE)
    except Unreadable as wrong:
        return wrong.key in SAY.keys("zh")
    except ConfigBroken as wrong:
        return all(said(wrong, language) and SAY.say(language, wrong.key, wrong.facts) for language in LANGUAGES)
    return True


def test_the_example_cut_off_anywhere_loads_or_is_explained() -> None:
    for end in range(0, len(EXAMPLE), 50):
        assert explained(EXAMPLE[:end])


@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_the_example_with_wrong_bytes_loads_or_is_explained(flips: list[tuple[int, int]]) -> None:
    content = bytearray(EXAMPLE)
    for place, byte in flips:
        content[place] = byte
    assert explained(bytes(content))


VALUES = ("1", "-1", "true", "[]", "{}", '""', '"x"', "2026-01-01", "inf", "[[1]]", "[{a=1}]", "07:30:00")


@given(st.integers(0, GOOD.count("\n") - 1), st.sampled_from(VALUES))
def test_any_value_of_another_type_loads_or_is_explained(number: int, value: str) -> None:
    lines = GOOD.split("\n")
    key, _, _ = lines[number].strip("[]").partition(" = ")
    assert explained("\n".join([*lines[:number], f"{key} = {value}", *lines[number + 1 :]]).encode())
