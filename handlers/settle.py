"""Needs, from the liaison's side: 认领 takes one, 答复 answers it; the member hears each step."""

import re

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need, answer_refused, claim_refused
from bot.handling import Answer, Command, Context
from bot.summary import name_of

_NUMBER = re.compile(r"(?:第|诉求)*\s*[#＃№]?\s*(\d{1,9})\s*[号件]?[:：，,、.。]?\s*(.*)", re.DOTALL)


def claim(ctx: Context) -> Answer | None:
    found = _find(ctx)
    if not isinstance(found, tuple):
        return found
    branch, need, _ = found
    refused = claim_refused(need, ctx.member.id)
    if refused or not ctx.tables.needs.claim(need, ctx.member.id, ctx.work.now):
        return _refusal(ctx, need, refused or "need.claimed_by_other")
    ctx.tables.facts.note("need_claimed", ctx.work.now, branch.id, ctx.member.id, str(need.number))
    _tell_member(ctx, branch, need, "need.claimed", "claimed")
    _tell_others(ctx, branch, need)
    return ctx.say("need.you_claimed", number=need.number, who=name_of(ctx.work, need.member))


def answer(ctx: Context) -> Answer | None:
    """答复 3 and words. Whoever has no duty and says 回复1 means the 1."""
    found = _find(ctx)
    if not isinstance(found, tuple):
        return found
    branch, need, words = found
    refused = answer_refused(need, ctx.member.id)
    if refused:
        return _refusal(ctx, need, refused)
    if not words:
        return ctx.ask("need.answer_how", "answer", "words", keep={"number": need.number}, number=need.number)
    ctx.tables.needs.answer(need, ctx.member.id, words, ctx.work.now)
    ctx.tables.facts.note("need_answered", ctx.work.now, branch.id, ctx.member.id, str(need.number))
    _tell_member(ctx, branch, need, "need.answered", "answered", words=words)
    if need.state == "open":
        _tell_others(ctx, branch, need)
    return ctx.say("need.you_answered", number=need.number, who=name_of(ctx.work, need.member))
