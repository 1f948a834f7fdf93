"""日历: addresses one's phone can follow; 日历 换新 makes the old ones useless."""

import re

from bot.handling import Answer, Command, Context
from bot.learning import feeds

RENEW = re.compile(r"换新|重置|作废|renew|reset", re.IGNORECASE)


def show(ctx: Context) -> Answer | None:
    if ctx.rest and not RENEW.fullmatch(ctx.rest.strip("。. ")):
        return None
    mine = feeds.followed_by(ctx.work, ctx.member)
    if ctx.rest:
        feeds.renew(ctx.work, mine[0])
    return ctx.say(
        "study.calendar",
        renewed=bool(ctx.rest),
        feeds=[{"whose": _named(ctx, one), "link": feeds.address_of(ctx.work, one)} for one in mine],
    )


def _named(ctx: Context, whose: str) -> str:
    """The branch's name; empty: her own; the unit's name."""
    kind, _, id_ = whose.partition(".")
    branch = ctx.tables.branches.get(id_) if kind == "branch" else None
    return ctx.work.named(branch, ctx.member.id) if branch else "" if kind == "member" else ctx.work.config.name


command = Command(name="calendar", words=("日历", "学习日历", "calendar"), handle=show, tail="words")
