"""Study: 已学, 参加, or 请假 (see away.py) answer the item one was reminded of last."""

from bot.domain.study import open_for_answer
from bot.handling import Answer, Command, Context


def done(ctx: Context) -> Answer:
    return _answer(ctx, "done")


def join(ctx: Context) -> Answer:
    return _answer(ctx, "join")


def _answer(ctx: Context, answer: str) -> Answer:
    asked = ctx.tables.studies.latest(ctx.member.id)
    if asked is None or not open_for_answer(asked.starts_at, ctx.work.now):
        return ctx.say("study.nothing_open")
    ctx.tables.studies.answer(asked, ctx.member.id, answer, ctx.work.now)
    return ctx.say(f"study.{answer}", title=asked.title)


commands = (
    Command(name="studied", words=("已学", "学完了", "已学习", "studied"), handle=done),
    Command(name="join", words=("参加", "线上参加", "join", "attend"), handle=join),
)
