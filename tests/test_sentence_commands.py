"""`lianxin check` and `lianxin sentences`, as an admin who rewords sentences calls them."""

import tomllib
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config.load import load
from bot.render import SENTENCES
from bot.wording import renderer_for
from tests.test_commands import free_port, ready, running
from tests.town import TOWN


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (tmp_path / "config.toml").write_text(TOWN, "utf-8")
    (tmp_path / "sentences" / "zh").mkdir(parents=True)
    return tmp_path / "config.toml"


def put(file: Path, text: str) -> None:
    (file.parent / "sentences" / "zh" / "report.toml").write_text(text, "utf-8")


def test_check_shows_each_sentence_beside_the_shipped_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(file, 'noted = "收到：{{ line }}"')
    assert main(["check", str(file), "--show-sentences"]) == 0
    said = capsys.readouterr().out
    assert "共 1 句，都能用" in said
    assert "report.toml:1 report.noted\n　原来：已改（清风专班临时党支部）：思想稳定" in said
    assert "　现在：收到：思想稳定，办案节点紧张" in said
    assert main(["check", str(file)]) == 0
    assert "现在：" not in capsys.readouterr().out


def test_check_refuses_a_broken_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(file, 'noted = "{{ x.__class__ }}"')
    assert main(["check", str(file)]) == 2
    assert "report.toml:1 noted：" in capsys.readouterr().err


def test_check_minds_replies_that_cannot_be_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(file, 'reminder = "请回“收到请回复”，或回“1”，或回“请假 3天”，或回“稍后”。"')
    assert main(["check", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.count("读不懂") == 1
    assert "“收到请回复”" in said


def test_check_minds_a_party_branch_by_name(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(file, 'reminder = "党支部等你的回答，回“1”就好。"\nno_previous = "回“1”就好。"\nleft_out = "没记。"')
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out.count("学习联络群") == 1


def test_run_goes_on_where_check_refuses(file: Path) -> None:
    put(file, 'noted = "{{ x }}"\nalso_asked = "「{{ branch }}」也在等。"')
    renderer = renderer_for(load(file), file, SENTENCES)
    assert renderer.say("zh", "report.also_asked", {"branch": "甲"}) == "「甲」也在等。"
    assert [one.about for one in renderer.own.news()] == [f"{file.parent / 'sentences' / 'zh' / 'report.toml'}:1 noted"]


def test_run_starts_with_a_broken_sentence_and_logs_where_it_stands(file: Path) -> None:
    file.write_text(f'{TOWN}\n[server]\nlisten = "127.0.0.1:{free_port()}"\n', "utf-8")
    put(file, 'noted = "{{ x }}"')
    with running(file) as process:
        assert "report.toml:1 noted problem=check.own_name" in ready(process)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_can_be_reworded_is_listed_ready_to_copy(
    file: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["sentences", "report", "--language", language]) == 0
    said = capsys.readouterr().out
    live = [line[1:] for line in said.split("\n") if line.startswith("#") and line[1:2] != " "]
    given = {name: text for name, text in tomllib.loads("\n".join(live)).items() if text}
    assert "reminder" in given
    assert "{{ line }}" in said
    put(file, "\n".join(line for line in live if not line.endswith(' ""')))
    capsys.readouterr()
    assert main(["check", str(file)]) == 0
    assert f"共 {len(given)} 句" in capsys.readouterr().out


def test_a_family_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences", "weather"]) == 2
    assert "weather" in capsys.readouterr().err
