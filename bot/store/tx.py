"""The one interface both databases keep: a unit of work is a plain synchronous function of Tx."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, LiteralString, Protocol, TypeVar

from bot.errors import LianxinError

T = TypeVar("T")
Value = str | int | float | None


class Row(Protocol):
    """One row, read by column name."""

    def __getitem__(self, name: str, /) -> Any: ...
    def keys(self) -> Iterable[str]: ...


class Vault(Protocol):
    """Seals what members wrote. The place (table, id, column) is bound to the sealed text: moved, it does not open."""

    def seal(self, place: str, text: str) -> str: ...
    def open(self, place: str, sealed: str) -> str: ...
    def digest(self, text: str) -> str:
        """A keyed hash: the same text gives the same digest, and nobody without the key can guess it."""
        ...


class StatementRefused(LianxinError):
    """The database refused a unit's SQL (a constraint, a misspelt name): the unit is wrong, the store is well.

    The unit is rolled back even if it catches this.
    """


class Tx(Protocol):
    """What a unit of work may do. SQL is the portable dialect with :named values; nothing here can wait."""

    vault: Vault

    def all(self, sql: LiteralString, /, **values: Value) -> list[Row]: ...
    def one(self, sql: LiteralString, /, **values: Value) -> Row | None: ...
    def run(self, sql: LiteralString, /, **values: Value) -> int:
        """Change rows; gives how many were touched."""
        ...

    def many(self, sql: LiteralString, rows: Iterable[dict[str, Value]], /) -> None:
        """The same change for each set of values."""
        ...


Unit = Callable[[Tx], T]


@contextmanager
def undone(tx: Tx) -> Generator[None]:
    """What is changed inside may be looked at there, and is taken back at the end."""
    tx.run("SAVEPOINT undone")
    try:
        yield
    finally:
        tx.run("ROLLBACK TO undone")
        tx.run("RELEASE undone")


@contextmanager
def whole(tx: Tx) -> Generator[None]:
    """What is changed inside stays, or nothing of it if it breaks."""
    tx.run("SAVEPOINT whole")
    try:
        yield
    except BaseException:
        tx.run("ROLLBACK TO whole")
        raise
    finally:
        tx.run("RELEASE whole")


class Store(Protocol):
    """Where everything is remembered."""

    async def write(self, unit: Unit[T], *, aside: bool = False) -> T:
        """Run `unit` and give its result once it is on disk. Whatever it raises rolls back it alone.

        `aside`: it is long (more than some milliseconds) and must not hold up those who wait for an answer.

        A unit may run more than once: it takes ids and `now` as values. Raises StoreFailed if nothing could be stored.
        """
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on a read-only connection, beside writers."""
        ...

    async def close(self) -> None: ...
