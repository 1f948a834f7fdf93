"""The menu of numbers: 数字版 for who reads large and answers short, 恢复普通版 the way back; 4 and 5 in it."""

from dataclasses import replace

from bot.handling import Answer, Command, Context
from handlers import away, skip


def numbers(ctx: Context) -> Answer:
    ctx.tables.preferences.put(ctx.member.id, replace(ctx.tables.preferences.of(ctx.member.id), style="numbers"))
    return ctx.say("mine.style_numbers")


def plain(ctx: Context) -> Answer:
    ctx.tables.preferences.put(ctx.member.id, replace(ctx.tables.preferences.of(ctx.member.id), style=""))
    return ctx.say("mine.style_usual")


def later(ctx: Context) -> Answer | None:
    """In one line, as everything in this menu."""
    if not _chosen(ctx):
        return None
    answer = away.later(ctx)
    return replace(answer, says=answer.says[:1])


def not_today(ctx: Context) -> Answer | None:
    return skip.skip(ctx) if _chosen(ctx) else None


def _chosen(ctx: Context) -> bool:
    """Whether a bare number is of this menu: it is hers, and no other question waits for a number."""
    waits = ctx.tables.standings.waits(ctx.member.id, ctx.work.now)
    return not waits and ctx.tables.preferences.of(ctx.member.id).style == "numbers"


commands = (
    Command(
        name="numbers",
        words=("数字版", "大字版", "大字", "大字数字版", "numbers only", "numbers", "large print"),
        handle=numbers,
    ),
    Command(
        name="plain",
        words=("恢复普通版", "普通版", "恢复文字版", "usual version", "normal version", "words again"),
        handle=plain,
    ),
    Command(name="menu_later", words=("4", "回4", "选4", "回复4"), handle=later),
    Command(name="menu_skip", words=("5", "回5", "选5", "回复5"), handle=not_today),
)
