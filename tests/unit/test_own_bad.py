"""Every way a unit's own sentences can be wrong: one clear sentence each, all at once, and never a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config.load import problem_lines
from bot.errors import ConfigBroken
from bot.render import LANGUAGES, SENTENCES, Renderer
from bot.wording import checked
from tests.unit.config_mistakes import CASE_NUMBER, GOOD, OWN_BAD

SAY = Renderer(SENTENCES)
GOOD_FILE = 'noted = "收到：{{ line }}"\n"also_asked" = """\n「{{ branch }}」也在等。\n"""\n'.encode()


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    (tmp_path / "unit.toml").write_text(GOOD, "utf-8")
    return tmp_path / "unit.toml"


def put(unit: Path, file: str, content: str | bytes, folder: str = "sentences") -> Path:
    path = unit.parent / folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def wrong(unit: Path) -> ConfigBroken:
    with pytest.raises(ConfigBroken) as caught:
        checked(unit, SENTENCES)
    return caught.value


def said(broken: ConfigBroken, language: str) -> list[str]:
    return [SAY.say(language, problem.key, facts) for problem, facts in problem_lines(broken)]


@pytest.mark.parametrize(("key", "file", "text"), OWN_BAD, ids=[f"{key}{at}" for at, (key, *_) in enumerate(OWN_BAD)])
def test_each_mistake_is_one_problem_said_in_both_languages_with_its_place(
    unit: Path, key: str, file: str, text: str
) -> None:
    put(unit, file, text)
    broken = wrong(unit)
    assert [problem.key for problem, _ in problem_lines(broken)] == [f"check.{key}"]
    for language in LANGUAGES:
        (sentence,) = said(broken, language)
        place = unit.parent / "sentences" / ("cn" if file.startswith("cn") else file)
        assert sentence.startswith(str(place))
        assert len(sentence) < 560 + len(str(place))
        assert not re.search(r"None|\n", sentence)


def test_every_problem_of_the_file_and_of_the_folder_is_named_at_once(unit: Path) -> None:
    unit.write_text(GOOD.replace('"case"', '"cace"').replace('name = "', 'sentences = "own"\nname = "', 1), "utf-8")
    put(unit, "zh/report.toml", 'notd = "x"\nline = "x"\n\nnoted = "{{ lin }} {{ x }}"\n', "own")
    put(unit, "en/away.toml", 'back = ""\n', "own")
    found = [(facts["where"], problem.key) for problem, facts in problem_lines(wrong(unit))]
    assert [key for _, key in found] == [
        *("check.not_choice", "check.own_empty", "check.own_key_like", "check.own_lays_out"),
        *("check.own_name_like", "check.own_name"),
    ]
    assert found[-1][0] == f"{unit.parent / 'own' / 'zh' / 'report.toml'}:4 noted"


def test_a_folder_that_is_named_must_be_there_and_the_usual_one_need_not(unit: Path) -> None:
    assert checked(unit, SENTENCES)[1].tried == ()
    for name in ("wording", "unit.toml", "w" * 300):
        unit.write_text(f'sentences = "{name}"\n' + GOOD, "utf-8")
        broken = wrong(unit)
        assert [problem.key for problem, _ in problem_lines(broken)] == ["check.own_folder"]
        assert all(one.startswith(f"{unit} sentences") for language in LANGUAGES for one in said(broken, language))


def test_what_may_be_written_is_listed(unit: Path) -> None:
    put(unit, "zh/away.toml", 'postponed = "{{ when.x }}"\nback = "{{ x }}"')
    first, second = said(wrong(unit), "zh")
    assert "可以写的有 {{ until }}" in first
    assert "请只写文字" in second


def test_what_the_gate_refuses_is_not_said_again(unit: Path) -> None:
    secret = f'"{CASE_NUMBER}"'
    put(unit, "zh/away.toml", f'{secret} = "x"\nback = "{{{{ {CASE_NUMBER} }}}}"\nno_branch = [{secret}]')
    put(unit, f"zh/{CASE_NUMBER}.toml", "x = 1")
    broken = wrong(unit)
    told = [problem.facts for problem, _ in problem_lines(broken)]
    assert len(told) == 4
    assert "刑初" not in repr([(problem.name, problem.facts) for problem, _ in problem_lines(broken)])


def test_a_secret_is_found_even_where_the_sample_itself_has_a_word_of_the_units(unit: Path) -> None:
    unit.write_text(GOOD.replace("青松*", "清风*").replace('"清风专班"', '"海风专班"'), "utf-8")
    put(unit, "zh/branch.toml", 'left = "{{ branch_name }}"')
    assert len(checked(unit, SENTENCES)[1].tried) == 1
    put(unit, "zh/branch.toml", f'left = "{{{{ branch_name }}}} {CASE_NUMBER}"')
    assert [problem.key for problem, _ in problem_lines(wrong(unit))] == ["check.own_secret"]


@pytest.mark.parametrize("name", [".report.toml.swp", "~$report.toml", "report.toml~", "report.toml.bak", "notes.md"])
def test_what_editors_leave_beside_a_file_is_no_mistake(unit: Path, name: str) -> None:
    put(unit, f"zh/{name}", b"\xff\x00")
    put(unit, "zh/away.toml", 'back = "x"')
    assert len(checked(unit, SENTENCES)[1].tried) == 1


def test_a_folder_where_a_file_should_be_and_a_file_that_is_no_text_are_no_traceback(unit: Path) -> None:
    (unit.parent / "sentences" / "zh" / "away.toml").mkdir(parents=True)
    put(unit, "zh/help.toml", b"PK\x03\x04\xff\xff\x00\x80\x81\xff")
    assert [problem.key for problem, _ in problem_lines(wrong(unit))] == ["check.not_text_file"]


def explained(unit: Path, content: bytes) -> bool:
    """Whether it can be used, or every problem of it can be said."""
    put(unit, "zh/report.toml", content)
    try:
        checked(unit, SENTENCES)
    except ConfigBroken as broken:
        return all(said(broken, language) for language in LANGUAGES)
    return True


def test_a_file_cut_off_anywhere_can_be_used_or_is_explained(unit: Path) -> None:
    for end in range(len(GOOD_FILE) + 1):
        assert explained(unit, GOOD_FILE[:end])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("{}|%# .()[]_'\"linebranch\n\\｛\x00"), max_size=60))
def test_anything_at_all_in_a_sentence_can_be_used_or_is_explained(unit: Path, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x00", "\\u0000")
    assert explained(unit, f'also_asked = "{escaped}"'.encode())
