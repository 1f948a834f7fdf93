"""Start to ready, and resident memory, with 1 000 members in 100 branches."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.bench_inbound import wait_for
from bench.town import write_config

PORT, TURNS = 8099, 5


def _once() -> tuple[float, float, float]:
    """Seconds of a first start and of a second one, and MiB resident after it."""
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), 1000, 100, f"127.0.0.1:{PORT}")
        words = [sys.executable, "-m", "bot", "run", "--config", str(config), "--log-level", "ERROR"]
        figures: list[float] = []
        resident = 0.0
        for _ in range(2):
            begun = time.perf_counter()
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
            wait_for(PORT)
            figures.append(time.perf_counter() - begun)
            time.sleep(2)
            resident = _mebibytes(process.pid)
            process.terminate()
            process.wait()
        return figures[0], figures[1], resident


def _mebibytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    first, again, resident = (
        statistics.median(column) for column in zip(*(_once() for _ in range(TURNS)), strict=True)
    )
    print(f"start to ready: first {first:.2f} s, again {again:.2f} s (wanted < 2)")
    print(f"resident: {resident:.0f} MiB (wanted < 120)")


if __name__ == "__main__":
    main()
