"""Being left alone: 请假, 静默, 稍后, and 回来 when it is over."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.rounds import waiting
from bot.domain.silence import LONGEST_POSTPONEMENT, Away
from bot.domain.until import Until, read_until, within
from bot.handling import Answer, Command, Context
from handlers import report
from handlers.study import title_of

DEFAULT_POSTPONEMENT = timedelta(hours=1)
Kind = Literal["leave", "silence", "later"]


def leave(ctx: Context) -> Answer:
    """请假 3天 …; bare, right after a study reminder, it excuses her from that item."""
    if not ctx.rest:
        asked = ctx.tables.studies.open_to(ctx.member.id, ctx.work.now, "excused")
        if asked and asked.answer is None:
            ctx.tables.studies.answer(asked, ctx.member.id, "excused", ctx.work.now)
            return ctx.say("study.excused", title=title_of(ctx, asked.item, asked.title)).also("away.leave_how")
    return declare(ctx, "leave", ctx.rest)


def silence(ctx: Context) -> Answer:
    return declare(ctx, "silence", ctx.rest)


def take_span(ctx: Context) -> Answer | None:
    """The answer to “until when?”; anything that is no span is something new."""
    found = read_until(ctx.text, ctx.work.now, zone(ctx))
    return declare(ctx, ctx.facts["kind"], ctx.text) if found.readings else None


def declare(ctx: Context, kind: Literal["leave", "silence"], text: str) -> Answer:
    if not ctx.tables.branches.open_of_member(ctx.member.id):
        return ctx.say("away.no_branch")
    found = read_until(text, ctx.work.now, zone(ctx))
    if not found.readings:
        return report.beside(ctx, ctx.ask(f"away.{kind}_until_when", "leave", "span", keep={"kind": kind}), text)
    answer = ask_which(ctx, kind, found) if found.doubt else note(ctx, kind, found.readings[0])
    return report.beside(ctx, answer, found.rest)


def note(ctx: Context, kind: Literal["leave", "silence"], until: datetime) -> Answer:
    """It counts from now on."""
    ctx.tables.aways.end(ctx.member.id, ctx.work.now)
    away = Away(f"{ctx.id}:away", ctx.member.id, kind, ctx.work.now, until)
    ctx.tables.aways.declare(away)
    if kind == "silence":
        ctx.tables.alarms.put("exit", away.id, until)
    remember(ctx, kind)
    return ctx.say(f"away.{kind}_noted", until=instant.local(until, zone(ctx))).also("until.put_right")


def ask_which(ctx: Context, kind: Kind, found: Until) -> Answer:
    """What may mean two things, or is far off, counts only after her answer."""
    remember(ctx, kind)
    first, second = found.readings[0], found.readings[-1]
    readings = [instant.text(one) for one in found.readings]
    return ctx.ask(
        f"until.{found.doubt}",
        "until",
        "which",
        keep={"kind": kind, "doubt": found.doubt, "readings": readings},
        nearer=instant.local(first, zone(ctx)),
        further=instant.local(second, zone(ctx)),
        year=instant.day_of(first - timedelta(seconds=1), zone(ctx)).year,
        days=(first - ctx.work.now).days,
    )


def remember(ctx: Context, kind: Kind) -> None:
    """“改到 …” puts right what was said last."""
    ctx.tables.facts.put(f"until:{ctx.member.id}", f"{kind}|{instant.text(ctx.work.now)}")


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
    if not waiting(ctx.tables.rounds.open_to(ctx.member.id)):
        return report.beside(ctx, ctx.say("away.nothing_to_postpone"), ctx.rest)
    found = read_until(ctx.rest, ctx.work.now, zone(ctx))
    if not found.readings:
        found = Until((ctx.work.now + DEFAULT_POSTPONEMENT,), found.rest)
    found = within(found, ctx.work.now, LONGEST_POSTPONEMENT)
    answer = ask_which(ctx, "later", found) if found.doubt else postpone(ctx, found.readings[0])
    return report.beside(ctx, answer, found.rest)


def postpone(ctx: Context, until: datetime) -> Answer:
    """All that waits for her answer."""
    for one in waiting(ctx.tables.rounds.open_to(ctx.member.id)):
        ctx.tables.rounds.postpone(one.round.id, ctx.member.id, until)
        ctx.tables.alarms.put("later", f"{one.round.id}|{ctx.member.id}", until)
    remember(ctx, "later")
    return ctx.say("away.postponed", until=instant.local(until, zone(ctx))).also("until.put_right")


def zone(ctx: Context) -> ZoneInfo:
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
