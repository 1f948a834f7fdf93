"""Killed at any moment, the store has kept all that it had said it kept."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from bot.errors import CannotStart
from bot.store.beside import read_once
from tests.store.line_store import VAULT, ids, start

ROOT = Path(__file__).parents[2]


@contextmanager
def child(mode: str, folder: Path) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.child", mode, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told_stored(mode: str, folder: Path, answers: int) -> set[str]:
    """All that the child had been told is stored when it was killed, at least `answers` lines."""
    with child(mode, folder) as process:
        assert process.stdout
        told = list(islice(process.stdout, answers))
        process.kill()
        told += process.stdout
    assert len(told) >= answers
    return {line.strip() for line in told}


async def kept(folder: Path) -> set[str]:
    """What is there after a start like any other."""
    store = start(folder)
    rows = await store.read(lambda tx: tx.all("PRAGMA integrity_check"))
    stored = await store.read(ids)
    await store.close()
    assert [row["integrity_check"] for row in rows] == ["ok"]
    return set(stored)


@pytest.mark.parametrize("answers", [1, 100, 2000])
async def test_killed_in_a_burst_nothing_told_is_lost(tmp_path: Path, answers: int):
    told = told_stored("burst", tmp_path, answers)
    assert told - await kept(tmp_path) == set()


async def test_killed_after_returning_statements_nothing_told_is_lost(tmp_path: Path):
    told = told_stored("returning", tmp_path, 500)
    assert told - await kept(tmp_path) == set()


async def test_this_check_sees_a_loss_where_there_is_one(tmp_path: Path):
    told = told_stored("trap", tmp_path, 500)
    assert told & await kept(tmp_path) == set()


async def test_a_killed_process_does_not_hold_the_file(tmp_path: Path):
    with child("burst", tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(CannotStart, match="second_process"):
            start(tmp_path)
    await start(tmp_path).close()


async def test_a_second_process_is_told_why_it_cannot_start(tmp_path: Path):
    store = start(tmp_path)
    with child("burst", tmp_path) as process:
        told = process.communicate(timeout=20)
    assert told == ("", "start.second_process\n")
    assert read_once(tmp_path / "lianxin.db", VAULT, ids) == []
    await store.close()
