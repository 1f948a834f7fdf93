"""Her own channel: 渠道 says where she can be reached, 用 wecom 收 chooses one."""

import re
from dataclasses import replace

from bot.handling import Answer, Command, Context
from handlers import hour

TO_ME = re.compile(r"\s*(?:来)?(?:收|接收|收消息|发给?我|联系我?|for me|please)[\s。.!！吧]*$", re.IGNORECASE)
LONGEST_NAME = 20
USE = "用"


def channel(ctx: Context) -> Answer:
    """渠道 wecom; bare it lists what there is."""
    said = TO_ME.sub("", ctx.rest)
    if said.lower() in hour.USUAL:
        return hour.usual(ctx)
    return _use(ctx, said) or _channels(ctx, said)


def use(ctx: Context) -> Answer | None:
    """用 wecom 收; any other sentence that begins with 用 is one like any other."""
    said = TO_ME.sub("", ctx.rest)
    known = {one.lower() for one in ctx.work.config.channels}
    meant = said.lower() in known or (said != ctx.rest and 0 < len(said) <= LONGEST_NAME)
    return channel(ctx) if meant else None


def take_channel(ctx: Context) -> Answer | None:
    """The number or the name of one of those listed."""
    names = ctx.tables.members.channels(ctx.member.id)
    said = TO_ME.sub("", ctx.text.removeprefix(USE)).strip(" 。.")
    if said.isdecimal() and 0 < int(said) <= len(names):
        said = names[int(said) - 1]
    return _use(ctx, said)


def _use(ctx: Context, said: str) -> Answer | None:
    names = ctx.tables.members.channels(ctx.member.id)
    name = next((one for one in names if one.lower() == said.lower()), None)
    if name is None or len(names) < 2:
        return None
    ctx.tables.preferences.put(ctx.member.id, replace(ctx.tables.preferences.of(ctx.member.id), channel=name))
    return ctx.say("mine.channel_set", channel=name)


def _channels(ctx: Context, said: str) -> Answer:
    """What there is; what was asked for and is not there is named."""
    names = ctx.tables.members.channels(ctx.member.id)
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    now = ctx.tables.members.address(ctx.member.id, belongs[0][0].channel if belongs else "")
    if len(names) < 2 or now is None:
        return replace(ctx.say("mine.channel_one", channel=now[0] if now else ctx.channel), aside=True)
    other = next(one for one in names if one != now[0])
    head = ctx.say("mine.channel_unknown", words=said) if said else Answer(())
    listed = ctx.ask("mine.channels", "channel", "which", names=names, channel=now[0], other=other)
    return head.and_then(listed)


commands = (
    Command(
        name="channel",
        words=("渠道", "我的渠道", "换渠道", "channel", "channels", "my channel"),
        handle=channel,
        tail="words",
        steps={"which": take_channel},
    ),
    Command(name="use", words=("用", "use"), handle=use, tail="any"),
)
