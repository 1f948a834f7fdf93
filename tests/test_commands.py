"""The `lianxin` command, as an admin calls it."""

import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path

import pytest

from bot.__main__ import ROOMS, main, parser
from bot.channels.base import Capabilities
from bot.clock import RunningClock
from bot.commands.running import refuse_real_channels
from bot.commands.terminal import Terminal
from bot.errors import CannotStart
from bot.message import Outgoing, Sent
from tests.town import TOWN, town

CHECKOUT = Path(__file__).parent.parent
PLAIN = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LANG": "zh_CN.UTF-8"}


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    text = f'\n[server]\nlisten = "127.0.0.1:{free_port()}"\n'
    file.write_text(TOWN + text, "utf-8")
    return file


def port_of(file: Path) -> str:
    found = re.search(r":(\d+)\"", file.read_text("utf-8"))
    assert found
    return found[1]


@contextmanager
def running(file: Path, *words: str) -> Generator["subprocess.Popen[str]", None, None]:
    command = [sys.executable, "-m", "bot", "run", "--config", str(file), *words]
    with subprocess.Popen(command, env=PLAIN, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ready(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    seen = ""
    while "Ctrl-C" not in seen:
        line = process.stdout.readline()
        assert line, seen
        seen += line
    return seen


def started_and_refused(file: Path, *words: str) -> str:
    """What it says when it cannot start; the exit code is 2, and there is no traceback."""
    command = [sys.executable, "-m", "bot", "run", "--config", str(file), *words]
    done = subprocess.run(command, env=PLAIN, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    return done.stderr


@pytest.mark.parametrize("verb", [verb for own in ROOMS.values() for verb in own])
def test_a_verb_alone_is_what_it_is_among_all(verb: str) -> None:
    def options(known: str) -> str:
        with pytest.raises(SystemExit), redirect_stdout(io.StringIO()) as said:
            parser(Terminal(), known).parse_args([verb, "--help"])
        return said.getvalue()

    assert options(verb) == options("") != ""


def test_to_check_a_file_no_server_is_loaded(file: Path) -> None:
    show = "import sys; from bot.__main__ import main; main(sys.argv[1:]); print('aiohttp' in sys.modules)"
    command = [sys.executable, "-c", show, "check", str(file)]
    assert subprocess.run(command, env=PLAIN, capture_output=True, text=True, check=True).stdout.endswith("False\n")


def test_check_says_fine_or_every_problem(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file)]) == 0
    assert "没有问题" in capsys.readouterr().out
    file.write_text(TOWN.replace('kind = "case"', 'kind = "cace"').replace("2026-05-29", "2026-01-29"), "utf-8")
    assert main(["check", str(file)]) == 2
    said = capsys.readouterr().err
    assert said.count("config.toml:") == 2
    assert "cace" in said


def test_gate_judges_each_line_of_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("今天坐G1234\n某检刑诉〔2026〕12号\n"))
    assert main(["gate"]) == 0
    assert capsys.readouterr().out == "pass\nrefuse case-number\n"


def test_a_link_is_for_people_in_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phone-link", str(file), "li"]) == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/phone/li\?key=\d+\.[0-9a-f]+\n", capsys.readouterr().out)
    assert main(["phone-link", str(file), "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_links_of_everybody_come_as_columns_for_a_sheet(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phone-link", str(file)]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["li", "李明"] in [row[:2] for row in rows]
    assert all(f"/phone/{id_}?key=" in link for id_, _, link in rows)


def test_whoever_reads_the_output_may_stop_reading(file: Path) -> None:
    command = [sys.executable, "-m", "bot", "sentences"]
    with subprocess.Popen(command, env=PLAIN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == ("", 141)


def test_it_starts_answers_and_stops_cleanly(file: Path) -> None:
    with running(file, "--start", "2026-03-02T17:30+08:00") as process:
        assert "applied changed=" in ready(process)
        port = port_of(file)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            health = json.load(answer)
        assert (health["status"], health["clock"][:13]) == ("ok", "2026-03-02T09")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/phone/li")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_fast_clock_asks_by_itself(file: Path) -> None:
    with running(file, "--start", "2026-03-02T17:39+08:00", "--speed", "120") as process:
        ready(process)
        database, deadline = file.parent / "data" / "lianxin.db", time.monotonic() + 20
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as seen:
            count = "SELECT count(*) FROM outbox WHERE kind = 'report.question' AND state = 'taken'"
            while not seen.execute(count).fetchone()[0]:
                assert time.monotonic() < deadline
                time.sleep(0.1)


def test_a_second_process_is_told_to_leave_the_database_alone(file: Path) -> None:
    with running(file) as process:
        ready(process)
        assert "另一个连心进程" in started_and_refused(file)


def test_a_port_in_use_is_named_with_what_to_do(file: Path) -> None:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", int(port_of(file))))
        one.listen()
        assert port_of(file) in started_and_refused(file)


def test_a_database_of_a_newer_version_is_left_alone(file: Path) -> None:
    with running(file) as process:
        ready(process)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    with closing(sqlite3.connect(file.parent / "data" / "lianxin.db")) as database, database:
        database.execute("INSERT INTO schema_version (number, name, applied_at) VALUES (9999, 'later', '')")
    assert "更新的版本" in started_and_refused(file)


def test_a_database_of_another_key_is_left_alone(file: Path) -> None:
    with running(file) as process:
        ready(process)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    (file.parent / "data" / "lianxin.key").unlink()
    assert "密钥" in started_and_refused(file)


@pytest.mark.parametrize("words", [("--speed", "0"), ("--start", "tomorrow"), ("--start", "2026-03-02T17:00")])
def test_a_clock_that_cannot_be_is_refused(file: Path, words: tuple[str, ...]) -> None:
    assert started_and_refused(file, *words).strip()


def test_a_place_that_cannot_be_written_is_named(file: Path) -> None:
    (file.parent / "data").write_text("not a folder", "utf-8")
    assert "data" in started_and_refused(file)


class Outside:
    """A channel that would reach real people."""

    name, can = "wecom", Capabilities()

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        return [Sent(one.address) for one in batch]

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_clock_of_ones_own_is_refused_where_a_channel_reaches_real_people() -> None:
    async with town() as t:
        t.bot.channels = {"wecom": Outside()}
        refuse_real_channels(t.bot, RunningClock())
        with pytest.raises(CannotStart, match="real_channel"):
            refuse_real_channels(t.bot, RunningClock(t.clock.now(), 600))


def test_a_fast_clock_goes_on_where_it_was_left(file: Path) -> None:
    with running(file, "--start", "2026-03-05T12:00+08:00") as process:
        ready(process)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    with running(file, "--start", "2026-03-02T12:00+08:00") as process:
        assert "3月5日（周四）12:00" in ready(process)
        with urllib.request.urlopen(f"http://127.0.0.1:{port_of(file)}/healthz") as answer:
            assert json.load(answer)["clock"][:10] == "2026-03-05"


def test_a_branch_that_is_over_is_minded_but_no_mistake(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TOWN.replace("2026-03-02", "2021-03-02").replace("2026-05-29", "2021-05-29"), "utf-8")
    assert main(["check", str(file)]) == 0
    assert "5月29日" in capsys.readouterr().out


def test_links_begin_with_where_it_listens(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phone-link", str(file), "li"]) == 0
    assert f"http://127.0.0.1:{port_of(file)}/phone/li" in capsys.readouterr().out
