"""An export comes in, from a command or from a page: looked at first, and then taken in whole, in one unit."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.burst import burst
from bot.config.model import Config
from bot.config.progress_file import Export
from bot.domain.progress import Entry, LeftOut, Person, Register, matched
from bot.store.tx import Tx, Unit
from bot.work import Work

Outcome = dict[str, Any]  # as it goes over the socket: figures, and a line for each row that was left out


def as_wish(export: Export) -> dict[str, Any]:
    """Rows as lists: of twenty thousand, half the length."""
    return {"rows": export.entries, "left": [asdict(one) for one in export.left]}


def export_of(wish: Mapping[str, Any]) -> Export:
    return Export([Entry(*row) for row in wish["rows"]], [LeftOut(**one) for one in wish["left"]])


def looked_at(config: Config, now: datetime, platform: str, export: Export, *, enter: bool) -> Unit[Outcome]:
    """A unit of work that takes in what is somebody's; a row that is nobody's is left out and named."""

    def unit(tx: Tx) -> Outcome:
        with burst():
            return _taken(Work(tx, config, now), platform, export, enter=enter)

    return unit


def number_of(id_: str, number: str) -> str:
    """An id of digits is her staff number, as a roster in a workbook has it."""
    return number or (id_ if id_.isdecimal() else "")


def _taken(work: Work, platform: str, export: Export, *, enter: bool) -> Outcome:
    known, config = work.tables.members.listed_ids(), work.config
    people = [Person(id_, one.name, number_of(id_, one.number)) for id_, one in config.people.items() if id_ in known]
    steps, left = matched(export.entries, Register(people))
    taken = work.tables.progress.take(platform, steps, work.now, enter=enter)
    if enter:
        work.tables.facts.note("study_import", work.now, None, None, platform)
    figures = {**asdict(taken), "people": len({member for member, _, _ in steps})}
    return {"figures": figures, "lines": _lines([*export.left, *left])}


def _lines(left: Sequence[LeftOut]) -> list[dict[str, Any]]:
    ordered = sorted(left, key=lambda one: one.row)
    return [{"key": one.key, "facts": {**one.facts, "row": one.row}} for one in ordered]
