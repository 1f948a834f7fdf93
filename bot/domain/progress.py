"""Progress on a study platform as its export tells it: what a row says, whose it is, and why one is left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

HUNDRED = 100  # amounts are kept in hundredths
FARTHEST_YEARS = range(2000, 2101)
_NUMBER = re.compile(r"[\s+]*(\d[\d,]*(?:\.\d+)?)\s*(?:学时|小时|分|课时|门|hours?|points?|h)?\s*", re.IGNORECASE)
_YEAR = re.compile(r"(20\d\d)\s*(?:年度?)?")
TOTALS = ("合计", "总计", "小计", "汇总", "平均", "total", "sum")
UNFINISHED = ("未完成", "否", "学习中", "在学", "未学", "进行中", "不合格", "未达标", "未通过", "no", "0", "unfinished")
Refusal = tuple[str, Mapping[str, Any]]


class Entry(NamedTuple):
    """One row of an export. `amount`: hundredths of the platform's unit. `course` empty: all of the year."""

    row: int
    name: str
    number: str
    course: str
    amount: int
    finished: bool
    year: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken in: its number, and the sentence that says why."""

    row: int
    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    number: str


class Step(NamedTuple):
    """What is known of somebody's progress: of one course, or of a whole year."""

    member: str
    year: int
    course: str
    amount: int
    finished: bool


# By member, year and course: the amount, and whether it is finished. Twenty thousand of them are no objects.
Steps = dict[tuple[str, int, str], tuple[int, bool]]


@lru_cache(4096)
def amount_of(text: str) -> int | None:
    """`12.5学时` in hundredths; None: no number."""
    found = _NUMBER.fullmatch(text)
    return round(float(found[1].replace(",", "")) * HUNDRED) if found else None


def year_of(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found and int(found[1]) in FARTHEST_YEARS else None


def is_finished(text: str) -> bool:
    """An empty cell, or one that does not say otherwise, is as good as done: the row counts hours already given."""
    return text.strip().casefold() not in UNFINISHED


def is_total(name: str) -> bool:
    return name.rstrip("：:") in TOTALS


def bare(name: str) -> str:
    """A name as it is compared: 陈 晓 is 陈晓."""
    return (name if name.isalnum() else re.sub(r"[\s\u3000·.]+", "", name)).casefold()


class Register:
    """Finds whose row it is: by name, then by number; who is not sure is nobody."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_name: dict[str, list[Person]] = {}
        self.known: dict[tuple[str, str], Person | Refusal] = {}
        for one in people:
            self._by_name.setdefault(bare(one.name), []).append(one)

    def whose(self, name: str, number: str) -> Person | Refusal:
        """Kept in `known`, since one person has many rows."""
        found = self.known[name, number] = self._look(name, number)
        return found

    def _look(self, name: str, number: str) -> Person | Refusal:
        bearers = self._by_name.get(bare(name))
        if not bearers:
            return "progress.unknown", {"found": name}
        if len(bearers) == 1 and not (number and bearers[0].number):
            return bearers[0]
        by_number = [one for one in bearers if number and one.number == number]
        if len(by_number) == 1:
            return by_number[0]
        if len(bearers) > 1:
            return "progress.ambiguous", {"found": name, "count": len(bearers)}
        only = bearers[0]
        if number and only.number and only.number != number:
            return "progress.other_number", {"found": name}
        return only


def matched(entries: Iterable[Entry], register: Register) -> tuple[Steps, list[LeftOut]]:
    """Each person's steps, one a course and year (of two rows of one course the larger), and what fits nobody."""
    steps, left, known = Steps(), list[LeftOut](), register.known
    for row, name, number, course, amount, finished, year in entries:
        person = known.get((name, number)) or register.whose(name, number)
        if isinstance(person, tuple):
            left.append(LeftOut(row, *person))
            continue
        key = person.id, year, course
        before = steps.get(key)
        if before is None or before[0] < amount:
            steps[key] = amount, finished
    return steps, left


def total(steps: Sequence[Step]) -> int:
    """What counts, in hundredths: the year's own row where there is one, else the finished courses."""
    whole = [one.amount for one in steps if not one.course]
    return max(whole) if whole else sum(one.amount for one in steps if one.finished)


def plain(hundredths: int) -> str:
    """12.5, and 12 for 12.00."""
    return f"{hundredths / HUNDRED:.2f}".rstrip("0").rstrip(".")


def behind(done: int, goal: int, passed: float) -> bool:
    """Whether less is done (in hundredths) than the part of the year that has passed would have of the goal."""
    return done < goal * HUNDRED * passed
