"""An older database is brought to this version in one step or not at all; a newer one is left alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import CannotStart
from bot.store.beside import read_once
from bot.store.migrate import migrations_in, statements
from bot.store.sqlite import open_store
from bot.store.tx import Tx
from bot.store.vault import AesVault

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VAULT = AesVault(bytes(32))
FIRST = (
    "-- people; and more\nCREATE TABLE a (id TEXT PRIMARY KEY); \nCREATE TABLE b (\n  a TEXT REFERENCES a (id)\n);\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_start.sql").write_text(FIRST)
    return folder


async def start(folder: Path, now: datetime = NOW) -> list[tuple[int, str, str]]:
    """Start and stop once; gives the versions the database then knows."""
    path = folder.parent / "lianxin.db"
    await open_store(path, folder, VAULT, now).close()
    return read_once(path, VAULT, versions)


def versions(tx: Tx) -> list[tuple[int, str, str]]:
    rows = tx.all("SELECT number, name, applied_at FROM schema_version ORDER BY number")
    return [(row["number"], row["name"], row["applied_at"]) for row in rows]


def tables(tx: Tx) -> set[str]:
    return {row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")}


async def test_pending_files_are_applied_once_and_in_order(folder: Path):
    assert await start(folder) == [(1, "start", "2026-03-02T09:00:00Z")]
    (folder / "0002_more.sql").write_text("ALTER TABLE a ADD COLUMN name TEXT;\nINSERT INTO a VALUES ('1', 'x');\n")
    after = await start(folder, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    assert after == [(1, "start", "2026-03-02T09:00:00Z"), (2, "more", "2026-03-03T09:00:00Z")]
    assert await start(folder) == after


async def test_if_one_pending_file_is_refused_none_is_applied(folder: Path):
    await start(folder)
    (folder / "0002_good.sql").write_text("CREATE TABLE c (id TEXT);\n")
    (folder / "0003_bad.sql").write_text("CREATE TABLE d (id TEXT);\nCREATE TABEL e (id TEXT);\n")
    with pytest.raises(CannotStart, match="database_refused"):
        await start(folder)
    assert read_once(folder.parent / "lianxin.db", VAULT, tables) == {"a", "b", "schema_version"}


async def test_a_database_of_a_newer_version_is_left_alone(folder: Path):
    (folder / "0002_more.sql").write_text("CREATE TABLE c (id TEXT);\n")
    await start(folder)
    (folder / "0002_more.sql").unlink()
    with pytest.raises(CannotStart, match="newer_database"):
        await start(folder)


async def test_a_table_can_be_rebuilt_without_losing_what_points_to_it(folder: Path):
    rows = "INSERT INTO a VALUES ('1');\nINSERT INTO c VALUES ('1');\n"
    (folder / "0002_c.sql").write_text("CREATE TABLE c (a TEXT REFERENCES a (id) ON DELETE CASCADE);\n" + rows)
    await start(folder)
    rebuilt = "CREATE TABLE n (id TEXT PRIMARY KEY, x TEXT);\nINSERT INTO n (id) SELECT id FROM a;\nDROP TABLE a;\n"
    (folder / "0003_rebuilt.sql").write_text(rebuilt + "ALTER TABLE n RENAME TO a;\n")
    await start(folder)
    assert len(read_once(folder.parent / "lianxin.db", VAULT, lambda tx: tx.all("SELECT a FROM c"))) == 1


async def test_a_change_that_leaves_a_row_pointing_nowhere_is_refused(folder: Path):
    (folder / "0002_orphan.sql").write_text("INSERT INTO b VALUES ('nobody');\n")
    with pytest.raises(CannotStart, match="database_refused"):
        await start(folder)


def test_a_script_is_split_where_a_line_ends_with_a_semicolon():
    script = "-- a;\nA ';' B;\n\n  -- b;\nC\n  D; \r\nE -- no;t the end\n;\n--\n"
    assert list(statements(script)) == ["A ';' B", "C\n  D", "E -- no;t the end"]


@pytest.mark.parametrize("name", ["1_start.sql", "0002 more.sql", "0002.sql", "0001_again.sql"])
def test_a_misnamed_or_repeated_file_is_noticed(folder: Path, name: str):
    (folder / name).touch()
    with pytest.raises(ValueError):
        migrations_in(folder)


async def test_who_only_reads_is_told_to_bring_an_older_database_up_first(folder: Path):
    await start(folder)
    (folder / "0002_more.sql").write_text("CREATE TABLE c (id TEXT);\n")
    with pytest.raises(CannotStart, match="older_database"):
        read_once(folder.parent / "lianxin.db", VAULT, versions, folder)
    await start(folder)
    assert len(read_once(folder.parent / "lianxin.db", VAULT, versions, folder)) == 2
