"""Ways out and on: 取消 ends whatever is being talked about, 更多 goes on with a long answer."""

from dataclasses import replace

from bot.handling import STANDS_FOR, Answer, Command, Context


def cancel(ctx: Context) -> Answer:
    """What was asked and not answered is dropped; nothing that already counts is changed."""
    waits = ctx.tables.standings.waits(ctx.member.id, ctx.work.now)
    return ctx.say("ways.cancelled" if waits else "ways.nothing_to_cancel")


def more(ctx: Context) -> Answer:
    rest = ctx.tables.unsaid.take(ctx.member.id, ctx.channel, ctx.work.now - STANDS_FOR)
    return replace(ctx.say("ways.rest", text=rest) if rest else ctx.say("ways.no_more"), aside=True)


commands = (
    Command(name="cancel", words=("取消", "放弃", "cancel"), handle=cancel, tail="none"),
    Command(name="more", words=("更多", "继续", "下一页", "more"), handle=more, tail="none"),
)
