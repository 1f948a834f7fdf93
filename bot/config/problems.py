"""What is wrong, as it is told: each problem with its line of the file or its row of the workbook, in their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from bot.config.agree import unit_words
from bot.config.fields import VEIL, printable
from bot.config.lines import Place, line_numbers, line_of
from bot.config.reading import Cell, Draft, Trouble
from bot.config.roster import Roster
from bot.domain import gate
from bot.errors import ConfigBroken, Unreadable

MOST_ROWS_TOLD = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to change: `key` names its sentence, `facts` fill it. `line` None: nowhere in particular; with
    `cell` it stands in a workbook; `file` None: in the file that was read."""

    key: str
    table: str
    name: str
    line: int | None
    facts: Mapping[str, object]
    cell: Cell | None = None
    file: Path | None = None


def problem_lines(broken: ConfigBroken) -> list[tuple[Problem, dict[str, object]]]:
    """Each problem with all that its sentence needs: also `file`, `line`, `table`, `name`, and `where`, which is
    `lianxin.toml:12 [branches.qingfeng] from`; in a workbook `file`, `sheet`, `row` and `head`. A workbook that is
    wrong in every row is told of by its first rows."""
    problems = cast("tuple[Problem, ...]", broken.facts["problems"])
    in_rows = [one for one in problems if one.cell]
    told = [one for one in problems if not one.cell] + in_rows[:MOST_ROWS_TOLD]
    if len(in_rows) > MOST_ROWS_TOLD:
        facts = {"count": len(in_rows) - MOST_ROWS_TOLD, "told": MOST_ROWS_TOLD}
        told.append(Problem("roster.more", "", "", None, facts, in_rows[MOST_ROWS_TOLD].cell))
    return [(one, facts_of(one, cast("Path", broken.facts["path"]))) for one in told]


def facts_of(problem: Problem, path: Path) -> dict[str, object]:
    """All that the sentence of a problem needs; `path` is the file that was read."""
    cell, path = problem.cell, problem.file or path
    facts = {**problem.facts, "line": problem.line, "where": _where(path, problem)}
    if not cell:
        return facts | {"file": str(path)}
    return facts | {"file": cell.file, "sheet": printable(cell.sheet), "row": cell.row, "head": printable(cell.head)}


def whole_text(refusal: Unreadable) -> Problem:
    """What is wrong with the file as a text."""
    line = refusal.facts.get("line")
    return Problem(refusal.key, "", "", line if isinstance(line, int) else None, refusal.facts)


def broken(path: Path, problems: list[Problem]) -> ConfigBroken:
    return ConfigBroken("check.broken", path=path, count=len(problems), problems=tuple(problems))


def problems_of(
    text: str, path: Path, troubles: Iterable[Trouble], draft: Draft, roster: Roster | None
) -> list[Problem]:
    """The troubles with their places, those of the file first; nothing in them that the gate would refuse."""
    numbers, words = line_numbers(text), unit_words(draft)
    sheets = {name: number for number, name in enumerate(roster.sheets if roster else ())}

    @lru_cache(4096)
    def is_secret(said: str) -> bool:
        return gate.scan(said, words) is not None

    def veiled(said: object) -> object:
        if isinstance(said, tuple):  # another place of the file
            place = cast("Place", said)
            said = f"{path}:{line_of(place, numbers)} [{'.'.join(place)}]"
        return VEIL if isinstance(said, str) and is_secret(said) else said

    def problem(one: Trouble) -> Problem:
        place: Place = (*one.table, one.name) if one.name else one.table
        cell = one.cell or (roster.cell_of(place) if roster else None)
        line = None if cell else line_of(place, numbers) or (1 if one.name else None)
        table = ".".join(str(veiled(part)) for part in one.table)
        facts = {name: veiled(said) for name, said in one.facts.items()}
        key = one.key.replace("check.", "roster.") if cell else one.key
        if cell:
            cell = Cell(cell.file, str(veiled(cell.sheet)), cell.row, str(veiled(cell.head)))
        return Problem(key, table, str(veiled(one.name)), line, facts, cell)

    def order(one: Problem) -> tuple[int, int, int]:
        return (0, 0, one.line or 0) if not one.cell else (1, sheets.get(one.cell.sheet, 0), one.cell.row)

    return sorted(map(problem, troubles), key=order)


def _where(path: Path, problem: Problem) -> str:
    if cell := problem.cell:
        return printable(" ".join(filter(None, (cell.file, cell.sheet, str(cell.row), cell.head))))
    line = f"{path}:{problem.line}" if problem.line else str(path)
    table = f"[{problem.table}]" if problem.table else ""
    return printable(" ".join(part for part in (line, table, problem.name) if part))
