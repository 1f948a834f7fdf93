"""Sheets of paper that were typed in: every row is read first, and then all of them are entered, or none."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from bot.config.fields import shown
from bot.config.words import folded
from bot.domain import gate, instant
from bot.domain.access import may, who_may
from bot.domain.branch import Branch
from bot.domain.paper import PaperRow, Wrong, day_meant, said_in
from bot.domain.people import Member
from bot.domain.report import Report
from bot.domain.rounds import Expected
from bot.message import TEXT_LIMIT
from bot.proxying import Entry, enter, standing, tell
from bot.work import Work

State = Literal["new", "changed", "same", "left", "odd"]
MOST_ROUNDS = 400  # of one person, that a sheet can still be about


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be entered. `by` empty: in the name of whoever is on duty; `branch` empty: the sheet does not say."""

    rows: Sequence[PaperRow]
    branch: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What comes of one row; `why` is said of those that are odd or left as they are."""

    row: PaperRow
    state: State
    why: Wrong | None = None
    entry: Entry | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row belongs: whose it is, in which round, who enters it."""

    branch: Branch
    member: Member
    consent: str
    expected: Expected
    by: str


class Examiner:
    """Looks at rows and changes nothing."""

    def __init__(self, work: Work, paper: Paper, words: gate.Words) -> None:
        self._work, self._paper, self._words = work, paper, words
        branches = [one for one in work.tables.branches.all() if one.open and paper.branch in ("", one.id)]
        self._belongs: dict[str, list[tuple[Branch, str]]] = {}
        self._people: dict[str, Member] = {}
        for branch in branches:
            for one in work.tables.members.of_branch(branch.id):
                self._people[one.member.id] = one.member
                self._belongs.setdefault(one.member.id, []).append((branch, one.consent))
        self._taken: dict[tuple[str, str], Found] = {}

    def refusal(self) -> Wrong | None:
        """Why none of it can be taken."""
        branch = self._work.tables.branches.get(self._paper.branch) if self._paper.branch else None
        if self._paper.branch and branch is None:
            return Wrong("sheet.other_unit", {"branch": shown(self._paper.branch)})
        if branch and not branch.open:
            return Wrong("sheet.not_open", {"branch": self._work.named(branch, "")})
        by = self._paper.by
        return Wrong("sheet.unknown_by", {"by": shown(by)}) if by and by not in self._work.config.people else None

    def examine(self) -> list[Found]:
        return [self._row(row) for row in self._paper.rows]

    def _row(self, row: PaperRow) -> Found:
        if wrong := self._refused(row):
            return Found(row, "odd", wrong)
        place = self._place(row)
        if isinstance(place, Wrong):
            return Found(row, "odd", place)
        branch = place.branch
        report = said_in(row, branch.kind, self._work.work_mode(branch))
        if isinstance(report, Wrong):
            return Found(row, "odd", report)
        found = self._weighed(row, place, report)
        return self._unless_twice(row, place, found)

    def _refused(self, row: PaperRow) -> Wrong | None:
        """The gate, before anybody reads it."""
        text = "\n".join((row.day, row.id, row.name, *row.words.values()))
        if gate.scan(text, self._words):
            return Wrong("sheet.secret")
        return Wrong("sheet.too_long", {"most": TEXT_LIMIT}) if len(text) > TEXT_LIMIT else None

    def _place(self, row: PaperRow) -> _Place | Wrong:
        member = self._member(row)
        if isinstance(member, Wrong):
            return member
        day = day_meant(row.day, self._work.today())
        if day is None:
            return Wrong("sheet.no_day" if not row.day else "sheet.bad_day", {"found": shown(row.day)})
        asked = self._asked(member, day.isoformat())
        if len({branch.id for branch, _, _ in asked}) != 1:
            key = "sheet.several_branches" if asked else "sheet.not_asked"
            return Wrong(key, {"who": member.name, "day": day.isoformat()})
        branch, consent, expected = asked[0]
        by = self._by(branch)
        return by if isinstance(by, Wrong) else _Place(branch, member, consent, expected, by)

    def _member(self, row: PaperRow) -> Member | Wrong:
        """By id, else by name; where both are there they must be one person's."""
        id_ = unicodedata.normalize("NFKC", row.id).casefold()
        alike = [one for one in self._people.values() if folded(one.name) == folded(row.name)]
        if id_:
            member = self._people.get(id_)
            if member is None:
                return Wrong("sheet.unknown_id", {"found": shown(row.id)})
            return member if member in alike or not row.name else Wrong("sheet.id_and_name", {"who": member.name})
        if len(alike) > 1:
            told = [f"{one.id} {self._home(one)}".strip() for one in sorted(alike, key=lambda one: one.id)]
            return Wrong("sheet.ambiguous", {"found": shown(row.name), "people": told})
        return alike[0] if alike else Wrong("sheet.unknown_name", {"found": shown(row.name)})

    def _home(self, member: Member) -> str:
        home = self._work.config.homes.get(member.home)
        return home.name if home else member.home

    def _asked(self, member: Member, day: str) -> list[tuple[Branch, str, Expected]]:
        """The rounds of that day she was expected in, the latest first."""
        rounds = self._work.tables.rounds.open_to(member.id, MOST_ROUNDS)
        belongs = {branch.id: (branch, consent) for branch, consent in self._belongs[member.id]}
        hers = [(*belongs[one.round.branch], one) for one in rounds if one.round.branch in belongs]
        return [
            (branch, consent, one)
            for branch, consent, one in hers
            if instant.day_of(one.round.ask_at, branch.zone).isoformat() == day
        ]

    def _by(self, branch: Branch) -> str | Wrong:
        """In whose name it is entered."""
        by, named = self._paper.by or self._work.on_duty(branch) or "", self._work.named(branch, "")
        if not may(self._work.roles(branch, by), "report_for"):
            able = [name for role in who_may("report_for") for name in self._work.names_of(branch, role)]
            return Wrong("sheet.not_theirs", {"by": self._name(by), "branch": named, "able": able})
        return by

    def _name(self, id_: str) -> str:
        found = self._work.tables.members.get(id_)
        return found.name if found else id_

    def _weighed(self, row: PaperRow, place: _Place, report: Report) -> Found:
        entry = Entry(place.branch, place.member, place.expected, standing(self._work, place.expected), report)
        day = instant.day_of(place.expected.round.ask_at, place.branch.zone).isoformat()
        facts = {"who": place.member.name, "day": day}
        if report == Report():
            return Found(row, "same", entry=entry)
        if place.consent == "refused":
            return Found(row, "left", Wrong("sheet.left_refused", facts), entry)
        if entry.same:
            return Found(row, "same", entry=entry)
        if place.expected.answered_at and place.expected.entered.way != "paper":
            way = "phone" if place.expected.entered.by_proxy else "hers"
            return Found(row, "left", Wrong(f"sheet.left_{way}", facts), entry)
        return Found(row, "changed" if place.expected.answered_at else "new", None, entry, place.by)

    def _unless_twice(self, row: PaperRow, place: _Place, found: Found) -> Found:
        """Of two rows for one person and day the second must say the same."""
        key = (place.expected.round.id, place.member.id)
        first = self._taken.setdefault(key, found)
        if first is found:
            return found
        if first.entry and found.entry and first.entry.report == found.entry.report:
            return Found(row, "same", entry=found.entry)
        facts = {"who": place.member.name, "other": first.row.number, "other_sheet": first.row.sheet}
        return Found(row, "odd", Wrong("sheet.twice", facts))


def take_in(work: Work, found: Sequence[Found]) -> None:
    """Enter every row that is new or changed; each of them hears once of all of hers."""
    told: dict[tuple[str, str, str], list[Entry]] = {}
    for one in found:
        if one.state in ("new", "changed") and one.entry:
            enter(work, one.entry, one.by, "paper", _mark(work, one.entry))
            told.setdefault((one.entry.branch.id, one.entry.member.id, one.by), []).append(one.entry)
    for (branch, member, by), entries in told.items():
        liaison = work.tables.members.get(by)
        if liaison:
            tell(work, entries, liaison, "paper", f"paper:{branch}:{member}:{_mark(work, *entries)}")


def _mark(work: Work, *entries: Entry) -> str:
    """What this was, and when: a corrected sheet may come within the same second."""
    said = "|".join(f"{one.expected.round.id} {one.member.id} {one.report}" for one in entries)
    return f"{instant.text(work.now)}:{sha256(said.encode()).hexdigest()[:16]}"
