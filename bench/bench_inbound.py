"""One inbound message, whole path and durable, against a bare aiohttp handler, in one run."""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import load, post
from bench.town import write_config

BOT, BARE, MEMBERS, REQUESTS, CONNECTIONS, ROUNDS = 8099, 8098, 500, 6000, 64, 5


@contextmanager
def _running(words: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nothing answers on {port}")


def _cookies(config: Path) -> list[str]:
    from bot.store.vault import open_vault
    from bot.web import session

    vault = open_vault(config.parent / "data" / "lianxin.key")
    return [session.link(vault, f"m{i}", 1).split("key=")[1] for i in range(MEMBERS)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), MEMBERS, 10, f"127.0.0.1:{BOT}")
        run = ["-m", "bot", "run", "--config", str(config), "--start", "2026-03-03T09:30+08:00", "--log-level", "ERROR"]
        with _running(run, BOT), _running(["-m", "bench.bare", str(BARE)], BARE):
            _compare(_cookies(config))


def _compare(cookies: list[str]) -> None:
    ratios: list[float] = []
    for turn in range(ROUNDS):

        def ours(number: int, turn: int = turn) -> bytes:
            member = number % MEMBERS
            said = json.dumps({"text": "思想稳 节点紧 生活好", "key": f"{turn}-{number}"})
            return post(f"/phone/m{member}/messages", said, f"Cookie: phone={cookies[member]}\r\n")

        def bare(number: int, turn: int = turn) -> bytes:
            return post(f"/phone/m{number % MEMBERS}/messages", json.dumps({"text": "思想稳", "key": f"{turn}-{number}"}))

        mine, mine_p99 = asyncio.run(load(BOT, ours, REQUESTS, CONNECTIONS))
        other, other_p99 = asyncio.run(load(BARE, bare, REQUESTS, CONNECTIONS))
        ratios.append(mine / other)
        print(f"inbound  {mine:7.0f}/s p99 {mine_p99:5.1f} ms   bare {other:7.0f}/s p99 {other_p99:5.1f} ms   ratio {mine / other:.2f}")
    print(f"inbound  ratio median {statistics.median(ratios):.2f} min {min(ratios):.2f} max {max(ratios):.2f} (wanted 0.40)")


if __name__ == "__main__":
    main()
