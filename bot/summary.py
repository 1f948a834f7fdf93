"""What a liaison officer, a secretary and a member are told of a branch, by right, as facts for sentences."""

from collections.abc import Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import digest, instant
from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need
from bot.domain.people import Belonging, Member
from bot.domain.proxy import Entered
from bot.domain.roll import roll, without_tone
from bot.store.rounds import Said
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
        branches, since = work.tables.branches.open_of_duty_holder(reader), _a_day_before(work, told_at)
    days = [(branch, _day(work, branch, since)) for branch in branches]
    told = [(branch, day) for branch, day in days if not (day.empty if on_duty else day.blank)]
    if not told:
        return None
    held = sum(work.tables.outbox.held_back(one, since) for branch, _ in told for one in _members(work, branch))
    needs = [_digest_need(work, reader, branch, need) for branch, day in told for need in day.needs]
    return {
        "at": work.local(work.now),
        "several": len(branches) > 1,
        "held": held,
        "needs": needs,
        "branches": [_branch_facts(work, reader, branch, day) for branch, day in told],
        "claim": next((need["number"] for need in needs if need["claimable"]), None),
        "answer": next((need["number"] for need in needs if need["to_answer"]), None),
    }


def _a_day_before(work: Work, told_at: datetime | None) -> datetime:
    """From when on words are news to whoever asks: those of the last day, and those of no digest yet."""
    return min(told_at or work.now, work.now - A_DAY)


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
            excused=excused | work.tables.rounds.postponed(branch.id, work.now).keys(),
            answers=_latest([(known[one[0]], one) for one in answered if one[0] in known]),
            away=work.tables.aways.now_of_branch(branch.id, work.now),
            needs=sorted(work.tables.needs.unsettled(branch.id), key=lambda need: not need.overdue),
            skipped={
                id_: digest.Skipped(known[id_], max(one.at, asked_last.ask_at), one.why)
                for id_, one in skipped.items()
                if asked_last and id_ in known
            },
            since=since,
        ),
        work.now,
    )


def _latest(answered: Sequence[tuple[Member, Said]]) -> list[digest.Answer]:
    """One answer a member, the newest: yesterday's evening answer gives way to this morning's."""
    newest = {
        who.id: digest.Answer(who, report, late, digest.plain(report), entered)
        for who, (_, report, late, entered) in answered
    }
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
        "told": [told for one in day.told if (told := _told(work, reader, branch, in_need, one))],
        "before": [one.name for one in day.before],
        "fine": [
            {"who": one.name, "late": one.id in day.late, "entered": _entered(work, day.entered.get(one.id))}
            for one in day.fine
        ],
        "waiting": len(day.waiting),
        "refused": day.refused,
    }


def _members(work: Work, branch: Branch) -> list[str]:
    return [one.member.id for one in work.tables.members.of_branch(branch.id)]


def _told(work: Work, reader: str, branch: Branch, in_need: Set[str], answer: digest.Answer) -> dict[str, Any] | None:
    """Her report in the parts that the reader may see; a need that is listed above it is not said twice."""
    left_out = {"need"} if answer.member.id in in_need else set[str]()
    if not may(work.roles(branch, reader), "see_thoughts"):
        left_out.add("thoughts")
    parts = [part for part in digest.parts(answer.report, branch.kind) if part["name"] not in left_out]
    entered = _entered(work, answer.entered)
    return {"who": answer.member.name, "parts": parts, "late": answer.late, "entered": entered} if parts else None


def _entered(work: Work, entered: Entered | None) -> dict[str, Any]:
    """Who entered it and how; nothing where she said it herself."""
    return {"way": entered.way, "by": name_of(work, entered.by)} if entered and entered.way else {}


def _skipped(work: Work, reader: str, branch: Branch, one: digest.Skipped) -> dict[str, Any]:
    """By name; the reason is for those who may read what she thinks."""
    why = one.why if may(work.roles(branch, reader), "see_thoughts") else ""
    today = instant.day_of(one.at, branch.zone) == work.today(branch)
    return {"who": one.member.name, "why": digest.one_line(why), "today": today}


def _digest_need(work: Work, reader: str, branch: Branch, need: Need) -> dict[str, Any]:
    """With what the reader can do about it: nobody settles a need of her own."""
    claimable = need.state == "open" and need.member != reader
    return need_facts(work, branch, need, reader) | {
        "branch": work.named(branch, reader),
        "claimable": claimable,
        "to_answer": claimable or (need.with_us and need.claimed_by == reader),
    }


def need_facts(work: Work, branch: Branch, need: Need, reader: str) -> dict[str, Any]:
    """What it is and how it stands: in whose hands, and since when."""
    return {
        "number": need.number,
        "who": name_of(work, need.member),
        "kind": need.kind,
        "kind_name": work.config.kind_of_need(need.kind).named(work.language(reader)),
        "words": digest.one_line(need.words),
        "state": need.state,
        "since": work.local(need.since, branch),
        "by": name_of(work, need.claimed_by) if need.claimed_by else "",
        "mine": need.claimed_by == reader,
        "overdue": need.overdue,
        "reopened": need.reopened,
    }


def name_of(work: Work, member: str) -> str:
    found = work.tables.members.get(member)
    return found.name if found else member


def closing_of_member(work: Work, branch: Branch, member: str) -> dict[str, Any]:
    """Her own record, to herself alone."""
    asked, answered = work.tables.rounds.counts(branch.id, member)
    raised, settled = work.tables.needs.counts(branch.id, member)
    facts = {"asked": asked, "answered": answered, "raised": raised, "settled": settled}
    mine = [need for need in work.tables.needs.unsettled(branch.id) if need.member == member]
    waiting = [need_facts(work, branch, need, member) for need in mine]
    return _closing(work, branch, member) | facts | {"waiting": waiting, "liaison": _liaison_of(work, branch, member)}


def _liaison_of(work: Work, branch: Branch, member: str) -> str:
    """Whom she can go on asking."""
    return next((one.name for one in work.tables.branches.liaisons(branch.id) if one.id != member), "")


def closing_of_liaison(work: Work, branch: Branch, liaison: str) -> dict[str, Any]:
    """What is still hers to do after the branch is gone, by number and name, and what no digest has told her yet."""
    raised, settled = work.tables.needs.counts(branch.id)
    waiting = [need_facts(work, branch, need, liaison) for need in work.tables.needs.unsettled(branch.id)]
    since = work.tables.facts.moment(f"digest:{work.on_duty(branch)}") or BEGINNING
    day = _day(work, branch, since)
    in_need = {need.member for need in day.needs}
    told = [told for one in day.told if (told := _told(work, liaison, branch, in_need, one))]
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


def roll_facts(work: Work, reader: str, branch: Branch, *, frank: bool) -> list[dict[str, Any]]:
    """Who is in which state, by name and without a word of anyone's. Unless `frank` it does not tell apart who said
    “all well” from who said more: that is for those who may read it."""
    expected = work.tables.rounds.newest_asked(branch.id)
    groups = roll(
        _day(work, branch, _a_day_before(work, work.tables.facts.moment(f"digest:{reader}"))),
        work.tables.members.of_branch(branch.id),
        work.tables.aways.now_of_branch(branch.id, work.now),
        work.tables.rounds.postponed(branch.id, work.now),
        next((one.round.due_at for one in expected.values()), None),
    )
    merged = groups if frank else without_tone(groups)
    return [
        {
            "state": group.state,
            "people": [{"who": one.name, "at": work.local(at, branch) if at else None} for one, at in group.people],
        }
        for group in merged
    ]
