"""Which branch is meant: those where one may do it, those named in a message, and who may where one may not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.access import Deed, may
from bot.domain.branch import Branch
from bot.domain.people import Belonging, Member
from bot.handling import Answer, Context
from handlers.pieces import best_named, without


def mine(ctx: Context, deed: Deed) -> list[Branch]:
    """The running branches in which she may do it."""
    held = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return [one for one in held if may(ctx.roles(one), deed)]


def closed(ctx: Context, deed: Deed) -> list[Branch]:
    """Those that are over in which she could have done it."""
    return [one for one in ctx.tables.branches.all() if one.state == "closed" and ctx.may(deed, one)]


def not_yours(ctx: Context, deed: Deed, otherwise: str = "") -> Answer:
    """It is not for her to do; who can in the branches she has to do with is named.

    Where she has to do with none any more: that it is over; with none at all: `otherwise`, or that admins know.
    """
    known = [one for one in ctx.tables.branches.all() if one.open and "stranger" not in ctx.roles(one)]
    if not known and otherwise:
        return ctx.say(otherwise)
    if not known and (over := closed(ctx, deed)):
        return ctx.say("whom.over", branches=names(ctx, over))
    able = [name for one in known for said in ctx.refuse(deed, one).says for name in said.facts["who"]]
    return ctx.say("ways.not_yours", deed=deed, who=list(dict.fromkeys(able)))


def one_of(
    ctx: Context, branches: Sequence[Branch], said: str, command: str, keep: Mapping[str, Any]
) -> Branch | Answer:
    """The only one, or the one that is named; else she is asked, and answers to the step `which` of the command."""
    for choice in (branches, named(ctx, branches, said)):
        if len(choice) == 1:
            return choice[0]
    return ctx.ask("closing.which", command, "which", keep=keep, branches=names(ctx, branches))


def chosen(ctx: Context, branches: Sequence[Branch]) -> Branch | None:
    """The answer to “which one?”; what names no branch, or again more than one, is something new."""
    found = named(ctx, branches, ctx.text)
    return found[0] if len(found) == 1 else None


def members_of(ctx: Context, branches: Iterable[Branch]) -> list[Member]:
    """Everybody in them, each once."""
    return list({one.member.id: one.member for each in branches for one in _belongs(ctx, each)}.values())


def with_member(ctx: Context, branches: Iterable[Branch], member: Member) -> Branch | None:
    """The first of the branches that she belongs to."""
    return next((each for each in branches if member.id in {one.member.id for one in _belongs(ctx, each)}), None)


def _belongs(ctx: Context, branch: Branch) -> list[Belonging]:
    return ctx.tables.members.of_branch(branch.id)


def named(ctx: Context, branches: Sequence[Branch], said: str) -> list[Branch]:
    """Those whose name most of was said; of names that begin alike, the one that was said to its end."""
    found = best_named({one.id: ctx.work.named(one, ctx.member.id) for one in branches}, said)
    return [one for one in branches if one.id in found]


def without_name(ctx: Context, branch: Branch, said: str) -> str:
    return without(ctx.work.named(branch, ctx.member.id), said)


def names(ctx: Context, branches: Iterable[Branch]) -> list[str]:
    """As she may read them."""
    return [ctx.work.named(one, ctx.member.id) for one in branches]
