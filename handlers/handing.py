"""A need goes from hand to hand: 转给 吴强 3, or 放手 3 and it is whoever's comes first."""

import re
from collections.abc import Sequence

from bot.domain.branch import Branch
from bot.domain.naming import find_named
from bot.domain.need import Need
from bot.domain.need_number import number_in
from bot.domain.people import Member
from bot.handling import Answer, Command, Context
from bot.moving import open_again, take_step, tell_member
from bot.raising import pass_on
from bot.summary import name_of
from handlers.settle import Found, find, look_up

TO = re.compile(r"\s*(?:over\s+)?(?:交给|给|to\s)?\s*", re.IGNORECASE)


def hand(ctx: Context) -> Answer | None:
    """转给 吴强 3, or 转给 3 吴强. With neither name nor number it is a sentence like any other."""
    number, rest = number_in(ctx.rest)
    if number is not None:
        found = look_up(ctx, number, "handed", rest)
        return _to(ctx, found) if isinstance(found, Found) else found
    branches = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    named = [one for branch in branches for one in _named(ctx, branch, rest, "")]
    return ctx.say("needs.hand_how") if branches and (named or not rest) else None


def take_name(ctx: Context) -> Answer | None:
    """The answer to “to whom?”: a name, or the id that tells two of one name apart."""
    found = look_up(ctx, ctx.facts["number"], "handed", ctx.text)
    if not isinstance(found, Found):
        return found
    return _to(ctx, found) if _named(ctx, found.branch, ctx.text, found.need.member) else None


def release(ctx: Context) -> Answer | None:
    """放手 3: it is open again. Where nobody else could take it, it stays."""
    found = find(ctx, "released")
    if not isinstance(found, Found):
        return found
    branch, need = found.branch, found.need
    if not _able(ctx, branch, need.member):
        return ctx.say("needs.nobody_else", number=need.number)
    after = take_step(ctx.work, branch, need, "released", ctx.member.id)
    told = open_again(ctx.work, branch, after, ctx.id, besides=ctx.member.id)
    tell_member(ctx.work, branch, after, "needs.released", ctx.id, by=ctx.member.name)
    return ctx.say("needs.you_released", number=need.number, told=[name_of(ctx.work, one) for one in told])


def _to(ctx: Context, found: Found) -> Answer:
    branch, need = found.branch, found.need
    able = _able(ctx, branch, need.member, need.claimed_by)
    named = [one for one in _named(ctx, branch, found.words, need.member) if one in able]
    keep = {"number": need.number}
    if not able:
        return ctx.say("needs.nobody_else", number=need.number)
    if len(named) > 1:
        same = [{"id": one.id, "home": _home(ctx, one)} for one in named]
        return ctx.ask("needs.hand_which", "hand", "name", keep=keep, who=named[0].name, same=same)
    if not named:
        able_names = [one.name for one in able]
        return ctx.ask("needs.hand_to_whom", "hand", "name", keep=keep, number=need.number, able=able_names)
    return _handed(ctx, branch, need, named[0])


def _handed(ctx: Context, branch: Branch, need: Need, to: Member) -> Answer:
    after = take_step(ctx.work, branch, need, "handed", ctx.member.id, owner=to.id)
    pass_on(ctx.work, branch, after, "needs.yours", to.id, ctx.id, by=ctx.member.name)
    tell_member(ctx.work, branch, after, "needs.handed", ctx.id, by=to.name)
    return ctx.say("needs.you_handed", number=need.number, to=to.name, who=name_of(ctx.work, need.member))


def _able(ctx: Context, branch: Branch, *besides: str | None) -> list[Member]:
    """Who could see to it: the duty holders of the branch, but for her who raised it and whoever has it."""
    holders = ctx.work.holders(branch)
    ids = dict.fromkeys(one for role in ("liaison", "deputy", "secretary") for one in holders[role])
    found = (ctx.tables.members.get(one) for one in ids if one not in (*besides, ctx.member.id))
    return [one for one in found if one]


def _named(ctx: Context, branch: Branch, said: str, member: str) -> Sequence[Member]:
    named = find_named(TO.sub("", said, count=1), _able(ctx, branch, member))
    return named.people if named else ()


def _home(ctx: Context, member: Member) -> str:
    home = ctx.work.config.homes.get(member.home)
    return home.name if home else ""


commands = (
    Command(name="hand", words=("转给", "转交", "hand"), handle=hand, tail="name", steps={"name": take_name}),
    Command(name="release", words=("放手", "let go"), handle=release, tail="number"),
)
