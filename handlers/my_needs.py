"""Needs, to her who raised them: 我的诉求 lists them, 撤回诉求 3 takes one back, 诉求 3 是 住宿 files it otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.branch import Branch
from bot.domain.need import REOPENS_WITHIN, Need, Step, refusal, sides
from bot.domain.need_kinds import find_kind
from bot.domain.need_number import number_in, numbered
from bot.handling import Answer, Command, Context
from bot.moving import take_step, tell_owner
from bot.raising import wind
from bot.summary import name_of, need_facts
from handlers.settle import refuse

_IS = re.compile(r"(?:是|算|归|改为|改成|改归|is\b|as\b)\s*[:：]?\s*(.+)", re.DOTALL | re.IGNORECASE)


def show(ctx: Context) -> Answer:
    """Hers as they stand: what is not settled, and what she may still reopen."""
    shown = [one for one in ctx.tables.needs.of_member(ctx.member.id) if not long_settled(ctx, one)]
    if not shown:
        return replace(ctx.say("needs.none"), aside=True)
    first = next((one.number for one in shown if not one.settled), None)
    asked = next((one.number for one in shown if one.waits_for_her), None)
    return replace(ctx.say("needs.mine", needs=lines(ctx, shown), first=first, asked=asked), aside=True)


def withdraw(ctx: Context) -> Answer | None:
    """撤回诉求 3; without a number the only one there is, else she is asked which."""
    number, _ = number_in(ctx.rest)
    if number is not None:
        return _withdraw(ctx, number)
    mine = [one for one in ctx.tables.needs.of_member(ctx.member.id) if not one.settled]
    if len(mine) == 1:
        return _withdraw(ctx, mine[0].number)
    return ask_which(ctx, "withdraw_need", mine) if mine else ctx.say("needs.none")


def take_which(ctx: Context) -> Answer | None:
    """The answer to “which one?”; what names none of them is something new."""
    number, _ = number_in(ctx.text)
    return _withdraw(ctx, number) if number is not None and number in ctx.facts["numbers"] else None


def _withdraw(ctx: Context, number: int) -> Answer:
    found = hers(ctx, number, "withdrawn")
    if isinstance(found, Answer):
        return found
    branch, need = found
    take_step(ctx.work, branch, need, "withdrawn", ctx.member.id)
    tell_owner(ctx.work, branch, need, "needs.withdrawn", ctx.id)
    return ctx.say("needs.you_withdrew", number=number)


def about(ctx: Context) -> Answer | None:
    """诉求 3 shows it, 诉求 3 是 住宿 files it under another kind; anything else is no word about one there is."""
    number, words = numbered(ctx.rest)
    if number is None:
        return None
    kind = _IS.fullmatch(words)
    if kind:
        return _file(ctx, number, kind[1])
    return None if words else _show_one(ctx, number)


def _show_one(ctx: Context, number: int) -> Answer:
    need = ctx.tables.needs.numbered(number)
    branch = ctx.tables.branches.get(need.branch) if need else None
    if need is None or branch is None or not (need.member == ctx.member.id or ctx.may("see_need", branch)):
        return ctx.say("needs.not_yours", number=number)
    return replace(ctx.say("needs.one", need=need_facts(ctx.work, branch, need, ctx.member.id)), aside=True)


def _file(ctx: Context, number: int, said: str) -> Answer:
    """Its clock is that of its kind; whoever has heard of it hears what it is about."""
    found = hers(ctx, number, "filed")
    if isinstance(found, Answer):
        return found
    branch, need = found
    kinds = ctx.work.config.need_kinds
    kind = find_kind(said, kinds)
    if kind is None:
        names = [one.named(ctx.member.language) for one in kinds.values()]
        return ctx.say("needs.no_such_kind", number=number, kinds=names)
    filed = replace(need, kind=kind)
    ctx.tables.needs.file(filed)
    take_step(ctx.work, branch, filed, "filed", ctx.member.id)
    wind(ctx.work, branch, filed)
    tell_owner(ctx.work, branch, filed, "needs.filed", ctx.id)
    return ctx.say("needs.you_filed", number=number, kind_name=kinds[kind].named(ctx.member.language))


def hers(ctx: Context, number: int, step: Step) -> tuple[Branch, Need] | Answer:
    """The need of that number, if it is her own and the step may be taken; or why not."""
    need = ctx.tables.needs.numbered(number)
    branch = ctx.tables.branches.get(need.branch) if need else None
    if need is None or branch is None or need.member != ctx.member.id:
        sees = branch is not None and ctx.may("settle_need", branch)
        return ctx.say("needs.hers_to_say" if sees else "needs.not_yours", number=number)
    if not branch.open:
        return ctx.say("needs.branch_closed", number=number, liaisons=ctx.work.names_of(branch, "liaison"))
    refused = refusal(need, step, sides(need, ctx.member.id, ctx.roles(branch)), ctx.work.now)
    return refuse(ctx, need, refused) if refused else (branch, need)


def ask_which(ctx: Context, command: str, needs: Sequence[Need], words: str = "") -> Answer:
    keep: dict[str, Any] = {"numbers": [one.number for one in needs], "words": words}
    return ctx.ask("needs.which", command, "which", keep=keep, needs=lines(ctx, needs), number=needs[0].number)


def lines(ctx: Context, needs: Sequence[Need]) -> list[dict[str, Any]]:
    placed = [(ctx.tables.branches.get(one.branch), one) for one in needs]
    return [need_facts(ctx.work, branch, one, ctx.member.id) for branch, one in placed if branch]


def long_settled(ctx: Context, need: Need) -> bool:
    """Too long for her to say that it is not."""
    return need.ended_at is not None and ctx.work.now - need.ended_at > REOPENS_WITHIN


def owner_of(ctx: Context, need: Need) -> str:
    return name_of(ctx.work, need.claimed_by) if need.claimed_by else ""


commands = (
    Command(name="my_needs", words=("我的诉求", "我的困难", "my needs"), handle=show, tail="none"),
    Command(
        name="withdraw_need",
        words=("撤回诉求", "撤销诉求", "取消诉求", "withdraw need"),
        handle=withdraw,
        tail="number",
        steps={"which": take_which},
    ),
)
