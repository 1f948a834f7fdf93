"""Consent: 不同意 ends the asking and tells the liaison; 同意 takes it back."""

from bot.domain.branch import Branch
from bot.handling import Answer, Command, Context
from handlers import report


def refuse(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return ctx.say("consent.no_branch")
    for branch, consent in belongs:
        if consent != "refused":
            ctx.tables.members.set_consent(branch.id, ctx.member.id, "refused", ctx.work.now)
            ctx.work.mind_chat(branch)
            ctx.tables.facts.note("consent_refused", ctx.work.now, branch.id, ctx.member.id)
            _tell_liaison(ctx, branch, "refused")
    return report.beside(ctx, ctx.say("consent.refused"), ctx.rest)


def _tell_liaison(ctx: Context, branch: Branch, choice: str) -> None:
    liaison = ctx.work.on_duty(branch)
    if liaison and liaison != ctx.member.id:
        reason = f"{choice}:{branch.id}:{ctx.member.id}:{ctx.id}"
        name = ctx.work.named(branch, liaison)
        key = f"consent.member_{choice}"
        ctx.work.owe(key, liaison, reason, branch=branch, who=ctx.member.name, branch_name=name)


def agree(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return ctx.say("consent.no_branch")
    for branch, consent in belongs:
        ctx.tables.members.set_consent(branch.id, ctx.member.id, "given", ctx.work.now)
        if consent == "refused":
            ctx.work.mind_chat(branch)
            _tell_liaison(ctx, branch, "agreed")
    return ctx.say("consent.given")


commands = (
    Command(name="refuse", words=("不同意", "我不同意"), handle=refuse, tail="words"),
    Command(
        name="withdraw_consent",
        words=(
            "撤回同意",
            "我撤回同意",
            "收回同意",
            "撤销同意",
            "取消同意",
            "withdraw consent",
            "i withdraw my consent",
        ),
        handle=refuse,
        tail="words",
    ),
    Command(name="stop", words=("退出", "disagree", "i disagree", "stop"), handle=refuse),
    Command(name="agree", words=("同意", "我同意", "agree", "i agree"), handle=agree),
)
