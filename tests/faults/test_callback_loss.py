"""The machine dies in a burst of callbacks, by kill -9 or by a power cut: what was acknowledged is there afterwards."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.store.beside import read_once
from bot.store.tx import Tx
from bot.store.vault import known_vault
from tests.channels.hostile import AT, envelope
from tests.channels.wecom_town import USERS, on_wecom
from tests.simulators.wecom.corp import DEMO_CORP, DEMO_KEY, DEMO_SECRET, DEMO_TOKEN
from tests.simulators.wecom.crypto import seal, signature

ROOT = Path(__file__).parents[2]
COMPILER = shutil.which("cc")
SECRETS = {"WECOM_SECRET": DEMO_SECRET, "WECOM_TOKEN": DEMO_TOKEN, "WECOM_AES_KEY": DEMO_KEY}
WRITERS = 16
NO_COMPILER = COMPILER is None and "LIANXIN_REQUIRE_COMPILER" not in os.environ
NEEDS_ONE = pytest.mark.skipif(NO_COMPILER, reason="a C compiler is needed to play the power cut")


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def bot(folder: Path, port: int, module: str = "bot", **environment: str) -> Generator[subprocess.Popen[bytes]]:
    """The real program on WeCom; its API is nowhere, so that nothing goes out."""
    text = on_wecom("http://127.0.0.1:9").replace("[people]", f'[server]\nlisten = "127.0.0.1:{port}"\n[people]', 1)
    (folder / "config.toml").write_text(text, "utf-8")
    run = ["run", "--config", str(folder / "config.toml"), "--start", "2026-03-02T12:01+08:00", "--log-level", "ERROR"]
    there = {**os.environ, **SECRETS, **environment}
    with subprocess.Popen([sys.executable, "-m", module, *run], cwd=ROOT, env=there, stdout=subprocess.DEVNULL) as one:
        try:
            yield one
        finally:
            one.kill()


def request(number: int) -> tuple[dict[str, str], bytes]:
    user = list(USERS.values())[number % 4]
    head = f"<xml><FromUserName>{user}</FromUserName><ToUserName>{DEMO_CORP}</ToUserName><MsgType>text</MsgType>"
    sealed = seal(DEMO_KEY, f"{head}<Content>1</Content><MsgId>{number}</MsgId></xml>", DEMO_CORP)
    query = {"msg_signature": signature(DEMO_TOKEN, AT, "77", sealed), "timestamp": AT, "nonce": "77"}
    return query, envelope(sealed)


async def burst(port: int, process: subprocess.Popen[bytes], most: int) -> set[int]:
    """What was acknowledged before the process was killed, at `most` or a little more."""
    told: set[int] = set()

    async def post_on(writer: int, session: aiohttp.ClientSession) -> None:
        for number in range(writer + 1, 100_000, WRITERS):
            query, body = request(number)
            url = f"http://127.0.0.1:{port}/callback/wecom?{urlencode(query)}"
            async with session.post(url, data=body) as response:
                assert response.status == 200
            told.add(number)
            if len(told) >= most:
                process.kill()

    async with aiohttp.ClientSession() as session:
        await _until_it_answers(session, port)
        async with asyncio.TaskGroup() as group:
            for writer in range(WRITERS):
                group.create_task(_until_the_end(post_on(writer, session)))
    return told


async def _until_the_end(posting: "asyncio.Future[None] | object") -> None:
    with suppress(aiohttp.ClientError, ConnectionError):
        await posting  # pyright: ignore[reportGeneralTypeIssues]


async def _until_it_answers(session: aiohttp.ClientSession, port: int) -> None:
    while True:
        with suppress(aiohttp.ClientError):
            async with session.get(f"http://127.0.0.1:{port}/healthz"):
                return
        await asyncio.sleep(0.05)


def lost(folder: Path, database: Path, told: set[int]) -> set[int]:
    """What was acknowledged and is not there."""
    vault = known_vault(folder / "data" / "lianxin.key")

    def known(tx: Tx) -> set[str]:
        return {row["id"] for row in tx.all("SELECT id FROM inbound")}

    kept = read_once(database, vault, known) if database.exists() and database.stat().st_size else set[str]()
    return {one for one in told if vault.digest(f"inbound|wecom|{one}") not in kept}


@pytest.mark.parametrize("most", [1, 200, 1000])
async def test_killed_in_a_burst_nothing_acknowledged_is_lost(tmp_path: Path, most: int) -> None:
    port = free_port()
    with bot(tmp_path, port) as process:
        told = await burst(port, process, most)
    assert len(told) >= most
    assert lost(tmp_path, tmp_path / "data" / "lianxin.db", told) == set()


@pytest.fixture(scope="session")
def powercut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is loaded before everything else and keeps what a power cut would leave."""
    library = tmp_path_factory.mktemp("powercut") / "powercut.so"
    source = Path(__file__).with_name("powercut.c")
    command = [COMPILER or "cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return library


async def cut(tmp_path: Path, library: Path, module: str) -> set[int]:
    """What of the acknowledged is gone after the power cut."""
    port, left = free_port(), tmp_path / "left"
    left.mkdir()
    there = {"LD_PRELOAD": str(library), "WATCHED": str(tmp_path / "data"), "SURVIVES": str(left)}
    with bot(tmp_path, port, module, **there) as process:
        told = await burst(port, process, 400)
    assert len(told) >= 400
    return lost(tmp_path, left / "lianxin.db", told)


@NEEDS_ONE
async def test_after_a_power_cut_nothing_acknowledged_is_lost(tmp_path: Path, powercut: Path) -> None:
    assert await cut(tmp_path, powercut, "bot") == set()


@NEEDS_ONE
async def test_this_check_sees_a_loss_where_there_is_one(tmp_path: Path, powercut: Path) -> None:
    assert await cut(tmp_path, powercut, "tests.faults.careless")
