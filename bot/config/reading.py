"""Reads the file by a description of its tables: everything in it is known and well formed, or is a Trouble."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.config import fields
from bot.config.lines import Place
from bot.errors import Unreadable

Draft = dict[str, Any]  # what could be read, under the names of the file

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_SECRET = re.compile(r"(?:.*[_-])?(?:secret|token|password|passwd|aes_key|api_key|密码|密钥)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: how its value is read, and a value that would do, as one writes it."""

    read: Callable[[object], object]
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table, or (`many`) one for each id. `incomplete` names the sentence for a table that makes sense
    only whole."""

    parts: Mapping[str, "Key | Table"]
    many: bool = False
    required: bool = False
    incomplete: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a workbook, as Excel shows it. `head` may be empty: the whole row; so is `sheet` of a CSV file."""

    file: str
    sheet: str
    row: int
    head: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong at a key (or, without `name`, with a whole table); `key` names the sentence."""

    table: Place
    name: str
    key: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    cell: Cell | None = None  # where it stands, if not in the file itself


def read_table(table: Table, found: Mapping[str, Any], place: Place, troubles: list[Trouble]) -> Draft:
    """What can be read of one table; what cannot is added to `troubles`."""
    draft: Draft = {}
    for name, value in found.items():
        part = table.parts.get(name)
        try:
            match part:
                case None:
                    troubles.append(_unknown(table, name, value, place))
                case Key():
                    draft[name] = part.read(value)
                case Table(many=True):
                    draft[name] = _read_many(part, fields.table(value), (*place, name), troubles)
                case Table():
                    draft[name] = read_table(part, fields.table(value), (*place, name), troubles)
        except Unreadable as refusal:
            troubles.append(_refused(part, refusal, place, name))
    troubles.extend(_missing(table, found, place))
    return draft


def unknown_id(place: Place, name: str, key: str, found: str, known: Mapping[str, object]) -> Trouble:
    """An id that stands for nobody, with the one that was probably meant."""
    hint = fields.closest(found, list(known))
    return Trouble(place, name, f"{key}_like" if hint else key, {"found": fields.shown(found), "hint": hint})


def _read_many(table: Table, found: Mapping[str, Any], place: Place, troubles: list[Trouble]) -> Draft:
    """One table for each id. A table that cannot be read still counts as there: what names it is not wrong too."""
    draft: Draft = {}
    for id_, value in found.items():
        draft[id_] = {}
        if not ID.fullmatch(id_):
            troubles.append(Trouble((*place, id_), "", "check.bad_id", {"found": fields.shown(id_)}))
        try:
            draft[id_] = read_table(table, fields.table(value), (*place, id_), troubles)
        except Unreadable as refusal:
            troubles.append(_refused(replace(table, many=False), refusal, place, id_))
    return draft


def _refused(part: Key | Table | None, refusal: Unreadable, place: Place, name: str) -> Trouble:
    return Trouble(place, name, refusal.key, {**refusal.facts, "name": name, "example": _example(part)})


def _example(part: Key | Table | None) -> str:
    """What one might write: of a table, its first key."""
    if not isinstance(part, Table):
        return part.example if part else ""
    name, first = next(iter(part.parts.items()))
    return f"{{ {'a = { ' if part.many else ''}{name} = {_example(first)} }}{' }' if part.many else ''}"


def _unknown(table: Table, name: str, value: object, place: Place) -> Trouble:
    """Its value is not shown: nobody knows what it is."""
    if _SECRET.fullmatch(name):
        return Trouble(place, name, "check.secret_in_file", {"name": name})
    known = table.parts
    hint = fields.closest(name, list(known))
    kind = "table" if isinstance(value, dict) else "key"
    fitting = [one for one, part in known.items() if place or isinstance(part, Table) is (kind == "table")]
    facts = {"name": fields.shown(name), "known": ", ".join(fitting), "hint": hint}
    key = f"check.unknown_{kind}_like" if hint else f"check.unknown_{kind}"
    return Trouble((*place, name), "", key, facts) if kind == "table" else Trouble(place, name, key, facts)


def _missing(table: Table, found: Mapping[str, Any], place: Place) -> Iterator[Trouble]:
    absent = [name for name, part in table.parts.items() if part.required and _absent(part, name, found)]
    if absent and table.incomplete:
        yield Trouble(place[:-1], place[-1], table.incomplete, {"names": ", ".join(absent)})
        return
    for name in absent:
        part = table.parts[name]
        if isinstance(part, Key):
            yield Trouble(
                place,
                name,
                "check.missing" if place else "check.missing_at_top",
                {"name": name, "example": part.example},
            )
        else:
            yield Trouble((*place, name), "", f"check.no_{name}")


def _absent(part: Key | Table, name: str, found: Mapping[str, Any]) -> bool:
    return name not in found or (isinstance(part, Table) and found[name] == {})
