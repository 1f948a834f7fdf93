"""What a liaison officer, a secretary and a member are told of a branch, by right, as facts for sentences."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain import digest
from bot.domain.branch import Branch
from bot.domain.need import Need
from bot.domain.people import Belonging, Member
from bot.work import Work

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def digest_facts(work: Work, liaison: str, *, on_duty: bool) -> dict[str, Any] | None:
    """One digest over all her running branches; None when there is nothing to say."""
    since = work.tables.facts.moment(f"digest:{liaison}") or BEGINNING
    branches = work.tables.branches.open_of_liaison(liaison, on_duty=on_duty)
    days = [(branch, _day(work, branch, since)) for branch in branches]
    if all(day.empty for _, day in days):
        return None
    told = [_branch_facts(work, liaison, branch, day) for branch, day in days if not day.empty]
    return {"at": work.local(work.now), "branches": told}


def _day(work: Work, branch: Branch, since: datetime) -> digest.BranchDay:
    members = work.tables.members.of_branch(branch.id)
    known = {one.member.id: one.member for one in members}
    answered = work.tables.rounds.answered_since(branch.id, since)
    return digest.branch_day(
        digest.Facts(
            members=members,
            expected=work.tables.rounds.newest_asked(branch.id),
            answers=_latest([(known[who], report, late) for who, report, late in answered if who in known]),
            away=work.tables.aways.now_of_branch(branch.id, work.now),
            needs=work.tables.needs.unanswered(branch.id),
        ),
        work.now,
    )


def _latest(answered: Sequence[tuple[Member, digest.Report, bool]]) -> list[digest.Answer]:
    """One answer a member, the newest: yesterday's evening answer gives way to this morning's."""
    newest = {who.id: digest.Answer(who, report, late, digest.plain(report)) for who, report, late in answered}
    return list(newest.values())


def _branch_facts(work: Work, liaison: str, branch: Branch, day: digest.BranchDay) -> dict[str, Any]:
    return {
        "name": work.named(branch, liaison),
        "needs": [_need_facts(work, branch, need) for need in day.needs],
        "silent": [one.name for one in day.silent],
        "away": [
            {"who": one.name, "kind": away.kind, "until": work.local(away.until, branch)} for one, away in day.away
        ],
        "told": [
            {"who": one.member.name, "parts": digest.parts(one.report, branch.kind), "late": one.late}
            for one in day.told
        ],
        "fine": [one.name for one in day.fine],
        "late": [one.name for one in day.late],
        "waiting": [one.name for one in day.waiting],
        "refused": day.refused,
    }


def _need_facts(work: Work, branch: Branch, need: Need) -> dict[str, Any]:
    return {
        "number": need.number,
        "who": name_of(work, need.member),
        "kind": need.kind,
        "words": need.words,
        "since": work.local(need.raised_at, branch),
        "by": name_of(work, need.claimed_by) if need.claimed_by else "",
    }


def name_of(work: Work, member: str) -> str:
    found = work.tables.members.get(member)
    return found.name if found else member


def closing_of_member(work: Work, branch: Branch, member: str) -> dict[str, Any]:
    """Her own record, to herself alone."""
    asked, answered = work.tables.rounds.counts(branch.id, member)
    raised, settled = work.tables.needs.counts(branch.id, member)
    return _closing(work, branch, member) | {"asked": asked, "answered": answered, "raised": raised, "settled": settled}


def closing_of_liaison(work: Work, branch: Branch, liaison: str) -> dict[str, Any]:
    """What is still hers to do after the branch is gone: each need that waits, by number and name."""
    raised, settled = work.tables.needs.counts(branch.id)
    waiting = [_need_facts(work, branch, need) for need in work.tables.needs.unanswered(branch.id)]
    return _closing(work, branch, liaison) | {"raised": raised, "settled": settled, "waiting": waiting}


def closing_of_secretary(work: Work, branch: Branch, secretary: str) -> dict[str, Any]:
    """Figures of the whole, and none at all about a group smaller than the file allows."""
    members: Sequence[Belonging] = work.tables.members.of_branch(branch.id)
    enough = len(members) >= work.config.keep.group_of_at_least
    asked, answered = work.tables.rounds.counts(branch.id)
    raised, settled = work.tables.needs.counts(branch.id)
    figures = {"members": len(members), "asked": asked, "answered": answered, "raised": raised, "settled": settled}
    return _closing(work, branch, secretary) | {"figures": figures if enough else None}


def _closing(work: Work, branch: Branch, reader: str) -> dict[str, Any]:
    return {
        "branch": work.named(branch, reader),
        "opens": branch.opens.isoformat(),
        "closes": branch.closes.isoformat(),
        "keep_days": work.config.keep.words.days,
    }
