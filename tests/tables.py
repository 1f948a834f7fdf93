"""All rows of all tables, with what is sealed opened, so that two runs can be compared."""

from contextlib import suppress
from typing import LiteralString, cast

from bot.store.tx import Row, Store, Tx, Unit

Dump = dict[str, list[str]]
SEALED = {
    "outbox": ("facts", "outbox|{reason}|facts"),
    "delivery": ("body", "delivery|{id}|body"),
    "report": ("said", "report|{round}|{member}|said"),
    "need": ("words", "need|{id}|words"),
    "news": ("words", "news|{id}|words"),
    "inbound": ("answer", "inbound|{id}|answer"),
    "standing": ("facts", "standing|{member}|facts"),
    "phone_line": ("text", "phone_line|{reference}|text"),
}


class Undone(Exception):
    """Rolls a unit back once it has been looked at."""


def dump(tx: Tx) -> Dump:
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: sorted(_line(tx, name, row) for row in _rows(tx, name)) for name in names}


def _rows(tx: Tx, table: str) -> list[Row]:
    return tx.all(cast("LiteralString", f"SELECT * FROM {table}"))


def _line(tx: Tx, table: str, row: Row) -> str:
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row is no dict
    if table in SEALED:
        column, place = SEALED[table]
        values[column] = tx.vault.open(place.format(**values), values[column])
    return repr(values)


async def would_leave(store: Store, unit: Unit[object]) -> Dump:
    """What the tables would hold after the unit, which is then undone."""
    seen: Dump = {}

    def looked_at(tx: Tx) -> None:
        unit(tx)
        seen.update(dump(tx))
        raise Undone

    with suppress(Undone):
        await store.write(looked_at)
    return seen
