"""The roster: people as the rows of a workbook have them, and the branches that its column fills."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from bot.config import fields
from bot.config.agree import unit_words
from bot.config.heads import BRANCHES, ID, NAME, Heads, find_heads, known_heads
from bot.config.lines import Place
from bot.config.reading import ID as ID_FORM
from bot.config.reading import Cell, Draft, Trouble
from bot.config.rows import Cells, cell_text, rows_of
from bot.config.unpacking import MOST_ROWS
from bot.config.words import LANGUAGE_WORDS, STATUS_WORDS, Index, by_word
from bot.config.workbook import read_sheets
from bot.domain import gate
from bot.errors import Unreadable

_GAP_IN_A_NAME = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")  # two letters are spread to look like three
_BETWEEN = re.compile(r"[、,，;；\n]")


@dataclass(frozen=True, slots=True)
class Row:
    """Where one person stands; `heads` are the heads of her sheet as they are written."""

    sheet: str
    number: int
    heads: Mapping[str, str]


@dataclass(slots=True)
class Roster:
    """What could be read. `whole` is false where it is unknown who else is in it."""

    file: str
    people: dict[str, Draft] = field(default_factory=dict[str, Draft])
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    members: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    sheets: list[str] = field(default_factory=list[str])
    unread: dict[str, None] = field(default_factory=dict[str, None])  # heads nobody reads, in their order
    whole: bool = True

    def cell(self, row: Row, name: str = "") -> Cell:
        return Cell(self.file, row.sheet, row.number, row.heads.get(name, ""))

    def cell_of(self, place: Place) -> Cell | None:
        """Where a place of [people] stands, if it is here."""
        row = self.rows.get(place[1]) if len(place) > 1 and place[0] == "people" else None
        return self.cell(row, place[2] if len(place) > 2 else "") if row else None


def read_roster(path: Path, draft: Draft, troubles: list[Trouble]) -> Roster:
    """Everybody of the workbook; what is wrong with a row is added to `troubles`. Raises Unreadable for what is
    wrong with the file."""
    reader = _Reader(Roster(str(path)), draft, troubles)
    known = known_heads(draft.get("channels", {}))
    found = [(sheet, heads) for sheet in read_sheets(path) if (heads := find_heads(sheet, known))]
    if not found:
        raise Unreadable("roster.no_heads")
    count = 0
    for sheet, heads in found:
        reader.roster.sheets.append(sheet.name)
        complete = reader.take_heads(sheet.name, heads)
        for number, cells in rows_of(sheet, heads):
            count += 1
            if count > MOST_ROWS:
                raise Unreadable("roster.too_many_rows", row=number, most=MOST_ROWS)
            if complete:
                reader.take(Row(sheet.name, number, heads.texts), cells)
    if not count and reader.roster.whole:
        raise Unreadable("roster.no_rows")
    return reader.roster


class _Reader:
    def __init__(self, roster: Roster, draft: Draft, troubles: list[Trouble]) -> None:
        self.roster = roster
        self._troubles, self._words = troubles, unit_words(draft)
        self._homes, self._branches = Index(draft.get("homes", {})), Index(draft.get("branches", {}))
        self._groups = Index(draft.get("groups", {}))

    def take_heads(self, sheet: str, heads: Heads) -> bool:
        """Whether rows can be read under them."""
        self.roster.unread |= dict.fromkeys(heads.unread)
        row = Row(sheet, heads.row, heads.texts)
        for text in heads.twice:
            self._trouble(row, "", "roster.head_twice", {"found": fields.shown(text)})
        for name in (ID, NAME):
            if name not in heads.columns:
                self.roster.whole = False
                self._trouble(row, "", f"roster.no_{name}_column")
        return {ID, NAME} <= heads.columns.keys()

    def take(self, row: Row, cells: Cells) -> None:
        id_ = self._id(row, cells.get(ID))
        person: Draft = {}
        if NAME not in cells:
            self._trouble(row, NAME, "roster.no_name", id_=id_)
        for name, cell in cells.items():
            if name in (ID, BRANCHES):
                continue
            try:
                person[name] = self._value(name, cell_text(cell))
            except Unreadable as refusal:
                self._trouble(row, name, refusal.key.replace("check.", "roster."), refusal.facts, id_)
        for branch in self._branches_of(cell_text(cells.get(BRANCHES, "")), row, id_):
            self.roster.members.setdefault(branch, []).extend([id_] if id_ else [])
        if id_:
            self.roster.people[id_], self.roster.rows[id_] = person, row

    def _id(self, row: Row, cell: object) -> str | None:
        """Who it is. None: that was not said, or stands for somebody already."""
        try:
            id_ = self._read_id(cell)
        except Unreadable as refusal:
            self._trouble(row, ID, refusal.key, refusal.facts)
            return None
        first = self.roster.rows.get(id_)
        if first:
            facts = {"found": fields.shown(id_), "other_sheet": first.sheet, "other_row": first.number}
            self._trouble(row, ID, "roster.id_twice", facts)
        return None if first else id_

    def _read_id(self, cell: object) -> str:
        if isinstance(cell, date | time | timedelta):
            raise Unreadable("roster.date_id", found=str(cell))
        if cell is None:
            raise Unreadable("roster.no_id")
        id_ = unicodedata.normalize("NFKC", cell_text(cell)).casefold()
        self._guard(id_)
        if not ID_FORM.fullmatch(id_):
            raise Unreadable("roster.bad_id", found=fields.shown(cell_text(cell)))
        return id_

    def _guard(self, text: str) -> None:
        if gate.scan(text, self._words):
            raise Unreadable("roster.secret")

    def _value(self, name: str, text: str) -> str:
        match name:
            case "name":
                self._guard(text)
                return fields.name(_GAP_IN_A_NAME.sub("", text))
            case "status":
                return by_word(text, STATUS_WORDS, "roster.status")
            case "language":
                return by_word(text, LANGUAGE_WORDS, "roster.language")
            case "home":
                return self._homes.find(text, "roster.unknown_home") if self._homes else fields.word(text)
            case "group":
                return self._groups.find(text, "roster.unknown_group") if self._groups else fields.word(text)
            case _:
                return fields.word(unicodedata.normalize("NFKC", text))

    def _branches_of(self, text: str, row: Row, id_: str | None) -> list[str]:
        """A name may hold a comma itself: the whole cell is tried first."""
        pieces = [text] if text in self._branches else [one.strip() for one in _BETWEEN.split(text)]
        found: dict[str, None] = {}
        for piece in filter(None, pieces):
            try:
                found[self._branches.find(piece, "roster.unknown_branch")] = None
            except Unreadable as refusal:
                self._trouble(row, BRANCHES, refusal.key, refusal.facts, id_)
        return list(found)

    def _trouble(
        self, row: Row, name: str, key: str, facts: Mapping[str, object] | None = None, id_: str | None = None
    ) -> None:
        place = ("people", id_) if id_ else ()
        self._troubles.append(Trouble(place, name, key, facts or {}, self.roster.cell(row, name)))
