"""A unit of work that takes long is named in the log by its kind and its time, and by nothing anybody wrote."""

import logging
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from bot.store.tx import StatementRefused, Tx
from bot.store.watching import kind_of
from tests.store.line_store import add, start


class Watch:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


WATCH = Watch()


def taking(seconds: float, tx: Tx) -> None:
    WATCH.at += seconds
    tx.run("INSERT INTO line (id) VALUES ('a secret')")


async def slow_as_it_stands(store: SqliteStore) -> None:
    await store.write(lambda tx: taking(0.051, tx))


@pytest.fixture
async def store(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[SqliteStore]:
    caplog.set_level(logging.INFO, "lianxin.store")
    store = start(tmp_path, WATCH)
    yield store
    await store.close()


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(one.levelname, one.getMessage()) for one in caplog.records]


async def test_over_50_ms_is_a_line_and_50_ms_is_none(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    await store.write(lambda tx: setattr(WATCH, "at", WATCH.at + 0.049))
    assert told(caplog) == []
    await slow_as_it_stands(store)
    assert told(caplog) == [("WARNING", "slow unit kind=tests.store.test_slow_units.slow_as_it_stands ms=51")]
    assert "secret" not in caplog.text


async def test_what_holds_nobody_up_is_no_warning(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    await store.write(partial(taking, 2.0), aside=True)
    await store.read(lambda tx: setattr(WATCH, "at", WATCH.at + 0.2))
    assert [level for level, _ in told(caplog)] == ["INFO", "INFO"]
    assert "kind=tests.store.test_slow_units.taking ms=2000" in told(caplog)[0][1]


async def test_one_that_breaks_is_named_each_time_it_ran(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    await store.write(add("a secret"))
    with pytest.raises(StatementRefused):
        await slow_as_it_stands(store)
    assert len(told(caplog)) == 2


def test_a_kind_is_the_place_in_the_program() -> None:
    assert kind_of(add("x")) == "tests.store.line_store.add.unit"
    assert kind_of(partial(taking, 1.0)) == "tests.store.test_slow_units.taking"
    assert kind_of(WATCH) == "tests.store.test_slow_units.Watch"
