"""What is in deploy/ and docs/deploy.md: it fits the program, and names nothing that is not there."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.commands.terminal import Terminal
from bot.web.body import MOST_BYTES
from bot.web.phone import LONGEST_WAIT

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SERVICES = ("lianxin.service", "lianxin-backup.service")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", "")
LINES = [line.split(" ", 1) for line in CONTAINERFILE.splitlines() if line and not line.startswith("#")]


def understood(words: list[str]) -> Namespace:
    """SystemExit if the command would not take them."""
    return parser(Terminal()).parse_args(words)


class AsWritten(configparser.ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


def section(name: str, part: str) -> configparser.SectionProxy:
    read = AsWritten(strict=False, interpolation=None)
    read.read(DEPLOY / name, "utf-8")
    return read[part]


def of(instruction: str) -> list[str]:
    return [text for name, text in LINES if name == instruction]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_calls_a_command_there_is_as_a_user_of_its_own(name: str) -> None:
    service = section(name, "Service")
    python, _, module, *words = shlex.split(service["ExecStart"])
    assert (python, module, service["User"]) == ("/opt/lianxin/.venv/bin/python", "bot", "lianxin")
    assert str(understood(words).config if words[0] == "run" else understood(words).file).startswith(
        "/var/lib/lianxin/"
    )
    assert service["StateDirectory"] == "lianxin"
    assert service["ProtectSystem"] == "strict"
    assert service["WorkingDirectory"] == "/opt/lianxin"


def test_what_the_admin_must_mend_is_not_tried_again() -> None:
    service = section("lianxin.service", "Service")
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("on-failure", "2")
    assert int(service["TimeoutStopSec"].removesuffix("s")) > 5


@pytest.mark.parametrize("name", [*SERVICES, "lianxin-backup.timer"])
def test_systemd_understands_each_line(name: str) -> None:
    """Where there is no systemd, at least its grammar is held."""
    assert section(name, "Unit")["Description"]
    if found := shutil.which("systemd-analyze"):
        done = subprocess.run([found, "verify", DEPLOY / name], capture_output=True, text=True, timeout=30, check=False)
        said = (done.stdout + done.stderr).splitlines()
        assert [line for line in said if name in line and "is not executable" not in line] == []


def test_the_container_is_built_from_hashed_requirements_and_no_named_registry() -> None:
    assert of("FROM") == ["python:3.13-slim"]
    assert "--require-hashes -r /app/requirements/run.txt" in " ".join(of("RUN"))
    assert "--hash=sha256:" in (ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert not re.search(r"https?://(?!127\.0\.0\.1)|--index-url", CONTAINERFILE)


def test_what_runs_in_the_container_is_not_root_and_keeps_what_is_in_data() -> None:
    assert of("USER") == ["10001:10001"]
    assert of("VOLUME") == ["/data"]
    assert [name for name, _ in LINES].index("USER") < [name for name, _ in LINES].index("ENTRYPOINT")
    words = [*json.loads(of("ENTRYPOINT")[0]), *json.loads(of("CMD")[0])]
    assert words[:3] == ["python", "-m", "bot"]
    assert understood(words[3:]).config == Path("/data/config.toml")


def test_what_is_copied_into_the_container_is_all_that_it_needs(tmp_path: Path) -> None:
    for source, target in (text.split() for text in of("COPY")):
        there = tmp_path / target.removeprefix("/")
        there = there / source if target.endswith("/") else there
        there.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, there)
    command = [sys.executable, "-m", "bot", "check", str(ROOT / "config.example.toml")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "app"), "LANG": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@contextmanager
def answering(status: int) -> Generator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/healthz"
        server.shutdown()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_container_is_healthy_while_healthz_says_so(status: int, healthy: bool) -> None:
    _, _, check = of("HEALTHCHECK")[0].partition("CMD ")
    _, *words, asked = json.loads(check)
    assert asked.endswith(":8080/healthz")
    with answering(status) as url:
        done = subprocess.run([sys.executable, *words, url], capture_output=True, timeout=30, check=False)
    assert (done.returncode == 0) is healthy


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_lets_through_what_the_pages_need_and_logs_no_address(name: str) -> None:
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text("utf-8"))
    assert text.count("{") == text.count("}")
    limits = re.findall(r"(?:max_size|client_max_body_size) (\d+)m", text, re.IGNORECASE)
    waits = [int(found) for found in re.findall(r"(?:response_header_timeout|proxy_read_timeout) (\d+)s", text)]
    assert ([int(one) * 1024 * 1024 for one in limits], min(waits) > LONGEST_WAIT) == ([MOST_BYTES], True)
    assert re.findall(r"^[ \t]*((?:access_)?log\b.*)", text, re.MULTILINE) in ([], ["access_log off;"])
    assert "/healthz" in text


def test_nginx_passes_on_what_it_would_change() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "proxy_set_header Host $http_host;" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text


def offered() -> list[str]:
    """Every command line of ours in the document."""
    fences = re.findall(r"```\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text("utf-8"), re.DOTALL)
    lines = [line for fence in fences for line in fence.splitlines()]
    ours = (re.search(r"(?:^lianxin|-m bot|/data lianxin) (\w+ [^&]+)$", line) for line in lines)
    return [found[1] for found in ours if found]


def test_the_document_offers_only_commands_there_are() -> None:
    assert len(offered()) > 8
    for line in offered():
        understood(shlex.split(line))


def test_the_document_and_the_units_name_files_there_are() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    named = set(re.findall(r"deploy/[\w.-]+\w", text))
    assert {path.name for path in DEPLOY.iterdir()} == {name.removeprefix("deploy/") for name in named}


def test_the_document_quotes_what_is_said() -> None:
    """Each Chinese sentence it quotes stands in templates/say, but for what fills it."""
    said = "\n".join(file.read_text("utf-8") for file in (ROOT / "templates" / "say" / "zh").glob("*.toml"))
    quoted = re.findall(r"“([^”]*[\u4e00-\u9fff][^”]*)”", (ROOT / "docs" / "deploy.md").read_text("utf-8"))
    assert len(quoted) > 6
    assert [part for text in quoted for part in re.split(r" ?… ?", text) if part.strip("，") not in said] == []
