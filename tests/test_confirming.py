"""lianxin confirm: the first messages over a real channel may go, said at the machine; and a trial with admins only."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.channels.wecom_town import on_wecom, secrets_in
from tests.simulators.wecom import Corp

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    secrets_in(monkeypatch, Corp())
    found = tmp_path / "config.toml"
    found.write_text(on_wecom("https://wecom.invalid"), "utf-8")
    return found


def test_it_is_said_once_and_kept(file: Path, capsys: Capture) -> None:
    assert main(["confirm", str(file)]) == 0
    assert "从现在起对外发消息（wecom）" in capsys.readouterr().out
    assert main(["confirm", str(file)]) == 0
    assert "没有等待确认" in capsys.readouterr().out
    with closing(sqlite3.connect(file.parent / "data" / "lianxin.db")) as database:
        (kept,) = database.execute("SELECT count(*) FROM setting WHERE name = 'sending:wecom'").fetchone()
    assert kept == 1


def test_it_needs_no_secret(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "TOKEN", "AES_KEY"):
        monkeypatch.delenv(f"WECOM_{name}")
    assert main(["confirm", str(file)]) == 0
    assert main(["apply", str(file)]) == 0


def test_a_file_that_is_broken_is_told_as_ever(file: Path, capsys: Capture) -> None:
    file.write_text("name = ", "utf-8")
    assert main(["confirm", str(file)]) == 2
    assert "config.toml" in capsys.readouterr().err
