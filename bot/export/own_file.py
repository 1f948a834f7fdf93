"""A member's own file: all that is held about her, for herself; of others' words only the answers given to her."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.config.model import Config
from bot.domain import instant
from bot.domain.branch import title
from bot.render import Renderer
from bot.store import holdings
from bot.store.held import HELD, Holding
from bot.store.tables import Tables
from bot.store.tx import Tx

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[2] / "templates" / "export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# What the bot says to a member of herself. All else may hold what others wrote, and is not in her file.
TOLD_OF_HERSELF = frozenset(
    (
        *("branch.welcome", "branch.left", "report.question", "report.reminder", "need.claimed", "need.answered"),
        *("study.behind", "rota.yours", "rota.soon", "share_back.open", "share_back.again", "share_back.held"),
        *("share_back.excused", "closing.extended", "closing.member", "suggestion.answered"),
        *("whisper.read", "whisper.left", "whisper.answered", "numbers.question", "numbers.reminder"),
        *("exit.question", "proxy.told", "nudging.gentle", "care.ask", "writing.personal"),
        *("needs.in_hand", "needs.done", "needs.impossible", "needs.handed", "needs.released", "needs.ask_again"),
        *("needs.lapsed", "needs.filed"),
    )
)
PEOPLE = ("claimed_by", "reader", "entered_by", "settled_by", "buddy", "holder", "held_by")
FLAGS = ("listed", "late")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """`rows`: by table, under the names they have there. `settings`: what is remembered for her alone."""

    member: str
    name: str
    language: str
    made_at: datetime
    words: bool
    rows: Mapping[str, tuple[Row, ...]]
    settings: Mapping[str, str]
    branches: Mapping[str, str]
    people: Mapping[str, str]


def own_file(tx: Tx, member: str, now: datetime, *, words: bool = True) -> OwnFile | None:
    """None: nobody of that id is known. Without `words` the file may pass through somebody else's hands."""
    tables = Tables(tx)
    person = tables.members.get(member)
    if person is None:
        return None
    rows: dict[str, tuple[Row, ...]] = {
        one.table: tuple(holdings.rows_of(tx, one, member, words=words)) for one in HELD
    }
    rows["phone_line"] = _without_others(tx, member, rows["phone_line"])
    ids = {row[name] for each in rows.values() for row in each for name in PEOPLE if row.get(name)}
    return OwnFile(
        member=member,
        name=person.name,
        language=person.language,
        made_at=now,
        words=words,
        rows={one.table: tuple(_shown(one, row) for row in rows[one.table]) for one in HELD},
        settings=dict(holdings.settings_of(tx, member)),
        branches={branch.id: title(branch, person.language) for branch in tables.branches.all()},
        people={id_: found.name for id_ in sorted(ids) if (found := tables.members.get(id_))},
    )


def as_json(file: OwnFile) -> bytes:
    """Times in UTC, names as they are in the store."""
    facts = {"member": file.member, "made_at": instant.text(file.made_at), "remembered": file.settings}
    return json.dumps({**facts, "held": file.rows}, ensure_ascii=False, indent=1).encode()


def as_html(file: OwnFile, renderer: Renderer, config: Config) -> bytes:
    """One page that needs nothing beside it; the unit, its hours and its kinds of needs are those of the config."""
    said = _Said(file, renderer, config)
    sections = [
        {"title": said(f"records.table_{table}"), "rows": [said.row(table, row) for row in rows]}
        for table, rows in file.rows.items()
        if rows
    ]
    made = said.moment(instant.text(file.made_at))
    facts = {
        "w": said,
        "language": file.language,
        "name": file.name,
        "unit": config.name,
        "made": made,
        "words": file.words,
    }
    return PAGES.get_template("own_file.html").render(**facts, sections=sections, settings=file.settings).encode()


class _Said:
    """What is held, as she reads it."""

    def __init__(self, file: OwnFile, renderer: Renderer, config: Config) -> None:
        self._file, self._config, self._zone = file, config, ZoneInfo(config.time_zone)
        self._renderer, self._known = renderer, renderer.keys(file.language)

    def __call__(self, key: str, **facts: Any) -> str:
        return self._renderer.say(self._file.language, key, facts)

    def moment(self, at: str) -> str:
        return self("records.at", at=instant.local(instant.parse(at), self._zone))

    def row(self, table: str, row: Row) -> list[tuple[str, str]]:
        filled = ((name, value) for name, value in row.items() if value not in (None, ""))
        return [(self(f"records.head_{name}"), self._value(table, name, value)) for name, value in filled]

    def _value(self, table: str, name: str, value: Any) -> str:
        if name == "at" or name.endswith("_at"):
            return self.moment(value)
        if name.endswith("_on"):
            return self("records.on", day=value)
        if name == "branch":
            return self._file.branches.get(value, value)
        if name in PEOPLE:
            return self._file.people.get(value, value)
        if name in FLAGS:
            return self("export.yes" if value else "export.no")
        if (table, name) == ("need", "kind"):
            return self._config.kind_of_need(value).named(self._file.language)
        return self._word(table, name, str(value))

    def _word(self, table: str, name: str, value: str) -> str:
        """What is chosen from a list has a word; what somebody wrote stands as it is."""
        keys = (f"records.value_of_{table}_{value}", f"records.value_{value}", f"words.{name}.{value}")
        keys += (f"plan.message_{value.replace('.', '_')}",)
        return next((self(key) for key in keys if key in self._known), value)


def _shown(holding: Holding, row: Row) -> Row:
    return {name: row.get(name) for name in holding.shown}


def _without_others(tx: Tx, member: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Her phone without what it was told of others: of what the bot said by itself that of herself, and the answers
    she got only if she has never been told anything but that."""
    kinds: dict[str, set[str]] = {}
    for row in tx.all("SELECT kind, delivery FROM outbox WHERE member = :member", member=member):
        kinds.setdefault(row["delivery"] or "", set()).add(row["kind"])
    told = set[str]().union(*kinds.values())
    on_duty = bool(told - TOLD_OF_HERSELF or Tables(tx).branches.open_of_duty_holder(member))

    def may_stand(row: Row) -> bool:
        delivery = row.get("by_itself")
        return not on_duty if delivery is None else kinds.get(delivery, {""}) <= TOLD_OF_HERSELF

    return tuple(row if may_stand(row) else {**row, "heard": None} for row in rows)
