"""Stores that run a unit of work as it should not run: a statement of it fails, or it runs twice. Nothing is kept."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import LiteralString, TypeVar, cast

from bot.store.tx import Row, StatementRefused, Store, Tx, Unit, Value, Vault

T = TypeVar("T")
Rows = dict[str, list[str]]


class Undone(Exception):
    """Rolls a unit back once it has been looked at."""


class Wrapped:
    """A Tx that does what the real one does, and something else before."""

    def __init__(self, tx: Tx, vault: Vault, before: Callable[[], None] = lambda: None) -> None:
        self.vault, self._tx, self._before = vault, tx, before

    def all(self, sql: LiteralString, /, **values: Value) -> list[Row]:
        self._before()
        return self._tx.all(sql, **values)

    def one(self, sql: LiteralString, /, **values: Value) -> Row | None:
        self._before()
        return self._tx.one(sql, **values)

    def run(self, sql: LiteralString, /, **values: Value) -> int:
        self._before()
        return self._tx.run(sql, **values)

    def many(self, sql: LiteralString, rows: Iterable[dict[str, Value]], /) -> None:
        self._before()
        self._tx.many(sql, rows)


class FailingStore:
    """The n-th statement of the first unit is refused, and with it, as in the real store, all that come after."""

    def __init__(self, store: Store, fails_at: int) -> None:
        self._store, self._left, self.passed = store, fails_at, False
        self._units = 0

    async def write(self, unit: Unit[T], *, aside: bool = False) -> T:
        self._units += 1
        return await self._store.write(self._broken(unit) if self._units == 1 else unit, aside=aside)

    def _broken(self, unit: Unit[T]) -> Unit[T]:
        def run(tx: Tx) -> T:
            left = self._left

            def one_less() -> None:
                nonlocal left
                left -= 1
                if left <= 0:
                    raise StatementRefused("store.statement_refused", reason="injected")

            unit(Wrapped(tx, tx.vault, one_less))
            self.passed = left > 0  # else it has passed over the refusal, which it may not
            raise Undone

        return run

    async def read(self, unit: Unit[T]) -> T:
        return await self._store.read(unit)

    async def close(self) -> None:
        await self._store.close()


class TwiceStore(FailingStore):
    """Each unit is run twice from the same state; `left` is what each run would leave."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, 0)
        self.left: list[Rows] = []

    async def write(self, unit: Unit[T], *, aside: bool = False) -> T:
        given: list[T] = []

        def run(tx: Tx) -> None:
            given.append(unit(Wrapped(tx, PlainVault(tx.vault))))
            self.left.append(rows_of(tx))
            raise Undone

        for _ in range(2):
            with suppress(Undone):
                await self._store.write(run, aside=aside)
        return given[0]


class PlainVault:
    """Seals without chance, so that two runs can be compared; opens what the real one has sealed."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def seal(self, place: str, text: str) -> str:
        return f"plain|{place}|{text}" if text else ""

    def open(self, place: str, sealed: str) -> str:
        mark = f"plain|{place}|"
        return sealed.removeprefix(mark) if sealed.startswith(mark) else self._vault.open(place, sealed)

    def digest(self, text: str) -> str:
        return self._vault.digest(text)


def rows_of(tx: Tx) -> Rows:
    """Every row of every table, as it lies there."""
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: sorted(map(_line, tx.all(cast("LiteralString", f"SELECT * FROM {name}")))) for name in names}


def _line(row: Row) -> str:
    return repr([row[name] for name in row.keys()])  # noqa: SIM118 - a Row is no dict
