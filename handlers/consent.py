"""Consent: 不同意 ends the asking and tells the liaison; 同意 takes it back."""

from bot.handling import Answer, Command, Context


def refuse(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return ctx.say("consent.no_branch")
    for branch, consent in belongs:
        if consent != "refused":
            ctx.tables.members.set_consent(branch.id, ctx.member.id, "refused", ctx.work.now)
            ctx.tables.facts.note("consent_refused", ctx.work.now, branch.id, ctx.member.id)
            _tell_liaison(ctx, branch.id)
    return ctx.say("consent.refused")


def _tell_liaison(ctx: Context, branch_id: str) -> None:
    branch = ctx.tables.branches.get(branch_id)
    liaison = ctx.work.on_duty(branch) if branch else None
    if branch and liaison and liaison != ctx.member.id:
        ctx.work.owe(
            "consent.member_refused",
            liaison,
            f"refused:{branch.id}:{ctx.member.id}:{ctx.id}",
            branch=branch,
            who=ctx.member.name,
            branch_name=ctx.work.named(branch, liaison),
        )


def agree(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return ctx.say("consent.no_branch")
    for branch, _ in belongs:
        ctx.tables.members.set_consent(branch.id, ctx.member.id, "given", ctx.work.now)
    return ctx.say("consent.given")


commands = (
    Command(name="refuse", words=("不同意", "退出", "disagree", "i disagree", "stop"), handle=refuse),
    Command(name="agree", words=("同意", "agree", "i agree"), handle=agree),
)
