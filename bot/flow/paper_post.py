"""A sheet of paper comes in, from a command beside the bot or without one: looked at first, and then entered whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.config.model import Config
from bot.domain.gate import compile_words
from bot.domain.paper import PaperRow, Wrong
from bot.flow.papers import Examiner, Found, Paper, State, take_in
from bot.store.tx import Store, Tx, Unit
from bot.work import Work

Outcome = dict[str, Any]  # as it goes over the socket: what became of it, figures, sentences by key
COUNTED: tuple[State, ...] = ("new", "changed", "same", "left")


def as_wish(paper: Paper) -> dict[str, Any]:
    return asdict(paper)


def paper_of(wish: Mapping[str, Any]) -> Paper:
    return Paper([PaperRow(**row) for row in wish["rows"]], wish["branch"], wish["by"])


def looked_at(config: Config, now: datetime, paper: Paper, *, enter: bool) -> Unit[Outcome]:
    """A unit of work that names every row that is odd; if none is, and it shall `enter` them, they are entered."""
    words = compile_words(config.gate.words)

    def unit(tx: Tx) -> Outcome:
        work = Work(tx, config, now)
        examiner = Examiner(work, paper, words)
        if refusal := examiner.refusal():
            return {"state": "refused", "figures": {}, "lines": [_line(refusal, {})]}
        found = examiner.examine()
        odd = [one for one in found if one.state == "odd"]
        if enter and not odd:
            take_in(work, found)
        return _outcome("odd" if odd else "entered" if enter else "tried", odd or found)

    return unit


async def take(store: Store, config: Config, now: datetime, paper: Paper, *, enter: bool) -> Outcome:
    unit = looked_at(config, now, paper, enter=enter)
    return await (store.write(unit, aside=True) if enter else store.read(unit))


def _outcome(state: str, found: Sequence[Found]) -> Outcome:
    figures = Counter(one.state for one in found)
    lines = [_line(one.why, {"sheet": one.row.sheet, "row": one.row.number}) for one in found if one.why]
    return {"state": state, "figures": {one: figures[one] for one in COUNTED}, "lines": lines}


def _line(why: Wrong, place: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": why.key, "facts": {**why.facts, **place}}
