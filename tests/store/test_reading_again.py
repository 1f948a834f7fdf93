"""What a unit reads again is what it has changed since, whichever way it changed it."""

from pathlib import Path

import pytest

from bot.store.sqlite_tx import MOST_KEPT
from bot.store.tx import Tx, Unit, undone
from tests.store.line_store import add, ids, start

CHANGES: dict[str, Unit[object]] = {
    "run": lambda tx: tx.run("INSERT INTO line (id) VALUES ('b')"),
    "many": lambda tx: tx.many("INSERT INTO line (id) VALUES (:id)", [{"id": "b"}]),
    "one": lambda tx: tx.one("INSERT INTO line (id) VALUES ('b') RETURNING id"),
    "all": lambda tx: tx.all("INSERT INTO line (id) VALUES ('b') RETURNING id"),
}


@pytest.mark.parametrize("way", CHANGES)
async def test_a_change_is_seen_by_whoever_reads_again(tmp_path: Path, way: str) -> None:
    def unit(tx: Tx) -> tuple[list[str], list[str], list[str]]:
        add("a")(tx)
        before = ids(tx)
        CHANGES[way](tx)
        return before, ids(tx), ids(tx)

    store = start(tmp_path)
    assert await store.write(unit) == (["a"], ["a", "b"], ["a", "b"])
    await store.close()


async def test_what_is_taken_back_is_gone_for_whoever_reads_again(tmp_path: Path) -> None:
    def unit(tx: Tx) -> tuple[list[str], list[str]]:
        with undone(tx):
            add("a")(tx)
            inside = ids(tx)
        return inside, ids(tx)

    store = start(tmp_path)
    assert await store.write(unit) == (["a"], [])
    await store.close()


async def test_whoever_changes_the_list_she_got_changes_nobody_elses(tmp_path: Path) -> None:
    def unit(tx: Tx) -> int:
        add("a")(tx)
        tx.all("SELECT id FROM line").clear()
        return len(tx.all("SELECT id FROM line"))

    store = start(tmp_path)
    assert await store.write(unit) == 1
    await store.close()


async def test_other_values_are_another_question_and_many_rows_are_not_kept(tmp_path: Path) -> None:
    def unit(tx: Tx) -> list[int]:
        tx.many("INSERT INTO line (id) VALUES (:id)", [{"id": f"{n:04}"} for n in range(MOST_KEPT * 2)])
        sql = "SELECT id FROM line WHERE id < :id"
        return [len(tx.all(sql, id=one)) for one in ("0003", "0005", "0150", "0150", "0003")]

    store = start(tmp_path)
    assert await store.write(unit) == [3, 5, 150, 150, 3]
    await store.close()
