"""交班 吴强 3天: a deputy is on duty for some days, then it comes back by itself; 接回: before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import duty
from bot.domain.access import Deed
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.domain.span import split_span
from bot.handling import Answer, Command, Context
from bot.summary import name_of
from handlers import which
from handlers.whom import Named, is_apart, told_apart, whom

DEED: Deed = "hand_duty"


@dataclass(frozen=True, slots=True)
class _Handing:
    """To whom, in which branches, and what was said of the time."""

    deputy: Member
    branches: Sequence[Branch]
    said: str


def hand(ctx: Context) -> Answer | None:
    mine = _mine(ctx)
    if not mine:
        return which.not_yours(ctx, DEED) if is_apart(ctx) else None
    deputies = _deputies(ctx, mine)
    if not deputies:
        return ctx.say("duty.no_deputy", branches=which.names(ctx, mine))
    found = whom(ctx, [*deputies, ctx.member], "hand_duty", keep={"said": ctx.rest})
    if isinstance(found, Answer):
        return found
    if found and found.person.id == ctx.member.id and found.person not in deputies:
        return ctx.say("duty.yourself")
    if found is None and len(deputies) == 1 and _only_time(ctx):
        return _hand(ctx, _handing(ctx, mine, deputies[0], ctx.rest))
    return _hand(ctx, _handing(ctx, mine, found.person, found.rest)) if found else _ask_whom(ctx, deputies)


def take_person(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "hand_duty")
    return _hand(ctx, _handing(ctx, _mine(ctx), found.person, found.rest)) if isinstance(found, Named) else found


def take_deputy(ctx: Context) -> Answer | None:
    """The answer to “to whom?”; with the time, or with that she said before."""
    found = whom(ctx, _deputies(ctx, _mine(ctx)), "hand_duty", said=ctx.text)
    if not isinstance(found, Named):
        return found
    return _hand(ctx, _handing(ctx, _mine(ctx), found.person, found.rest or ctx.facts["said"]))


def take_until(ctx: Context) -> Answer | None:
    """The answer to “until when?”, with her name or without; what is neither is something new."""
    deputy = ctx.tables.members.get(ctx.facts["to"])
    chosen = [one for one in _mine(ctx) if one.id in ctx.facts["branches"]]
    named = whom(ctx, [deputy], "hand_duty", said=ctx.text) if deputy else None
    said = named.rest if isinstance(named, Named) else ctx.text
    until, _ = split_span(said, ctx.work.now, ctx.work.zone)
    return _hand(ctx, _Handing(deputy, chosen, said)) if deputy and chosen and (until or named) else None


def _mine(ctx: Context) -> list[Branch]:
    """Where the duty is hers to hand on: hers now, or by the file though somebody stands in."""
    held = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return [one for one in held if ctx.may(DEED, one) or duty.whose(ctx.work, one) == ctx.member.id]


def _deputies(ctx: Context, branches: Sequence[Branch]) -> list[Member]:
    """To whom it can go: every liaison officer of the branches who is not first by the file."""
    found = [one for each in branches for one in _may_stand_in(ctx, each)]
    return list({one.id: one for one in found}.values())


def _may_stand_in(ctx: Context, branch: Branch) -> list[Member]:
    first = duty.whose(ctx.work, branch)
    return [one for one in ctx.tables.branches.liaisons(branch.id) if one.id != first]


def _only_time(ctx: Context) -> bool:
    until, rest = split_span(ctx.rest, ctx.work.now, ctx.work.zone)
    return not ctx.rest or (until is not None and not rest)


def _ask_whom(ctx: Context, deputies: Sequence[Member]) -> Answer:
    until, _ = split_span(ctx.rest, ctx.work.now, ctx.work.zone)
    keep = {"said": ctx.rest if until else ""}
    return ctx.ask("duty.to_whom", "hand_duty", "deputy", keep=keep, names=[one.name for one in deputies])


def _handing(ctx: Context, mine: Sequence[Branch], deputy: Member, said: str) -> _Handing:
    """In the branch that is named, else in all where she is a deputy."""
    chosen = which.named(ctx, mine, said) or mine
    fits = [one for one in chosen if deputy.id in {each.id for each in _may_stand_in(ctx, one)}]
    return _Handing(deputy, fits, said)


def _hand(ctx: Context, handing: _Handing) -> Answer:
    deputy, branches = handing.deputy, handing.branches
    until = _until(ctx, handing)
    if not branches:
        return ctx.say("duty.not_there", who=deputy.name)
    if until is None:
        keep = {"to": deputy.id, "branches": [one.id for one in branches]}
        return ctx.ask("duty.until_when", "hand_duty", "until", keep=keep, who=deputy.name)
    for one in branches:
        duty.hand(ctx.work, one, deputy.id, until, ctx.member.id, ctx.id)
    return ctx.say(
        "duty.done",
        who=deputy.name,
        yours=deputy.id == ctx.member.id,
        branches=which.names(ctx, branches),
        until=ctx.work.local(until),
        others=which.names(ctx, [one for one in _mine(ctx) if one not in branches]),
    )


def _until(ctx: Context, handing: _Handing) -> datetime | None:
    """The time, said before or after the name of a branch."""
    without = [which.without_name(ctx, one, handing.said) for one in handing.branches]
    found = (split_span(said, ctx.work.now, ctx.work.zone)[0] for said in [handing.said, *without])
    return next((one for one in found if one), None)


def take_back(ctx: Context) -> Answer:
    """Before its time; whoever stands in may give it back as well."""
    handed = [one for one in _mine(ctx) if ctx.tables.stand_ins.of(one.id)]
    if not handed:
        return ctx.say("duty.nothing_handed") if _mine(ctx) else which.not_yours(ctx, DEED, "duty.nothing_handed")
    chosen = which.named(ctx, handed, ctx.rest) or handed
    for one in chosen:
        duty.take_back(ctx.work, one, ctx.member.id)
    now_on = ctx.work.on_duty(chosen[0]) or ""
    yours, who = now_on == ctx.member.id, name_of(ctx.work, now_on)
    return ctx.say("duty.taken_back", branches=which.names(ctx, chosen), yours=yours, who=who)


commands = (
    Command(
        name="hand_duty",
        words=("交班", "交班给", "hand over", "hand over to"),
        handle=hand,
        tail="any",
        steps={"whom": take_person, "deputy": take_deputy, "until": take_until},
    ),
    Command(
        name="take_duty_back",
        words=("接回", "接班", "收回值班", "take over", "take back duty"),
        handle=take_back,
        tail="words",
    ),
)
