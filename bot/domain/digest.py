"""What a liaison officer should know today, sorted: needs first, then silent, away, fine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.need import Need
from bot.domain.people import Belonging, Member
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


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One branch in a digest. Every willing member who has been asked is in exactly one of the five lists."""

    needs: Sequence[Need]
    told: Sequence[Answer] = field(default_factory=list[Answer])  # news: said more than “all well”
    silent: Sequence[Member] = field(default_factory=list[Member])
    away: Sequence[tuple[Member, Away]] = field(default_factory=list[tuple[Member, Away]])
    waiting: Sequence[Member] = field(default_factory=list[Member])  # asked, not yet due
    fine: Sequence[Member] = field(default_factory=list[Member])
    late: Sequence[Member] = field(default_factory=list[Member])
    refused: int = 0
    news: bool = False

    @property
    def empty(self) -> bool:
        return not (self.needs or self.silent or self.news)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a branch's day is made of; `answers` are those given or amended since the last digest."""

    members: Sequence[Belonging]
    expected: Mapping[str, Expected]  # the newest asked round, by member
    answers: Sequence[Answer]
    away: Mapping[str, Away]
    needs: Sequence[Need]


def branch_day(facts: Facts, now: datetime) -> BranchDay:
    """Sort the members; what somebody said comes before where she is."""
    told = {one.member.id: one for one in facts.answers if not one.all_well}
    rest = [one.member for one in facts.members if one.willing and one.member.id not in told]
    here = [one for one in rest if one.id not in facts.away and one.id in facts.expected]
    unanswered = [one for one in here if facts.expected[one.id].answered_at is None]
    return BranchDay(
        needs=facts.needs,
        told=list(told.values()),
        silent=[one for one in unanswered if facts.expected[one.id].round.due_at <= now],
        away=[(one, facts.away[one.id]) for one in rest if one.id in facts.away],
        waiting=[one for one in unanswered if facts.expected[one.id].round.due_at > now],
        fine=[one for one in here if facts.expected[one.id].answered_at is not None],
        late=[one.member for one in facts.answers if one.late],
        refused=sum(not one.willing for one in facts.members),
        news=bool(facts.answers),
    )


def plain(report: Report) -> bool:
    """Whether there is nothing to read in it but “all well”."""
    wordless = not (report.thoughts_words or report.work_words or report.living_words or report.need)
    calm = report.thoughts in (None, "steady") and report.work in (None, "on_track", "stage_done")
    return wordless and calm and report.living in (None, "well")


def parts(report: Report, kind: str) -> list[dict[str, str]]:
    """What was said, part by part, for a sentence to lay out; the work part is called by the branch's kind."""
    found = [
        ("thoughts", report.thoughts, report.thoughts_words),
        ("study" if kind == "training" else "work", report.work, report.work_words),
        ("living", report.living if report.living != "other" else None, report.living_words),
        ("need", None, report.need),
    ]
    return [{"name": name, "value": value or "", "words": words} for name, value, words in found if value or words]
