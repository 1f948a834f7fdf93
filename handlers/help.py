"""?: what can be said here and now."""

from bot.handling import Answer, Command, Context


def show(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    answers = [ctx.say("help.member", kind=belongs[-1][0].kind)] if belongs else []
    if ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        answers.append(ctx.say("help.duty"))
    answers = [*(answers or [no_branch(ctx)]), ctx.say("language.offer")]
    says = tuple(say for answer in answers for say in answer.says)
    return Answer(says, aside=True)


def no_branch(ctx: Context) -> Answer:
    """She is in no running branch; whom she can ask, unless she is the one to be asked."""
    found = (ctx.tables.members.get(admin) for admin in ctx.work.config.admins)
    return ctx.say("help.no_branch", admins=[one.name for one in found if one and one.id != ctx.member.id])


command = Command(
    name="help",
    words=("?", "帮助", "帮助?", "怎么用", "怎么用?", "菜单", "说明", "help", "help?", "menu"),
    handle=show,
)
