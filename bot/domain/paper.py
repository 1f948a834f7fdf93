"""A sheet of paper, typed in row by row: which day a row is about, and what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from bot.domain import reading_values as values
from bot.domain.reading import Kind, WorkMode, read
from bot.domain.reading_clauses import fold
from bot.domain.reading_words import LETTER
from bot.domain.report import Report, merge
from bot.domain.when import MONTHS

COLUMNS = ("thoughts", "work", "living", "need")

_HALF_A_YEAR = timedelta(days=183)
_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_DAYS = tuple(
    re.compile(rf"{form}(?!\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})",
        rf"(?:[a-z]{{3}}\s+)?(?P<day>\d{{1,2}})\s+{_MONTH}(?:\s+(?P<year>20\d\d))?",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>20\d\d))?",
    )
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row as it was typed. `chosen`: cells that hold a word of the closed list, by its value; `words`: the rest."""

    sheet: str
    number: int
    day: str
    id: str
    name: str
    chosen: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be taken, as a sentence of the family `sheet`."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


def day_meant(text: str, today: date) -> date | None:
    """2026-03-02, 3月2日, 2 Mar; without a year it is the nearest to today. None: no day, or one there is not."""
    found = next((match for form in _DAYS if (match := form.match(text.strip()))), None)
    if found is None:
        return None
    parts = found.groupdict()
    name = (parts.get("name") or "").lower()
    month = MONTHS.index(name) + 1 if name else int(parts["month"])
    years = [int(parts["year"])] if parts.get("year") else [today.year - 1, today.year, today.year + 1]
    days = [day for year in years if (day := _day(year, month, int(parts["day"])))]
    if parts.get("year"):
        return days[0] if days else None
    return next((day for day in days if abs(day - today) <= _HALF_A_YEAR), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def said_in(row: PaperRow, kind: Kind, work: WorkMode) -> Report | Wrong:
    """The whole answer of one row, cell by cell; empty if it says nothing."""
    report = Report()
    for column in COLUMNS:
        if value := row.chosen.get(column):
            report = merge(report, Report(**cast("dict[str, Any]", {column: value})))
        elif words := row.words.get(column, ""):
            said = _said(column, words, kind, work)
            if isinstance(said, Wrong):
                return said
            report = merge(report, said)
    return report


def _said(column: str, words: str, kind: Kind, work: WorkMode) -> Report | Wrong:
    plain = fold(words)
    if values.NOTHING.fullmatch(plain) or (column == "need" and values.NO_NEED.fullmatch(plain)):
        return Report()
    reading = read(f"{column}: {words}", kind, work)
    if reading.work_refused:
        return Wrong("sheet.case_words", {"column": column})
    if reading.unchanged:
        return Wrong("sheet.as_above", {"column": column})
    if reading.left_out or reading.report == Report() or not LETTER.search(plain):
        return Wrong("sheet.unread", {"column": column})
    return reading.report
