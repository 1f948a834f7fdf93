"""`lianxin plan` and `lianxin apply`, with and without a bot that runs."""

import json
import signal
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.__main__ import main
from tests.test_commands import free_port, ready, running
from tests.test_reload import BROKEN, NEW, ONE_LEFT
from tests.town import ZONE, town_with

# Commands go by the machine's own clock, so the branch has to run today.
TODAY = clock.real().astimezone(ZONE).date()
FIRST, LAST, LATER = TODAY - timedelta(days=2), TODAY + timedelta(days=30), TODAY + timedelta(days=45)
TO = (f"to = {LAST}", f"to = {LATER}")
NOW_NEW = NEW.replace("2026-03-02", str(TODAY)).replace("2026-03-20", str(LATER))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "config.toml"
    text = town_with(("from = 2026-03-02", f"from = {FIRST}"), ("to = 2026-05-29", f"to = {LAST}"))
    found.write_text(text + f'[server]\nlisten = "127.0.0.1:{free_port()}"\n', "utf-8")
    return found


def change(file: Path, *changes: tuple[str, str], more: str = "") -> None:
    """As an editor saves: a new file takes the place of the old."""
    text = file.read_text("utf-8") + more
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    new = file.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(file)


def value(file: Path, sql: str) -> object:
    path = file.parent / "data" / "lianxin.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchone()[0]


def closes(file: Path) -> object:
    return value(file, "SELECT closes FROM branch WHERE id = 'qingfeng'")


def members(file: Path) -> object:
    return value(file, "SELECT count(*) FROM membership WHERE left_at IS NULL")


def log_until(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout
    seen = ""
    while words not in seen:
        line = process.stdout.readline()
        assert line, seen
        seen += line
    return seen


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    return capsys.readouterr().out


def test_before_anything_ran_the_plan_is_how_it_begins(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "plan", str(file))
    assert "还没有启动过" in text
    assert "新增「清风专班临时党支部」：" in text
    assert "5 人，联络员周敏" in text
    assert not (file.parent / "data").exists()


def test_a_plan_beside_a_running_bot_says_what_would_change_and_changes_nothing(
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with running(file) as process:
        ready(process)
        change(file, TO)
        log_until(process, "applied anew")  # by now it has beaten, and the branch runs
        process.send_signal(signal.SIGSTOP)  # so that it does not read the file by itself
        change(file, ONE_LEFT, more=NOW_NEW)
        plan = json.loads(said(capsys, "plan", str(file), "--format", "json"))
        assert (plan["leaving"], plan["waits"]) == (4, True)
        assert {one["key"] for one in plan["what"]} == {"branch_members", "branch_new"}
        assert {one["member"] for one in plan["told"]} >= {"chen", "zhou", "wu", "li"}
        assert members(file) == 5


def test_a_saved_file_is_applied_by_itself_and_at_a_hangup(file: Path) -> None:
    with running(file) as process:
        ready(process)
        change(file, TO)
        log_until(process, "applied anew")
        assert closes(file) == str(LATER)
        change(file, BROKEN)
        said = log_until(process, "problem=check.not_choice")
        assert "problems=1" in said
        assert "config.toml:" in said
        process.send_signal(signal.SIGHUP)
        log_until(process, "problem=check.not_choice")
        assert closes(file) == str(LATER)


def test_after_a_hundred_saves_in_a_second_the_last_one_holds(file: Path) -> None:
    good = file.read_text("utf-8")
    with running(file) as process:
        ready(process)
        for number in range(100):
            file.write_text(good[: len(good) * number // 100], "utf-8")  # as an editor that empties the file first
        file.write_text(good.replace(*TO), "utf-8")
        log_until(process, "applied anew")
        assert closes(file) == str(LATER)


def test_apply_asks_the_running_bot_and_says_what_became_of_it(
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with running(file) as process:
        ready(process)
        change(file, ONE_LEFT)
        assert "还没有生效" in said(capsys, "apply", str(file), code=1)
        assert members(file) == 5
        assert "的成员：减 李明、王静、赵磊、孙悦" in said(capsys, "apply", str(file), "--yes")
        assert members(file) == 1
        assert "已经是现在的样子" in said(capsys, "apply", str(file))


def test_apply_without_a_running_bot_works_on_the_store_itself(
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with running(file) as process:
        ready(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    change(file, ONE_LEFT)
    said(capsys, "apply", str(file), code=1)
    said(capsys, "apply", str(file), "--yes")
    assert members(file) == 1


def test_apply_of_another_file_than_the_running_bot_s_is_refused(
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = file.with_name("other.toml")
    other.write_text(file.read_text("utf-8").replace(*TO), "utf-8")
    with running(file) as process:
        ready(process)
        assert main(["apply", str(other)]) == 2
        assert "config.toml，不是" in capsys.readouterr().err
        assert closes(file) == str(LAST)


def test_only_the_bot_s_own_user_can_speak_to_it(file: Path) -> None:
    with running(file) as process:
        ready(process)
        place = file.parent / "data" / "lianxin.db.sock"
        assert place.stat().st_mode & 0o077 == 0
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        assert not place.exists()
