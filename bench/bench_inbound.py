"""One inbound message, whole path and durable, against a bare aiohttp handler, in one run."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from bench.load import load, post
from bench.town import write_config
from bot.store.vault import open_vault
from bot.web import session

BOT, BARE, MESSAGES, CONNECTIONS, TURNS = 8099, 8098, 3000, 64, 5
# What people say to a question: most that all is well, some in a few words.
SAID = ("1", "一切正常", "1", "思想稳 节点紧 生活好", "1")


@contextmanager
def running(words: list[str], port: int, **environment: str) -> Generator[None, None, None]:
    """A Python program as long as this lasts, from when it answers there."""
    there = {**os.environ, **environment}
    process = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=there
    )
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Until something answers there."""
    for _ in range(3000):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    sys.exit(f"nothing answers on {port}")


def wait_for_quiet(port: int) -> None:
    """Until the first beat is over and its welcomes and questions are all delivered."""
    quiet = 0
    while quiet < 5:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            health = json.load(answer)
        quiet = quiet + 1 if health["last_tick"] and not health["oldest_undelivered"] else 0
        time.sleep(0.2)


def cookies(config: Path, members: int) -> list[str]:
    """What each member's phone shows at the door."""
    vault = open_vault(config.parent / "data" / "lianxin.key")
    return [session.link(vault, f"m{i}", 1).split("key=")[1] for i in range(members)]


def _ours() -> float:
    """A fresh bot whose members have just been asked; each answers once, and each answer is on disk."""
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), MESSAGES, 30, f"127.0.0.1:{BOT}")
        run = ["-m", "bot", "run", "--config", str(config), "--start", "2026-03-03T09:30+08:00", "--log-level", "ERROR"]
        with running(run, BOT):
            keys = cookies(config, MESSAGES)
            wait_for_quiet(BOT)

            def request(number: int) -> bytes:
                said = json.dumps({"text": SAID[number % len(SAID)], "key": str(number)})
                return post(f"/phone/m{number}/messages", said, f"Cookie: phone={keys[number]}\r\n")

            return _measured("inbound", BOT, request)


def _bare() -> float:
    def request(number: int) -> bytes:
        return post(f"/phone/m{number}/messages", json.dumps({"text": SAID[number % len(SAID)], "key": str(number)}))

    with running(["-m", "bench.bare", str(BARE)], BARE):
        return _measured("bare", BARE, request)


def _measured(name: str, port: int, request: Callable[[int], bytes]) -> float:
    rate, p99 = asyncio.run(load(port, request, MESSAGES, CONNECTIONS))
    print(f"{name:8} {rate:7.0f}/s  p99 {p99:6.1f} ms")
    return rate


def main() -> None:
    ratios = [_ours() / _bare() for _ in range(TURNS)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(
        f"inbound, durable, {CONNECTIONS} connections: ratio to bare {middle:.2f} ({low:.2f}-{high:.2f}), wanted 0.40"
    )


if __name__ == "__main__":
    main()
