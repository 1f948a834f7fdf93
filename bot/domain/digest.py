"""What a liaison officer should know today, sorted: needs first, then silent, away, skipped, told, fine."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.need import Need
from bot.domain.people import Belonging, Member
from bot.domain.proxy import BY_HERSELF, Entered
from bot.domain.report import Report
from bot.domain.rounds import Expected
from bot.domain.silence import Away


@dataclass(frozen=True, slots=True)
class Answer:
    """One report since the last digest."""

    member: Member
    report: Report
    late: bool
    all_well: bool
    entered: Entered = BY_HERSELF


@dataclass(frozen=True, slots=True)
class Skipped:
    """A round that somebody skips, since when (not before it was asked), and the reason, if one was given."""

    member: Member
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One branch in a digest. Every willing member who was asked or has answered is in exactly one of the lists."""

    needs: Sequence[Need]
    told: Sequence[Answer] = field(default_factory=list[Answer])  # news: said more than “all well”
    silent: Sequence[Member] = field(default_factory=list[Member])
    away: Sequence[tuple[Member, Away]] = field(default_factory=list[tuple[Member, Away]])
    skipped: Sequence[Skipped] = field(default_factory=list[Skipped])  # the round asked last
    before: Sequence[Member] = field(default_factory=list[Member])  # said more than “all well” in an earlier digest
    waiting: Sequence[Member] = field(default_factory=list[Member])  # asked, not yet due; or back since it was
    fine: Sequence[Member] = field(default_factory=list[Member])
    late: frozenset[str] = frozenset()  # ids
    entered: Mapping[str, Entered] = field(default_factory=dict[str, Entered])  # by id, of those somebody entered
    refused: int = 0
    news: bool = False

    @property
    def empty(self) -> bool:
        """Nothing to send a message for."""
        return not (any(need.with_us for need in self.needs) or self.silent or self.news)

    @property
    def blank(self) -> bool:
        """Nothing to show even when asked."""
        people = (self.told, self.silent, self.away, self.skipped, self.before, self.waiting, self.fine)
        return not (self.needs or self.refused or any(people))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a branch's day is made of; `answers` are those given or amended since the last digest."""

    members: Sequence[Belonging]
    expected: Mapping[str, Expected]  # the newest asked round, by member
    well: Set[str]  # who answered that round with nothing but “all well”
    excused: Set[str]  # who was away when that round was due: she is not silent before the next one
    answers: Sequence[Answer]
    away: Mapping[str, Away]
    needs: Sequence[Need]
    skipped: Mapping[str, Skipped] = field(default_factory=dict[str, Skipped])  # of that round, by member
    since: datetime | None = None  # the last digest; None: there was none


def branch_day(facts: Facts, now: datetime) -> BranchDay:
    """Sort the members; what somebody said comes before where she is."""
    willing = {one.member.id: one.member for one in facts.members if one.willing}
    answers = {one.member.id: one for one in facts.answers if one.member.id in willing}
    told = [one for one in answers.values() if not one.all_well]
    rest = [one for id_, one in willing.items() if id_ not in {one.member.id for one in told}]
    here = [one for one in rest if one.id not in facts.away]
    asked = {one.id: facts.expected[one.id] for one in here if one.id in facts.expected}
    answered = {id_ for id_, one in asked.items() if one.answered_at} | answers.keys()
    fine = facts.well | answers.keys()
    skipped = [facts.skipped[one.id] for one in here if one.id in facts.skipped and one.id not in answered]
    due = {id_ for id_, one in asked.items() if one.round.due_at <= now} - facts.excused - facts.skipped.keys()
    return BranchDay(
        needs=facts.needs,
        told=told,
        silent=[one for one in here if one.id in due - answered],
        away=[(one, facts.away[one.id]) for one in rest if one.id in facts.away],
        skipped=skipped,
        before=[one for one in here if one.id in answered - fine],
        waiting=[one for one in here if one.id in asked.keys() - due - answered - facts.skipped.keys()],
        fine=[one for one in here if one.id in answered & fine],
        late=frozenset(id_ for id_, one in answers.items() if one.late),
        entered={id_: one.entered for id_, one in answers.items() if one.entered.way},
        refused=len(facts.members) - len(willing),
        news=bool(answers) or any(facts.since is None or one.at > facts.since for one in skipped),
    )


def plain(report: Report) -> bool:
    """Whether there is nothing to read in it but “all well”."""
    wordless = not (report.thoughts_words or report.work_words or report.living_words or report.need)
    calm = report.thoughts in (None, "steady") and report.work in (None, "on_track", "stage_done")
    return wordless and calm and report.living in (None, "well")


def parts(report: Report, kind: str) -> list[dict[str, str]]:
    """What was said, part by part and each in one line; the work part is called by the branch's kind."""
    found = [
        ("thoughts", "part.thoughts", report.thoughts, report.thoughts_words),
        ("study" if kind == "training" else "work", f"ask_work.{kind}", report.work, report.work_words),
        ("living", "part.living", report.living if report.living != "other" else None, report.living_words),
        ("need", "part.need", None, report.need),
    ]
    return [
        {"name": name, "label": label, "value": value or "", "words": one_line(words)}
        for name, label, value, words in found
        if value or words
    ]


def one_line(words: str) -> str:
    return " ".join(words.split())
