"""Being left alone: 请假, 静默, 稍后, and 回来 when it is over."""

from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.rounds import waiting
from bot.domain.silence import LONGEST_POSTPONEMENT, Away
from bot.domain.span import split_span
from bot.handling import Answer, Command, Context
from handlers import report

DEFAULT_POSTPONEMENT = timedelta(hours=1)


def leave(ctx: Context) -> Answer:
    """请假 3天 …; bare, right after a study reminder, it excuses her from that item."""
    if not ctx.rest:
        asked = ctx.tables.studies.open_to(ctx.member.id, ctx.work.now, "excused")
        if asked and asked.answer is None:
            ctx.tables.studies.answer(asked, ctx.member.id, "excused", ctx.work.now)
            return ctx.say("study.excused", title=asked.title).also("away.leave_how")
    return _declare(ctx, "leave", ctx.rest)


def silence(ctx: Context) -> Answer:
    return _declare(ctx, "silence", ctx.rest)


def take_span(ctx: Context) -> Answer | None:
    """The answer to “until when?”; anything that is no span is something new."""
    until, _ = split_span(ctx.text, ctx.work.now, _zone(ctx))
    return _declare(ctx, ctx.facts["kind"], ctx.text) if until else None


def _declare(ctx: Context, kind: Literal["leave", "silence"], text: str) -> Answer:
    if not ctx.tables.branches.open_of_member(ctx.member.id):
        return ctx.say("away.no_branch")
    until, words = split_span(text, ctx.work.now, _zone(ctx))
    if until is None:
        return report.beside(ctx, ctx.ask(f"away.{kind}_until_when", "leave", "span", keep={"kind": kind}), text)
    ctx.tables.aways.end(ctx.member.id, ctx.work.now)
    away = Away(f"{ctx.id}:away", ctx.member.id, kind, ctx.work.now, until)
    ctx.tables.aways.declare(away)
    if kind == "silence":
        ctx.tables.alarms.put("exit", away.id, until)
    return report.beside(ctx, ctx.say(f"away.{kind}_noted", until=instant.local(until, _zone(ctx))), words)


def back(ctx: Context) -> Answer | None:
    """回来了; with more words it may be a report as well."""
    ended = ctx.tables.aways.end(ctx.member.id, ctx.work.now)
    reported = report.take_rest(ctx)
    if reported:
        return ctx.say("away.back").and_then(reported) if ended else reported
    asked = waiting(ctx.tables.rounds.open_to(ctx.member.id))
    welcome = ctx.say("away.back").also("away.back_asked" if asked else "away.back_not_asked")
    return report.beside(ctx, welcome if ended else ctx.say("away.was_here"), ctx.rest)


def later(ctx: Context) -> Answer:
    """稍后 2小时: the question comes again then, and nobody is told of silence before."""
    asked = waiting(ctx.tables.rounds.open_to(ctx.member.id))
    if not asked:
        return report.beside(ctx, ctx.say("away.nothing_to_postpone"), ctx.rest)
    until, words = split_span(ctx.rest, ctx.work.now, _zone(ctx))
    until = min(until or ctx.work.now + DEFAULT_POSTPONEMENT, ctx.work.now + LONGEST_POSTPONEMENT)
    for one in asked:
        ctx.tables.rounds.postpone(one.round.id, ctx.member.id, until)
        ctx.tables.alarms.put("later", f"{one.round.id}|{ctx.member.id}", until)
    return report.beside(ctx, ctx.say("away.postponed", until=instant.local(until, _zone(ctx))), words)


def _zone(ctx: Context) -> ZoneInfo:
    """Hours are meant as the clocks of her branch show them."""
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    return belongs[0][0].zone if belongs else ctx.work.zone


commands = (
    Command(name="leave", words=("请假", "休假", "leave"), handle=leave, tail="span", steps={"span": take_span}),
    Command(
        name="silence",
        words=("静默", "再静默", "进点", "关机", "silence", "radio silence"),
        handle=silence,
        tail="span",
    ),
    Command(name="back", words=("回来", "结束静默", "back"), handle=back),
    Command(name="returned", words=("我回来了", "回来了", "销假", "归队", "i'm back"), handle=back, tail="words"),
    Command(
        name="later",
        words=("稍后", "等会", "等会儿", "等一下", "等下", "过会儿", "晚点", "晚些", "later", "snooze"),
        handle=later,
        tail="hour",
    ),
)
