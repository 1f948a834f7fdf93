"""Whether what is owed still holds when it is sent, and what it says by then."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import meetings
from bot.bulletin import week_facts
from bot.domain import instant
from bot.domain.access import may
from bot.domain.bulletin import Period
from bot.learning.plan import is_for, session_at
from bot.proxying import still_so
from bot.raising import kind_facts
from bot.store.outbox import Owed
from bot.summary import digest_facts, name_of
from bot.whispering import may_read
from bot.work import Work

Facts = Mapping[str, Any]
NOTHING = dict.fromkeys(("place", "way_in", "link", "material", "speaker", "book"), "")
PLAIN = {**NOTHING, "alone": False}  # of a reminder that was owed before sentences had a place for these
Compose = Callable[[Work, Owed], Facts | None]


def as_owed(_: Work, owed: Owed) -> Facts:
    return owed.facts


def unless_answered(work: Work, owed: Owed) -> Facts | None:
    """A question or reminder no longer holds once she has answered or wants to be left alone."""
    return owed.facts if work.tables.rounds.silent(owed.facts["round"], work.now, owed.member) else None


def still_silent(work: Work, owed: Owed) -> Facts | None:
    """Only those who are silent when it is sent, by name, and nobody twice in a round."""
    round_ = owed.facts["round"]
    told = work.tables.facts.members_noted("silence_told", owed.branch or "", round_)
    silent = set(work.tables.rounds.silent(round_, work.now)) & set(owed.facts["members"]) - told
    for one in sorted(silent):
        work.tables.facts.note("silence_told", work.now, owed.branch, one, round_)
    return {**owed.facts, "names": [name_of(work, one) for one in sorted(silent)]} if silent else None


def unless_heard_of(work: Work, owed: Owed) -> Facts | None:
    """She has said something since: no question."""
    return owed.facts if work.tables.aways.overdue(owed.member) else None


def while_silence_lasts(work: Work, owed: Owed) -> Facts | None:
    """A silence that was settled before the quiet hours were over is no news in the morning."""
    away = work.tables.aways.get(owed.facts["away"])
    return owed.facts if away and away.ended_at is None else None


def names_still_silent(work: Work, owed: Owed) -> Facts | None:
    """Those who are silent when it is sent, but for the reader herself."""
    silent = work.tables.rounds.silent(owed.facts["round"], work.now)
    names = [name_of(work, one) for one in silent if one != owed.member]
    return {**owed.facts, "names": names} if names else None


def while_open(work: Work, owed: Owed) -> Facts | None:
    """A need taken before the quiet hours were over is no news; nor is it for who is no duty holder any more."""
    need = work.tables.needs.numbered(owed.facts["number"])
    branch = work.tables.branches.get(need.branch) if need else None
    if need is None or branch is None or need.state != "open":
        return None
    holds = may(work.roles(branch, owed.member), "settle_need")
    return {**owed.facts, **kind_facts(work, need, owed.member)} if holds else None


def while_unclaimed(work: Work, owed: Owed) -> Facts | None:
    need = work.tables.needs.numbered(owed.facts["number"])
    return owed.facts if need and need.state == "open" else None


def while_overdue(work: Work, owed: Owed) -> Facts | None:
    """It has not moved since, and is still in the same hands."""
    need = work.tables.needs.numbered(owed.facts["number"])
    owner = owed.facts.get("owner_id", owed.member)
    return owed.facts if need and need.overdue and need.claimed_by == owner else None


def while_she_is_asked(work: Work, owed: Owed) -> Facts | None:
    """“解决了吗？”, with the number to answer with where she is asked about several."""
    hers = work.tables.needs.of_member(owed.member)
    asked = [need.number for need in hers if need.waits_for_her]
    return {**owed.facts, "of_several": len(asked) > 1} if owed.facts["number"] in asked else None


def unless_studied(work: Work, owed: Owed) -> Facts | None:
    """Neither answered, nor away, nor moved, nor taken out of the file, nor for somebody else since."""
    item, starts_at = owed.facts["item"], instant.parse(owed.facts["starts"])
    if owed.member in work.tables.studies.answered(item, starts_at):
        return None
    holds = session_at(work, item, starts_at) and is_for(work, item, owed.member)
    return {**PLAIN, **owed.facts} if holds else None


def while_she_speaks(work: Work, owed: Owed) -> Facts | None:
    """Not once she has swapped, with what she has handed in by then."""
    item, starts_at = owed.reason.split(":", 3)[1], instant.parse(owed.facts["starts"])
    session = session_at(work, item, starts_at)
    return {**owed.facts, "material": session.material} if session and session.speaker == owed.member else None


def unless_over(work: Work, owed: Owed) -> Facts | None:
    """A change of an item that the file still has."""
    return owed.facts if owed.facts["item"] in work.config.study else None


def digest_now(work: Work, owed: Owed) -> Facts | None:
    """The digest as things stand when it is sent; never an empty one."""
    facts = digest_facts(work, owed.member, on_duty=True)
    if facts:
        work.tables.facts.put(f"digest:{owed.member}", instant.text(work.now))
    return facts


def week_now(work: Work, owed: Owed) -> Facts | None:
    """The week's digest, with what is still to be done when it is sent; never an empty one."""
    period = Period(instant.parse(owed.facts["since"]), instant.parse(owed.facts["until"]))
    facts = week_facts(work, owed.member, period)
    meetings.forget_missed(work, owed.member)
    return facts


def unless_left_alone(work: Work, owed: Owed) -> Facts | None:
    """Who has gone, has refused, or is on leave or in silence by now is not bothered with it."""
    branch = work.tables.branches.get(owed.branch or "")
    return owed.facts if branch and owed.member in {one.id for one in work.reachable(branch)} else None


def as_entered(work: Work, owed: Owed) -> Facts | None:
    """Of what was entered in her name, only what still stands so: she may have changed it herself by then."""
    branch = work.tables.branches.get(owed.branch or "")
    rounds = [one for one in owed.facts["rounds"] if branch and still_so(work, owed.member, branch, one)]
    return {**owed.facts, "rounds": rounds} if rounds else None


def while_unread(work: Work, owed: Owed) -> Facts | None:
    """Not once it has been read, taken back, or left behind by whom it was for."""
    found = work.tables.whispers.get(owed.facts["whisper"])
    waits = found and found.unread and found.reader == owed.member and may_read(work, found)
    return owed.facts if waits else None


def while_so(fact: str) -> Compose:
    """Said in quiet hours of a version of the file, it is no news in the morning if that one is there no more."""

    def compose(work: Work, owed: Owed) -> Facts | None:
        mark = owed.reason.split(":")[1]
        return owed.facts if work.tables.facts.setting(fact) == mark else None

    return compose
