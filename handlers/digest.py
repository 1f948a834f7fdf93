"""摘要: how things are now, for liaison officers, deputies and secretaries."""

from dataclasses import replace

from bot.handling import Answer, Command, Context
from bot.summary import digest_facts


def show(ctx: Context) -> Answer | None:
    if not ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        return None
    facts = digest_facts(ctx.work, ctx.member.id, on_duty=False)
    return replace(ctx.say("digest.daily", **facts) if facts else ctx.say("digest.nothing_yet"), aside=True)


command = Command(name="digest", words=("摘要", "情况", "看摘要", "digest", "summary"), handle=show)
