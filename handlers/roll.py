"""名单: who is in which state, by name, over all the branches one looks after; 名单 没回: one state alone."""

from dataclasses import replace
from typing import Any

from bot.domain.access import Deed
from bot.domain.branch import Branch
from bot.domain.roll import State, state_named
from bot.handling import Answer, Command, Context
from bot.summary import roll_facts
from handlers import which
from handlers.whom import is_apart

DEED: Deed = "see_digest"
WAITS = ("silent", "waiting")


def show(ctx: Context) -> Answer | None:
    """By state, by branch, or everybody."""
    mine = which.mine(ctx, DEED)
    if not mine:
        return which.not_yours(ctx, DEED) if is_apart(ctx) else None
    state, named = state_named(ctx.rest), which.named(ctx, mine, ctx.rest)
    if ctx.rest and not state and not named:
        return ctx.say("roll.how")
    return replace(_roll(ctx, mine, named or mine, state), aside=True)


def silent(ctx: Context) -> Answer | None:
    """谁没回？"""
    mine = which.mine(ctx, DEED)
    return replace(_roll(ctx, mine, mine, "silent"), aside=True) if mine else None


def _roll(ctx: Context, mine: list[Branch], branches: list[Branch], state: State | None) -> Answer:
    """Of one branch among several the name is said too."""
    found = [(ctx.work.named(one, ctx.member.id), _groups(ctx, one, state)) for one in branches]
    told = [{"name": name, "groups": groups} for name, groups in found if groups]
    if not told:
        return ctx.say("roll.nobody", state=state or "")
    waits = [
        one["who"] for _, groups in found for group in groups if group["state"] in WAITS for one in group["people"]
    ]
    nudge = waits[0] if waits and any(ctx.may("nudge", one) for one in branches) else ""
    now = ctx.work.local(ctx.work.now)
    return ctx.say("roll.show", at=now, branches=told, several=len(mine) > 1, nudge=nudge)


def _groups(ctx: Context, branch: Branch, state: State | None) -> list[dict[str, Any]]:
    frank = ctx.may("see_thoughts", branch)
    wanted = "answered" if state == "fine" and not frank else state
    groups = roll_facts(ctx.work, ctx.member.id, branch, frank=frank)
    return [group for group in groups if wanted in (None, group["state"])]


commands = (
    Command(name="roll", words=("名单", "roll"), handle=show, tail="any"),
    Command(name="list", words=("list",), handle=show, tail="words"),
    Command(
        name="silent",
        words=("谁没回", "谁没回?", "谁没回答", "谁没回答?", "谁没答", "谁没有回音", "who is silent", "who is silent?"),
        handle=silent,
    ),
)
