"""A unit beside which sheets are made, filled in and imported."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.config.paper import read_paper
from bot.flow.paper_post import Outcome, take
from bot.flow.papers import Paper
from tests.place import lianxin, unit
from tests.town import Town
from tests.workbooks import xlsx

HEADS = ("日期", "姓名", "思想", "办案", "生活", "困难", "编号")
MONDAY, TUESDAY = "2026-03-02", "2026-03-03"
DAILY = '\n[report]\nask = "daily 17:40"\n'
Row = tuple[str | None, ...]
Cell = tuple[str, str, str]  # day, name, column


@asynccontextmanager
async def week(folder: Path, *changes: tuple[str, str], more: str = "") -> AsyncGenerator[Town]:
    """Asked on Monday and on Tuesday; nobody has answered."""
    async with unit(folder, "2026-03-02 08:00", *changes, more=DAILY + more) as t:
        await t.until("2026-03-03 18:00")
        yield t


def made(folder: Path, *words: str) -> Path:
    """The sheet of qingfeng from that Monday on."""
    out = folder / "sheet.xlsx"
    assert lianxin("sheet", folder / "config.toml", "qingfeng", "--from", MONDAY, "--out", out, *words) == 0
    return out


def pages(file: Path) -> dict[str, list[list[Any]]]:
    book: Any = CalamineWorkbook.from_path(str(file))  # pyright: ignore[reportUnknownMemberType]
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def filled(file: Path, cells: Mapping[Cell, str], name: str = "报告") -> Path:
    """The sheet as it comes back from Excel: those cells written, the hidden page still in it."""
    found = pages(file)
    rows = found[name]
    heads = [str(one) for one in rows[2]]
    for (day, who, column), text in cells.items():
        row = next(row for row in rows[3:] if str(row[0]) == day and row[1] == who)
        row[heads.index(column)] = text
    return xlsx(file, found, hidden=["lianxin-reports"])


def table(folder: Path, *rows: Row, heads: Sequence[str] = HEADS, name: str = "own.xlsx") -> Path:
    """A sheet of somebody's own making, without the hidden page."""
    return xlsx(folder / name, {"表": [heads, *rows]})


async def taken(t: Town, file: Path, by: str = "", *, enter: bool = True) -> Outcome:
    """As the running bot takes it."""
    found = read_paper(file, {})
    paper = Paper(found.rows, found.branch, by)
    outcome = await take(t.bot.store, t.bot.config, t.clock.now(), paper, enter=enter)
    await t.bot.beat()
    return outcome


async def answers(t: Town) -> dict[tuple[str, str], tuple[str, str]]:
    """Of whom and which day there is an answer, how it came, and who entered it."""
    rows = await t.rows("SELECT member, ask_at, way, entered_by FROM report WHERE answered_at IS NOT NULL")
    return {(row["member"], row["ask_at"][:10]): (row["way"], row["entered_by"]) for row in rows}


async def imported(folder: Path, file: Path, *words: str, code: int = 0) -> None:
    """By the command, which has a loop of its own."""
    command = ("import", "reports", folder / "config.toml", file, *words)
    assert await asyncio.to_thread(lianxin, *command) == code


Out = pytest.CaptureFixture[str]
