"""What a unit of work can do on SQLite, and what its refusals are called."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import LiteralString, TypeVar

from bot.errors import LianxinError, StoreFailed
from bot.store.tx import Row, StatementRefused, Unit, Value, Vault

T = TypeVar("T")
MOST_KEPT = 100  # rows of one answer that are remembered for the rest of a unit
FAULTS_OF_A_UNIT = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH})


class SqliteTx:
    """Tx over one connection. After one refused statement the unit is lost, even if it catches the error."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self.vault: Vault = vault
        self.refusal: LianxinError | None = None
        self._connection = connection
        self._read: dict[tuple[Value, ...], list[Row]] = {}

    def all(self, sql: LiteralString, /, **values: Value) -> list[Row]:
        return [*self._rows(sql, values)]

    def one(self, sql: LiteralString, /, **values: Value) -> Row | None:
        rows = self._rows(sql, values)
        return rows[0] if rows else None

    def _rows(self, sql: LiteralString, values: dict[str, Value]) -> list[Row]:
        """What was read is known until the unit changes anything: rules ask the same of one member again and again."""
        if not sql.startswith("SELECT"):
            return self._execute(sql, values)[0]
        question = (sql, *values.values())
        if question not in self._read:
            rows = self._execute(sql, values, changes=False)[0]
            if len(rows) > MOST_KEPT:
                return rows
            self._read[question] = rows
        return self._read[question]

    def run(self, sql: LiteralString, /, **values: Value) -> int:
        return self._execute(sql, values)[1]

    def many(self, sql: LiteralString, rows: Iterable[dict[str, Value]], /) -> None:
        self._check()
        self._read.clear()
        try:
            self._connection.executemany(sql, rows)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise self._refused(error) from error

    def _execute(self, sql: LiteralString, values: dict[str, Value], *, changes: bool = True) -> tuple[list[Row], int]:
        # Every row is fetched, wanted or not: an unfinished RETURNING would keep the transaction open.
        self._check()
        if changes:
            self._read.clear()
        try:
            cursor = self._connection.execute(sql, values)
            return cursor.fetchall(), cursor.rowcount
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise self._refused(error) from error

    def _check(self) -> None:
        if self.refusal is not None:
            raise self.refusal

    def _refused(self, error: Exception) -> LianxinError:
        self.refusal = translated(error)
        return self.refusal


def in_snapshot(connection: sqlite3.Connection, vault: Vault, unit: Unit[T]) -> T:
    """All that `unit` reads is of one moment."""
    connection.execute("BEGIN")
    try:
        return kept(unit, SqliteTx(connection, vault))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def on_copy(connection: sqlite3.Connection, vault: Vault, unit: Unit[T]) -> T:
    """What `unit` gives on a copy of all that `connection` sees, which is thrown away."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.execute("BEGIN")
        return kept(unit, SqliteTx(copy, vault))


def kept(unit: Unit[T], tx: SqliteTx) -> T:
    """What `unit` gives, unless it passed over a refusal: then the refusal."""
    given = unit(tx)
    if tx.refusal is not None:
        raise tx.refusal
    return given


def code_of(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def name_of(error: BaseException) -> str:
    return getattr(error, "sqlite_errorname", type(error).__name__)


def translated(error: Exception) -> LianxinError:
    if code_of(error) in FAULTS_OF_A_UNIT:
        return StatementRefused("store.statement_refused", reason=str(error))
    return failed(error)


def failed(error: BaseException) -> StoreFailed:
    """Nothing of the batch was stored; a new one for each who waits, since raising marks an exception."""
    if isinstance(error, StoreFailed):
        return StoreFailed(error.key, **error.facts)
    return StoreFailed("store.failed", reason=name_of(error))
