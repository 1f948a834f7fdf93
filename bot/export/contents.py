"""What an export has in it: who was asked and answered when, the needs, and the lives of the branches."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Literal, Protocol, TypeVar, get_args

from bot.domain import instant
from bot.domain.branch import Branch, title
from bot.domain.digest import parts
from bot.export.cells import Cell, Row
from bot.store.extracts import PAGE, Asked, Life, Raised, asked_after, life_of, raised_after
from bot.store.tables import Tables
from bot.store.tx import Tx, Unit

T = TypeVar("T")
Page = TypeVar("Page", Asked, Raised)
Subject = Literal["reports", "needs", "branch"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

COLUMNS: Mapping[Subject, str] = {
    "reports": "branch_id branch member_id member round_at asked due_at answered_at late"
    " way entered_by entered_at work living",
    "needs": "number branch_id branch member_id member need_kind need_state raised_at claimed_at claimed_by settled_at"
    " confirmed_at ended_at reopened",
    "branch": "branch_id branch form kind state opens closes closed_at approved_by approval_number approval_day"
    " secretary liaisons members full_members times_asked times_answered needs_raised needs_settled",
}
WORDS: Mapping[Subject, str] = {
    "reports": "work_words living_words need_words",
    "needs": "words answer",
    "branch": "",
}
SAID = ("work", "living", "need")  # her thoughts are for her liaison officer and secretary alone


class Read(Protocol):
    """Runs a unit on the store, read-only; each sees the store as it is then."""

    def __call__(self, unit: Unit[T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """`branch` None: all. `since` and `until` are days of the branch's own clocks, both included.

    `group_of_at_least`: no figures about a branch with fewer members.
    """

    subject: Subject
    branch: str | None = None
    since: date = date.min
    until: date = date.max
    words: bool = False
    group_of_at_least: int = 0

    @property
    def columns(self) -> list[str]:
        return [*COLUMNS[self.subject].split(), *(WORDS[self.subject].split() if self.words else ())]

    def covers(self, moment: datetime, branch: Branch) -> bool:
        return self.since <= instant.day_of(moment, branch.zone) <= self.until


class Contents:
    """The rows, in one language; `word` gives its sentence or word for a key, `kind` a kind of needs its name."""

    def __init__(self, read: Read, language: str, word: Callable[[str], str], kind: Callable[[str], str]) -> None:
        self._read, self._language, self._word, self._kind = read, language, cache(word), kind

    def rows(self, wanted: Wanted) -> Iterator[Row]:
        branches = {one.id: one for one in self._read(_branches)}
        return {"reports": self._reports, "needs": self._needs, "branch": self._lives}[wanted.subject](wanted, branches)

    def _reports(self, wanted: Wanted, branches: Mapping[str, Branch]) -> Iterator[Row]:
        for one in self._paged(asked_after, wanted.branch):
            branch = branches.get(one.branch)
            if branch and wanted.covers(one.ask_at, branch):
                yield (
                    self._named(branch) | _of_round(one, branch) | self._entered(one, branch) | self._said(one, branch)
                )

    def _needs(self, wanted: Wanted, branches: Mapping[str, Branch]) -> Iterator[Row]:
        for one in self._paged(raised_after, wanted.branch):
            branch = branches.get(one.branch)
            if branch and wanted.covers(one.raised_at, branch):
                yield self._named(branch) | _of_need(one, branch) | self._kind_of(one)

    def _lives(self, wanted: Wanted, branches: Mapping[str, Branch]) -> Iterator[Row]:
        for branch in branches.values():
            chosen = wanted.branch in (None, branch.id)
            if chosen and branch.opens <= wanted.until and branch.closes >= wanted.since:
                life = self._read(partial(life_of, branch=branch))
                figures = _figures(life) if life.members >= wanted.group_of_at_least else dict.fromkeys(_figures(life))
                yield self._named(branch) | _of_branch(life) | self._kinds_of(branch) | figures

    def _paged(self, page: Callable[[Tx, str | None, Page | None], list[Page]], branch: str | None) -> Iterator[Page]:
        """Page by page, each read by itself, so that the bot's own work goes on between."""
        last, more = None, True
        while more:
            rows = self._read(_page(page, branch, last))
            yield from rows
            more = len(rows) == PAGE
            last = rows[-1] if rows else None

    def _named(self, branch: Branch) -> dict[str, Cell]:
        return {"branch_id": branch.id, "branch": title(branch, self._language)}

    def _entered(self, one: Asked, branch: Branch) -> dict[str, Cell]:
        """How the answer came; nothing where there is none."""
        way = self._word(f"export.way_{one.entered.way or 'member'}") if one.answered_at else ""
        return {"way": way, "entered_by": one.enterer, "entered_at": _local(one.entered.at, branch)}

    def _said(self, one: Asked, branch: Branch) -> dict[str, Cell]:
        """What she declared, in the words she chose from, and beside it her own."""
        said = {part["name"].replace("study", "work"): part for part in parts(one.report, branch.kind)}
        declared = {
            name: self._word(f"words.{said[name]['name']}.{said[name]['value']}")
            for name in SAID
            if name in said and said[name]["value"]
        }
        own = {f"{name}_words": said[name]["words"] if name in said else "" for name in SAID}
        return {**dict.fromkeys(SAID, ""), **declared, **own}

    def _kind_of(self, one: Raised) -> dict[str, Cell]:
        return {"need_kind": self._kind(one.kind), "need_state": self._word(f"export.need_state_{one.state}")}

    def _kinds_of(self, branch: Branch) -> dict[str, Cell]:
        return {
            "form": self._word("words.group.party" if branch.is_party_branch else "words.group.liaison"),
            "kind": self._word(f"export.kind_{branch.kind}"),
            "state": self._word(f"export.state_{branch.state}"),
        }


