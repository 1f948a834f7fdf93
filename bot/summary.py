"""What a liaison officer, a secretary and a member are told of a branch, by right, as facts for sentences."""

from collections.abc import Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import digest, instant
from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need
from bot.domain.people import Belonging, Member
from bot.work import Work

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
A_DAY = timedelta(days=1)


def digest_facts(work: Work, reader: str, *, on_duty: bool) -> dict[str, Any] | None:
    """One digest over all running branches of a liaison officer; None when there is nothing to say.

    When she asks for it herself (not `on_duty`) she sees how everything stands, and the words of the last day.
    """
    told_at = work.tables.facts.moment(f"digest:{reader}")
    if on_duty:
        branches, since = work.tables.branches.open_of_liaison(reader, on_duty=True), told_at or BEGINNING
    else:
        a_day_ago = work.now - A_DAY
        branches, since = work.tables.branches.open_of_duty_holder(reader), min(told_at or a_day_ago, a_day_ago)
    days = [(branch, _day(work, branch, since)) for branch in branches]
    told = [(branch, day) for branch, day in days if not (day.empty if on_duty else day.blank)]
    if not told:
        return None
    needs = [_digest_need(work, reader, branch, need) for branch, day in told for need in day.needs]
    return {
        "at": work.local(work.now),
        "several": len(branches) > 1,
        "needs": needs,
        "branches": [_branch_facts(work, reader, branch, day) for branch, day in told],
        "claim": next((need["number"] for need in needs if need["claimable"]), None),
        "answer": next((need["number"] for need in needs if need["mine"] or need["claimable"]), None),
    }


def _day(work: Work, branch: Branch, since: datetime) -> digest.BranchDay:
    members = work.tables.members.of_branch(branch.id)
    known = {one.member.id: one.member for one in members}
    answered = work.tables.rounds.answered_since(branch.id, since)
    expected = work.tables.rounds.newest_asked(branch.id)
    due_at = next((one.round.due_at for one in expected.values()), None)
    excused = set(work.tables.aways.now_of_branch(branch.id, due_at)) if due_at else set[str]()
    newest = {id_: one.round.id for id_, one in expected.items() if one.answered_at}
    asked_last = next((one.round for one in expected.values()), None)
    skipped = work.tables.own_reports.skipped(asked_last.id) if asked_last else {}
    return digest.branch_day(
        digest.Facts(
            members=members,
            expected=expected,
            well={id_ for id_, round_ in newest.items() if digest.plain(work.tables.rounds.report(round_, id_))},
            excused=excused | work.tables.rounds.postponed(branch.id, work.now),
            answers=_latest([(known[who], report, late) for who, report, late in answered if who in known]),
            away=work.tables.aways.now_of_branch(branch.id, work.now),
            needs=work.tables.needs.unanswered(branch.id),
            skipped={
                id_: digest.Skipped(known[id_], max(one.at, asked_last.ask_at), one.why)
                for id_, one in skipped.items()
                if asked_last and id_ in known
            },
            since=since,
        ),
        work.now,
    )


def _latest(answered: Sequence[tuple[Member, digest.Report, bool]]) -> list[digest.Answer]:
    """One answer a member, the newest: yesterday's evening answer gives way to this morning's."""
    newest = {who.id: digest.Answer(who, report, late, digest.plain(report)) for who, report, late in answered}
    return list(newest.values())


def _branch_facts(work: Work, reader: str, branch: Branch, day: digest.BranchDay) -> dict[str, Any]:
    in_need = {need.member for need in day.needs}
    return {
        "name": work.named(branch, reader),
        "silent": [one.name for one in day.silent],
        "away": [
            {"who": one.name, "kind": away.kind, "until": work.local(away.until, branch)} for one, away in day.away
        ],
        "skipped": [_skipped(work, reader, branch, one) for one in day.skipped],
        "told": [told for one in day.told if (told := _told(branch, in_need, one))],
        "before": [one.name for one in day.before],
        "fine": [{"who": one.name, "late": one.id in day.late} for one in day.fine],
        "waiting": len(day.waiting),
        "refused": day.refused,
    }


def _skipped(work: Work, reader: str, branch: Branch, one: digest.Skipped) -> dict[str, Any]:
    """By name; the reason is for those who may read what she thinks."""
    why = one.why if may(work.roles(branch, reader), "see_thoughts") else ""
    today = instant.day_of(one.at, branch.zone) == work.today(branch)
    return {"who": one.member.name, "why": digest.one_line(why), "today": today}


def _told(branch: Branch, in_need: Set[str], answer: digest.Answer) -> dict[str, Any] | None:
    """Her report in parts; a need that is listed above it is not said twice."""
    parts = digest.parts(answer.report, branch.kind)
    if answer.member.id in in_need:
        parts = [part for part in parts if part["name"] != "need"]
    return {"who": answer.member.name, "parts": parts, "late": answer.late} if parts else None


def _digest_need(work: Work, reader: str, branch: Branch, need: Need) -> dict[str, Any]:
    """With what the reader can do about it: nobody settles a need of her own."""
    return _need_facts(work, branch, need) | {
        "branch": work.named(branch, reader),
        "mine": need.claimed_by == reader,
        "claimable": need.state == "open" and need.member != reader,
    }


def _need_facts(work: Work, branch: Branch, need: Need) -> dict[str, Any]:
    return {
        "number": need.number,
        "who": name_of(work, need.member),
        "kind": need.kind,
        "words": digest.one_line(need.words),
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
    """What is still hers to do after the branch is gone, by number and name, and what no digest has told her yet."""
    raised, settled = work.tables.needs.counts(branch.id)
    waiting = [_need_facts(work, branch, need) for need in work.tables.needs.unanswered(branch.id)]
    since = work.tables.facts.moment(f"digest:{work.on_duty(branch)}") or BEGINNING
    day = _day(work, branch, since)
    told = [told for one in day.told if (told := _told(branch, {need.member for need in day.needs}, one))]
    facts = {"raised": raised, "settled": settled, "waiting": waiting, "told": told}
    return _closing(work, branch, liaison) | facts


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
        "closes": _last_day(work, branch),
        "keep_days": work.config.keep.words.days,
    }


def _last_day(work: Work, branch: Branch) -> str:
    """To end at once, its last day was set to yesterday (handlers/closing.py); what people are told is today."""
    ended, follows = work.tables.facts.setting(f"ended:{branch.id}"), (branch.closes + A_DAY).isoformat()
    return follows if ended == follows else branch.closes.isoformat()
