"""Taking back: 撤回 makes her last answer to a round that is still open as if it had not been given."""

import re
from dataclasses import replace

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.report import Report
from bot.domain.rounds import Expected, to_withdraw
from bot.handling import Answer, Command, Context
from handlers import my_needs, report

FILLERS = re.compile(
    r"(?:[\s,，。.!！~]|刚才|刚刚|那条|那个|这条|上一条|上条|上一次|上次|我|的|吧|了|一下|请|谢谢|回答|报告|消息|跳过"
    r"|(?:my|the|that|last|just|now|answer|report|message|please|skip)\b)*",
    re.IGNORECASE,
)
GAPS = (" ", "，", ",", "。", "：", ":", "；", ";", "\n")
NEED = re.compile(r"(?:诉求|求助|困难|needs?\b)\D{0,4}(\d{1,9})?", re.IGNORECASE)


def withdraw(ctx: Context) -> Answer | None:
    """Bare, or with what she says instead; with any other word it is a sentence like any other."""
    if NEED.match(ctx.rest):
        return my_needs.withdraw(ctx)
    if FILLERS.fullmatch(ctx.rest):
        return _withdraw(ctx)
    instead = replace(ctx, rest=FILLERS.sub("", ctx.rest, count=1).strip())
    apart = ctx.text[: len(ctx.text) - len(instead.rest)].endswith(GAPS)
    return _withdraw(ctx, instead) if apart and report.understood(instead) else None


def _withdraw(ctx: Context, instead: Context | None = None) -> Answer:
    expected = ctx.tables.rounds.open_to(ctx.member.id)
    last = to_withdraw(expected)
    branch = ctx.tables.branches.get(last.round.branch) if last else None
    if last is None or branch is None:
        done = any(one.done_at for one in expected)
        answer = ctx.say("withdraw.overtaken" if done else "withdraw.nothing")
    elif last.skipped:
        ctx.tables.own_reports.unskip(last.round.id, ctx.member.id)
        answer = ctx.say("withdraw.unskipped")
    else:
        several = len({one.round.branch for one in expected}) > 1
        answer = _done(ctx, branch, last, several=several)
        if instead is None:
            answer = answer.also("withdraw.still_skipped" if last.skipped_at else "withdraw.answer_again")
    reported = report.take_rest(instead) if instead else None
    return answer.and_then(reported) if reported else answer


def _done(ctx: Context, branch: Branch, last: Expected, *, several: bool) -> Answer:
    """What stays all the same is named: a need, and what has been read already."""
    said = ctx.tables.rounds.report(last.round.id, ctx.member.id)
    messages = ctx.tables.own_reports.withdraw(last.round.id, ctx.member.id)
    _erase(ctx, last, said, messages)
    asks, name = instant.local(last.round.ask_at, branch.zone), ctx.work.named(branch, ctx.member.id)
    answer = ctx.say("withdraw.done_in", asks=asks, branch=name) if several else ctx.say("withdraw.done", asks=asks)
    numbers = [number for one in messages for number in ctx.tables.needs.raised_in(one, ctx.member.id)]
    if numbers:
        answer = answer.also("withdraw.needs_stay", numbers=numbers, number=numbers[0])
    seen = ctx.tables.facts.moment(f"digest:{ctx.work.on_duty(branch)}")
    if seen and last.done_at and seen >= last.done_at:
        answer = answer.also("withdraw.seen")
    return answer


def _erase(ctx: Context, last: Expected, said: Report, messages: tuple[str, ...]) -> None:
    """Wherever else her words stand: in what she wrote, in what was read back, in what waits for 更多."""
    for one in messages:
        ctx.tables.inbound.erase(one)
        ctx.tables.lines.erase(one)
    words = [one for one in (said.thoughts_words, said.work_words, said.living_words, said.need) if one]
    if words and last.answered_at:
        ctx.tables.lines.erase_quoting(ctx.member.id, words, last.answered_at)
        ctx.tables.unsaid.drop(ctx.member.id)


command = Command(
    name="withdraw",
    words=("撤回", "撤销", "收回", "withdraw", "take back", "take it back", "undo"),
    handle=withdraw,
    tail="any",
)
