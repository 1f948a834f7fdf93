"""学习: what is next for her, how far she is, and what she has promised; nobody else sees it."""

from datetime import date, timedelta
from typing import Any

from bot.domain import instant
from bot.domain.progress import plain, total
from bot.handling import Answer, Command, Context
from bot.learning import rota
from bot.learning.plan import plans, told_of

AHEAD, MOST = timedelta(days=14), 6


def show(ctx: Context) -> Answer:
    now, member = ctx.work.now, ctx.member
    found = [one for one in plans(ctx.work, [member], now, now + AHEAD)[member.id] if not one.session.cancelled]
    following = [told_of(ctx.work, one.session.item, member, one.session) for one in found[:MOST]]
    year = ctx.work.today().year
    taken = ctx.tables.studies.taken_part(member.id, instant.start_of(date(year, 1, 1), ctx.work.zone))
    turn = rota.next_of(ctx.work, member.id)
    return ctx.say(
        "study.mine",
        days=AHEAD.days,
        items=following,
        more=max(len(found) - MOST, 0),
        here=taken.get("here", 0),
        remote=taken.get("remote", 0),
        studied=taken.get("studied", 0),
        progress=_progress(ctx, year),
        turn=rota.facts(ctx.work, turn, member.id) if turn else {},
        shares=len(ctx.tables.share_backs.waiting(member.id)),
        notes=len(ctx.tables.notes.of(member.id)),
    )


def _progress(ctx: Context, year: int) -> list[dict[str, Any]]:
    """On each platform that told of her: how much, of what the unit plans for the year, and as of when."""
    found = list[dict[str, Any]]()
    for id_, steps in ctx.tables.progress.of_member(ctx.member.id, year).items():
        platform = ctx.work.config.platforms.get(id_)
        at = ctx.tables.progress.told_at(ctx.member.id, id_)
        if platform and at:
            done = plain(total(steps))
            one = {"platform": platform.named(ctx.member.language), "unit": platform.unit, "done": done}
            found.append({**one, "goal": platform.goal or 0, "at": ctx.work.local(at)})
    return found


command = Command(name="my_study", words=("学习", "我的学习", "学习情况", "my study", "study"), handle=show)
