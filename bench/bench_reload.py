"""A changed file applied while people write: how long it takes, and how long answers wait meanwhile."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.bench_inbound import cookies, wait_for, wait_for_quiet
from bench.load import post
from bench.town import write_config

PORT, TURNS = 8099, 3
SIZES = ((1_000, 50), (20_000, 1_000))  # members, branches
WRITERS = 4


async def _write(keys: list[str], waits: list[tuple[float, float]], until: asyncio.Event, number: int) -> None:
    """One member after another, as people write, not as a machine; (when, how long the answer took)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    for turn, key in enumerate(keys):
        if until.is_set():
            break
        member = number + turn * WRITERS
        begun = time.perf_counter()
        body = json.dumps({"text": "？", "key": f"{begun}"})
        writer.write(post(f"/phone/m{member}/messages", body, f"Cookie: phone={key}\r\n"))
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
        waits.append((begun, (time.perf_counter() - begun) * 1000))
        await asyncio.sleep(0.005)
    writer.close()


def _save(config: Path, turn: int) -> None:
    text = (
        config.read_text("utf-8")
        .replace('第7联络群"', f'第7联络群{turn}"')
        .replace(f'第7联络群{turn - 1}"', f'第7联络群{turn}"')
    )
    config.with_suffix(".new").write_text(text, "utf-8")
    config.with_suffix(".new").replace(config)


async def _turn(config: Path, keys: list[str], turn: int) -> tuple[float, float, float]:
    """Seconds from saving to being in force; the longest wait before it and during it, in ms."""
    waits, until = list[tuple[float, float]](), asyncio.Event()
    writers = [asyncio.create_task(_write(keys[one::WRITERS], waits, until, one)) for one in range(WRITERS)]
    await asyncio.sleep(2)
    saved = time.perf_counter()
    _save(config, turn)
    command = [sys.executable, "-m", "bot", "apply", str(config)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL)
    await process.wait()
    applied = time.perf_counter()
    until.set()
    await asyncio.gather(*writers)
    before = max(wait for at, wait in waits if at < saved)
    return applied - saved, before, max(wait for at, wait in waits if at >= saved)


def _measure(folder: Path, members: int, branches: int) -> None:
    config = write_config(folder, members, branches, f"127.0.0.1:{PORT}")
    run = [sys.executable, "-m", "bot", "run", "--config", str(config), "--log-level", "ERROR"]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL)
    try:
        wait_for(PORT)
        wait_for_quiet(PORT)
        keys = cookies(config, members)
        for turn in range(TURNS):
            seconds, before, during = asyncio.run(_turn(config, keys, turn))
            print(
                f"{members} members, {branches} branches: in force {seconds:.1f} s after saving, with the command;"
                f" longest wait for an answer {before:.0f} ms before, {during:.0f} ms meanwhile (wanted +50)"
            )
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    for members, branches in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), members, branches)


if __name__ == "__main__":
    main()
