"""What is held about a member: shown to her, erased when she asks, and until when her name stays."""

from typing import Any, LiteralString

from bot.store.held import ALSO, HELD, OWN_PARTS, Holding
from bot.store.tx import Row, Tx


def rows_of(tx: Tx, holding: Holding, member: str, *, words: bool = True) -> list[dict[str, Any]]:
    """Her rows of one table, opened; without `words` nothing that is sealed is in them."""
    sql = "SELECT * FROM " + holding.table + " WHERE " + holding.key + " = :member ORDER BY " + holding.order
    rows = tx.all(sql, member=member)
    return [_opened(tx, holding, row) if words else _closed(holding, row) for row in rows]


def settings_of(tx: Tx, member: str) -> list[tuple[str, str]]:
    """What is remembered for her alone, by name: `language:chen`, and whatever else is named so."""
    rows = tx.all(
        "SELECT name, value FROM setting WHERE substr(name, length(name) - length(:member)) = ':' || :member"
        " AND value <> '' ORDER BY name",
        member=member,
    )
    return [(row["name"].removesuffix(f":{member}"), row["value"]) for row in rows]


def written_by(tx: Tx, member: str) -> list[str]:
    """Every text that she wrote and that is still here."""
    found: list[str] = []
    for holding in HELD:
        hers = [name for name, one in holding.sealed.items() if one.hers]
        for row in rows_of(tx, holding, member) if hers else ():
            found += [row[name] for name in row if name in (*hers, *OWN_PARTS) and row[name]]
    return found


def erase(tx: Tx, member: str) -> None:
    """Her words are gone from her own rows; the facts stay."""
    for holding in HELD:
        for sql in holding.erase:
            tx.run(sql, member=member)


def referred_to(tx: Tx, member: str) -> bool:
    """Whether anything still speaks of her."""
    places: list[tuple[LiteralString, LiteralString]] = [(one.table, one.key) for one in HELD if one.table != "member"]
    queries: list[LiteralString] = [
        "SELECT 1 FROM " + table + " WHERE " + key + " = :member LIMIT 1" for table, key in (*places, *ALSO)
    ]
    return any(tx.one(sql, member=member) for sql in queries)


def drop_name(tx: Tx, member: str) -> None:
    """The last of her: the name itself, and what was remembered for her alone."""
    tx.run("DELETE FROM setting WHERE substr(name, length(name) - length(:member)) = ':' || :member", member=member)
    tx.run("DELETE FROM member WHERE id = :member AND listed = 0", member=member)


def _opened(tx: Tx, holding: Holding, row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
    for name, sealed in holding.sealed.items():
        text = tx.vault.open(sealed.place.format_map(plain), plain.pop(name))
        if text:
            plain |= sealed.read(plain, text) if sealed.read else {name: text}
    return plain


def _closed(holding: Holding, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() if name not in holding.sealed}  # noqa: SIM118
