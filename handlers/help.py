"""?: what can be said here and now."""

from bot.handling import Answer, Command, Context


def show(ctx: Context) -> Answer:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    answers_for = ctx.tables.branches.open_of_liaison(ctx.member.id)
    if not belongs and not answers_for:
        found = (ctx.tables.members.get(admin) for admin in ctx.work.config.admins)
        return ctx.say("help.no_branch", admins=[one.name for one in found if one])
    answer = ctx.say("help.member", kind=belongs[-1][0].kind) if belongs else None
    if answers_for:
        return answer.also("help.liaison") if answer else ctx.say("help.liaison")
    assert answer is not None
    return answer


command = Command(name="help", words=("?", "帮助", "怎么用", "菜单", "help", "menu"), handle=show)
