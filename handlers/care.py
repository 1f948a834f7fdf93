"""Rear-base care: 同意家访 lets her home branch visit or call her family; 不同意家访 takes it back at any time."""

from bot.handling import Answer, Command, Context
from bot.radar import withdraw


def agree(ctx: Context) -> Answer:
    """From now on; a visit that waited for her word comes up at once."""
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return ctx.say("care.no_branch")
    if ctx.tables.visit_consents.of(ctx.member.id) == "given":
        return ctx.say("care.agreed_already")
    ctx.tables.visit_consents.put(ctx.member.id, "given", ctx.work.now)
    for branch, _ in belongs:
        ctx.tables.alarms.put("talks", branch.id, ctx.work.now)
    return ctx.say("care.agreed")


def refuse(ctx: Context) -> Answer:
    """Also of who is away no more: what she has once said no to leaves nothing behind."""
    before = ctx.tables.visit_consents.of(ctx.member.id)
    ctx.tables.visit_consents.put(ctx.member.id, "refused", ctx.work.now)
    withdraw(ctx.work, ctx.member.id)
    return ctx.say("care.taken_back" if before == "given" else "care.refused")


commands = (
    Command(
        name="agree_visit",
        words=("同意家访", "我同意家访", "同意走访", "agree to visits", "agree to a visit", "yes to visits"),
        handle=agree,
    ),
    Command(
        name="refuse_visit",
        words=("不同意家访", "我不同意家访", "不要家访", "不同意走访", "no visits", "no to visits", "no family visits"),
        handle=refuse,
    ),
)
