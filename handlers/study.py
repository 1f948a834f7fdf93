"""Study: 已学, 参加, 不参加, or 请假 (see away.py) answer the item one was reminded of last."""

from bot.handling import Answer, Command, Context
from handlers import report


def done(ctx: Context) -> Answer | None:
    return _answer(ctx, "done")


def join(ctx: Context) -> Answer | None:
    return _answer(ctx, "join")


def join_from_afar(ctx: Context) -> Answer | None:
    return _answer(ctx, "remote")


def excuse(ctx: Context) -> Answer | None:
    return _answer(ctx, "excused")


def title_of(ctx: Context, item: str, known: str) -> str:
    """As she hears it; of an item the file no longer has, as it was called."""
    study = ctx.work.config.study.get(item)
    return study.named(ctx.member.language) if study else known


def _answer(ctx: Context, answer: str) -> Answer | None:
    """What follows the word may be a report as well; with nothing to answer it is a sentence like any other."""
    asked = ctx.tables.studies.open_to(ctx.member.id, ctx.work.now, answer)
    if asked is None:
        return None if ctx.rest else ctx.say("study.nothing_open")
    ctx.tables.studies.answer(asked, ctx.member.id, answer, ctx.work.now)
    said = ctx.say(f"study.{answer}", title=title_of(ctx, asked.item, asked.title))
    reported = report.take_rest(ctx)
    return said.and_then(reported) if reported else report.beside(ctx, said, ctx.rest)


commands = (
    Command(name="studied", words=("已学", "学完了", "已学习", "studied"), handle=done, tail="words"),
    Command(name="join", words=("参加", "join", "attend"), handle=join, tail="words"),
    Command(
        name="join_online",
        words=("线上参加", "线上", "远程参加", "join online", "online"),
        handle=join_from_afar,
        tail="words",
    ),
    Command(
        name="excuse",
        words=("不参加", "不参加了", "不能参加", "参加不了", "来不了", "去不了", "can't come", "cannot come"),
        handle=excuse,
        tail="words",
    ),
)
