"""A large change of the file waits for an admin's word: 确认生效."""

from bot.handling import Answer, Command, Context
from bot.unconfirmed import unconfirmed
from handlers import first_send

BARE = ("确认", "confirm")


def confirm(ctx: Context) -> Answer | None:
    """A bare 确认 is somebody else's answer where another step waits for it; of two things that wait for an admin's
    word the file comes first."""
    held = ctx.tables.facts.setting("held")
    is_admin, bare = ctx.member.id in ctx.work.config.admins, ctx.text.strip(" 。.!！").lower() in BARE
    if bare and not (is_admin and not ctx.tables.standings.waits(ctx.member.id, ctx.work.now)):
        return None
    if bare and not held:
        return first_send.say_yes(ctx) if unconfirmed(ctx.work) else None
    if not held:
        return ctx.say("apply.nothing_held")
    if not is_admin:
        admins = [found.name for one in ctx.work.config.admins if (found := ctx.tables.members.get(one))]
        return ctx.say("apply.not_yours", admins=admins)
    ctx.tables.facts.put("confirmed", held)
    return ctx.say("apply.confirmed")


command = Command(
    name="applying", words=("确认生效", "确认配置", "确认", "confirm", "apply"), handle=confirm, tail="none"
)
