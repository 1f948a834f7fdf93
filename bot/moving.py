"""Moving a need on: the step is written down, its clock begins anew, and whoever it concerns hears of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need, Step, moved
from bot.raising import hearers, kind_facts, pass_on, wind
from bot.summary import name_of
from bot.work import Work

OFTEN = 2  # reopened so often, it is more than its owner's matter


def take_step(work: Work, branch: Branch, need: Need, step: Step, by: str | None, owner: str | None = None) -> Need:
    """The need after the step. `by` None: the clock's; `owner`: who has it from now on."""
    after = moved(need, step, work.now, owner)
    work.tables.facts.note(f"need_{step}", work.now, branch.id, by, str(need.number))
    if after != need:
        work.tables.needs.move(after)
        wind(work, branch, after)
    return after


def tell_member(work: Work, branch: Branch, need: Need, key: str, occasion: str, **facts: Any) -> None:
    reason = f"need:{need.id}:{occasion}:{need.member}"
    work.owe(key, need.member, reason, branch=branch, number=need.number, **facts)


def tell_owner(work: Work, branch: Branch, need: Need, key: str, occasion: str, **facts: Any) -> None:
    """Whoever has it; if nobody has, all who have heard of it."""
    owners = [need.claimed_by] if need.claimed_by else told_of(work, branch, need)
    _tell(work, branch, need, key, owners, occasion, **facts)


def tell_others(work: Work, branch: Branch, need: Need, by: str, occasion: str) -> None:
    """Whoever else has heard of it need not see to it any more."""
    others = [one for one in told_of(work, branch, need) if one != by]
    _tell(work, branch, need, "need.taken", others, occasion, by=name_of(work, by))


def tell_above(work: Work, branch: Branch, need: Need, key: str, occasion: str, **facts: Any) -> None:
    """The secretary; where it is her own need or in her own hands, the contact leader, who reads no words of it."""
    concerned = (need.member, need.claimed_by)
    holders = work.holders(branch)
    above = [one for role in ("secretary", "contact_leader") for one in holders[role] if one not in concerned]
    owner = name_of(work, need.claimed_by) if need.claimed_by else ""
    can = bool(above) and above[0] in holders["secretary"]
    held = {"owner": owner, "owner_id": need.claimed_by, "can": can}
    _tell(work, branch, need, key, above[:1], occasion, **held, **facts)


def open_again(work: Work, branch: Branch, need: Need, occasion: str, besides: str | None = None) -> list[str]:
    """Nobody has it any more: who might take it hears so, `besides` whoever has just let it go. Their ids."""
    member = work.tables.members.get(need.member)
    able = [one.id for one in hearers(work, branch, member) if one.id != besides] if member else []
    secretary = [one for one in work.holders(branch)["secretary"] if one not in (need.member, besides)]
    told = able or secretary
    for one in told:
        pass_on(work, branch, need, "needs.open_again", one, occasion)
    return told


def reopen(work: Work, branch: Branch, need: Need, words: str, occasion: str) -> Need:
    """She says it is not settled: it is its owner's again, or everybody's if there is none any more."""
    holds = need.claimed_by and may(work.roles(branch, need.claimed_by), "settle_need")
    after = take_step(work, branch, need if holds else replace(need, claimed_by=None), "reopened", need.member)
    if after.claimed_by:
        tell_owner(work, branch, after, "needs.reopened", occasion, words=words)
    else:
        open_again(work, branch, after, occasion)
    if after.reopened >= OFTEN:
        tell_above(work, branch, after, "needs.reopened_often", f"often:{occasion}", times=after.reopened)
    return after


def told_of(work: Work, branch: Branch, need: Need) -> list[str]:
    """The duty holders who have heard of it: what was held for the night and is over by then is no news to anybody."""
    told = work.tables.outbox.told(f"need:{need.id}:")
    return sorted(one for one in told - {need.member} if may(work.roles(branch, one), "settle_need"))


def _tell(
    work: Work, branch: Branch, need: Need, key: str, members: Iterable[str], occasion: str, **facts: Any
) -> None:
    for one in members:
        shared = {"number": need.number, "who": name_of(work, need.member), "branch_name": work.named(branch, one)}
        filled = {**shared, **kind_facts(work, need, one), **facts}
        work.owe(key, one, f"need:{need.id}:{occasion}:{one}", branch=branch, filled_by=filled)
