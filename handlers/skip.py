"""Skipping: 今天跳过, with or without a reason, is neither asked again, nor reminded, nor counted as silent."""

import re
from dataclasses import replace

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.reading import read
from bot.domain.rounds import Expected, to_skip
from bot.handling import Answer, Command, Context
from handlers import report

TODAY = re.compile("今|today", re.IGNORECASE)
LONGEST_WHY = 200


def skip(ctx: Context) -> Answer:
    """The reason is sealed, and read by the liaison officer and the secretary alone."""
    willing = report.willing(ctx)
    if any(read(ctx.rest, one.kind, ctx.work.work_mode(one)).all_well for one in willing.values()):
        return report.take(replace(ctx, text=ctx.rest))
    expected = [one for one in ctx.tables.rounds.open_to(ctx.member.id) if one.round.branch in willing]
    said_today = TODAY.search(ctx.text[: len(ctx.text) - len(ctx.rest)] or ctx.text)
    skips = to_skip(expected, (lambda one: _today(ctx, willing, one)) if said_today else None)
    before = [one for one in expected if one.asked and one.skipped and ctx.work.now <= one.round.due_at]
    if before and not any(one.asked for one in skips):
        skips = before
    if not skips:
        return _nothing(ctx, willing, expected)
    return _skip(ctx, willing, skips)


def _skip(ctx: Context, willing: dict[str, Branch], skips: list[Expected]) -> Answer:
    """Of case work nothing is kept; a need named in the reason is raised as anywhere."""
    modes = [(one, read(ctx.rest, one.kind, ctx.work.work_mode(one))) for one in willing.values()]
    refused = any(reading.work_refused for _, reading in modes)
    why = "" if refused else ctx.rest[:LONGEST_WHY]
    answer = Answer(())
    for one in skips:
        ctx.tables.own_reports.skip(one.round.id, ctx.member.id, why, ctx.work.now)
        answer = answer.and_then(_noted(ctx, willing[one.round.branch], one, several=len(skips) > 1))
    answer = answer.also("skip.how_back")
    if why:
        answer = answer.also("skip.why_kept")
    return report.beside(ctx, answer.also("skip.why_refused") if refused else answer, ctx.rest)


def _noted(ctx: Context, branch: Branch, one: Expected, *, several: bool) -> Answer:
    asks = instant.local(one.round.ask_at, branch.zone)
    if several:
        return ctx.say("skip.noted_in", asks=asks, branch=ctx.work.named(branch, ctx.member.id))
    return ctx.say("skip.noted", asks=asks)


def _nothing(ctx: Context, willing: dict[str, Branch], expected: list[Expected]) -> Answer:
    answered = [one for one in expected if one.asked and one.answered_at and ctx.work.now <= one.round.due_at]
    if answered:
        return ctx.say("skip.answered")
    to_come = [one for one in reversed(expected) if not one.asked and one.open]
    if to_come:
        branch = willing[to_come[0].round.branch]
        return ctx.say("skip.not_today", asks=instant.local(to_come[0].round.ask_at, branch.zone))
    return report.beside(ctx, ctx.say("skip.nothing"), ctx.rest)


def _today(ctx: Context, willing: dict[str, Branch], one: Expected) -> bool:
    branch = willing[one.round.branch]
    return instant.day_of(one.round.ask_at, branch.zone) == ctx.work.today(branch)


command = Command(
    name="skip",
    words=(
        *("跳过", "今天跳过", "今日跳过", "跳过今天", "这次跳过", "跳过这次", "今天跳过吧", "跳过吧"),
        *("今天不报", "今天不报了", "今天不答", "今天不答了", "今天不汇报", "这次不报", "这次不报了"),
        *("skip", "skip today", "skip it", "skip this one", "pass today", "not today"),
    ),
    handle=skip,
    tail="words",
)
