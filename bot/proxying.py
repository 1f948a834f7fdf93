"""Entering an answer for somebody else: what would stand then, writing it down in her name, and telling her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.domain import instant
from bot.domain.answering import declared, meant
from bot.domain.branch import Branch
from bot.domain.digest import parts
from bot.domain.need import Need
from bot.domain.people import Member
from bot.domain.proxy import BY_HERSELF, Entered, Way
from bot.domain.reading import Reading, read
from bot.domain.report import Report
from bot.domain.rounds import Expected, choose
from bot.raising import raise_need
from bot.work import Work

Verdict = Literal["nothing_asked", "unread", "hers", "same", "new"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one answer in her name changes. `before` is empty where nothing stands yet."""

    branch: Branch
    member: Member
    expected: Expected
    before: Report
    report: Report

    @property
    def same(self) -> bool:
        return self.expected.answered_at is not None and self.before == self.report

    @property
    def hers(self) -> bool:
        """She has answered herself, or taken up what was entered."""
        return self.expected.answered_at is not None and not self.expected.entered.by_proxy


@dataclass(frozen=True, slots=True)
class Weighed:
    """What comes of the words before anything is written. `hers`: it would change what she has answered herself."""

    verdict: Verdict
    branch: Branch
    member: Member
    reading: Reading
    entry: Entry | None = None


def weigh(work: Work, member: Member, branches: Sequence[Branch], words: str) -> Weighed:
    """Read as if she had said it now, in whichever of these branches is asking her."""
    known = {branch.id: branch for branch in branches}
    expected = {one.round.id: one for one in work.tables.rounds.open_to(member.id) if one.round.branch in known}
    chosen = choose([replace(one, entered=BY_HERSELF) for one in expected.values()], work.now)
    branch = known[chosen.round.branch] if chosen else branches[0]
    reading = read(words, branch.kind, work.work_mode(branch))
    if chosen is None:
        return Weighed("nothing_asked", branch, member, reading)
    one = expected[chosen.round.id]
    before = standing(work, one)
    last = work.tables.rounds.last_before(branch.id, member.id, one.round.ask_at) if reading.unchanged else None
    report = meant(reading, before, last)
    if report is None:
        return Weighed("unread", branch, member, reading)
    entry = Entry(branch, member, one, before, report)
    return Weighed("same" if entry.same else "hers" if entry.hers else "new", branch, member, reading, entry)


def standing(work: Work, expected: Expected) -> Report:
    """What she has answered in that round, by herself or not."""
    return work.tables.rounds.report(expected.round.id, expected.member) if expected.answered_at else Report()


def enter(work: Work, entry: Entry, by: str, way: Way, id: str) -> list[Need]:  # noqa: A002
    """Write it down, and raise in her name the needs that are new in it. It is no consent of hers.

    `id`: the needs are named after it.
    """
    round_, member = entry.expected.round, entry.member
    late = entry.expected.answered_at is None and work.now > round_.due_at
    work.tables.rounds.answer(round_.id, member.id, entry.report, work.now, late=late, entered=Entered(way, by))
    work.tables.facts.note("reported_for", work.now, entry.branch.id, by, member.id)
    return raise_needs(work, entry.branch, member, entry.report, id, known=entry.before)


def raise_needs(
    work: Work,
    branch: Branch,
    member: Member,
    report: Report,
    id: str,  # noqa: A002
    known: Report | None = None,
) -> list[Need]:
    """Those it declares, but for those that were `known` already."""
    new = [need for need in declared(report) if need not in declared(known or Report())]
    return [raise_need(work, branch, member, kind, words, f"{id}:{member.id}:{kind}") for kind, words in new]


def tell(work: Work, entries: Sequence[Entry], by: Member, way: Way, reason: str) -> None:
    """She hears once what stands in her name. All entries are hers, in one branch."""
    first = entries[0]
    told = [_told(entry) for entry in entries]
    work.owe("proxy.told", first.member.id, reason, branch=first.branch, by=by.name, way=way, rounds=told)


def _told(entry: Entry) -> dict[str, Any]:
    round_ = entry.expected.round
    day = instant.day_of(round_.ask_at, entry.branch.zone).isoformat()
    return {"round": round_.id, "day": day, "parts": parts(entry.report, entry.branch.kind)}


def still_so(work: Work, member: str, branch: Branch, told: Mapping[str, Any]) -> bool:
    """Whether it stands as it was entered: neither corrected nor taken up by herself since."""
    found = next((one for one in work.tables.rounds.in_round(told["round"]) if one.member == member), None)
    if found is None or not found.entered.by_proxy:
        return False
    return parts(standing(work, found), branch.kind) == told["parts"]
