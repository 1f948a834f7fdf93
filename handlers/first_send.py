"""The first messages over a real channel wait for an admin's word: 确认发送."""

from bot.handling import Answer, Command, Context
from bot.unconfirmed import confirm, unconfirmed


def say_yes(ctx: Context) -> Answer:
    if ctx.member.id not in ctx.work.config.admins:
        admins = [found.name for one in ctx.work.config.admins if (found := ctx.tables.members.get(one))]
        return ctx.say("sending.not_yours", admins=admins)
    if not unconfirmed(ctx.work):
        return ctx.say("sending.nothing_waits")
    channels = confirm(ctx.work)
    ctx.tables.facts.note("sending_confirmed", ctx.work.now, member=ctx.member.id, note=",".join(channels))
    for admin in ctx.work.config.admins:
        if admin != ctx.member.id:
            ctx.work.owe("sending.confirmed_by", admin, f"sending:{ctx.id}:{admin}", by=ctx.member.name)
    return ctx.say("sending.confirmed", channels=channels)


command = Command(
    name="confirm_sending",
    words=("确认发送", "可以发送", "confirm sending", "start sending"),
    handle=say_yes,
    tail="none",
)