def _page(
    page: Callable[[Tx, str | None, Page | None], list[Page]], branch: str | None, last: Page | None
) -> Unit[list[Page]]:
    return lambda tx: page(tx, branch, last)


def _branches(tx: Tx) -> list[Branch]:
    return Tables(tx).branches.all()


def _of_round(one: Asked, branch: Branch) -> dict[str, Cell]:
    return {
        "member_id": one.member,
        "member": one.name,
        "round_at": _local(one.ask_at, branch),
        "asked": one.asked,
        "due_at": _local(one.due_at, branch),
        "answered_at": _local(one.answered_at, branch),
        "late": one.late,
    }


def _of_need(one: Raised, branch: Branch) -> dict[str, Cell]:
    return {
        "number": one.number,
        "member_id": one.member,
        "member": one.name,
        "raised_at": _local(one.raised_at, branch),
        "claimed_at": _local(one.claimed_at, branch),
        "claimed_by": one.claimer,
        "settled_at": _local(one.settled_at, branch),
        "confirmed_at": _local(one.ended_at if one.state == "confirmed" else None, branch),
        "ended_at": _local(one.ended_at, branch),
        "reopened": one.reopened,
        "words": one.words,
        "answer": one.answer,
    }


def _of_branch(life: Life) -> dict[str, Cell]:
    branch = life.branch
    return {
        "opens": branch.opens,
        "closes": branch.closes,
        "closed_at": _local(branch.closed_at, branch),
        "approved_by": branch.approval_by,
        "approval_number": branch.approval_number,
        "approval_day": branch.approval_day,
        "secretary": life.secretary,
        "liaisons": ", ".join(life.liaisons),
        "members": life.members,
        "full_members": branch.full_members,
    }


def _figures(life: Life) -> dict[str, Cell]:
    return {
        "times_asked": life.asked,
        "times_answered": life.answered,
        "needs_raised": life.raised,
        "needs_settled": life.settled,
    }


def _local(moment: datetime | None, branch: Branch) -> datetime | None:
    return moment.astimezone(branch.zone) if moment else None
