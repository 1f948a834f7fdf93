"""Needs, from the liaison's side: 认领 takes one, 答复 answers it; the member hears each step."""

import re

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need, answer_refused, claim_refused
from bot.handling import Answer, Command, Context
from bot.summary import name_of
from handlers import writing

_NUMBER = re.compile(r"(?:第|诉求)*\s*[#＃№]?\s*(\d{1,9})(?!\d)\s*[号件]?[:：，,、.。]?\s*(.*)", re.DOTALL)


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
    found = _find(ctx)
    if not isinstance(found, tuple):
        return found
    branch, need, words = found
    refused = answer_refused(need, ctx.member.id)
    if refused:
        return _refusal(ctx, need, refused)
    if not words:
        return ctx.say("need.answer_how", number=need.number)
    ctx.tables.needs.answer(need, ctx.member.id, words, ctx.work.now)
    ctx.tables.facts.note("need_answered", ctx.work.now, branch.id, ctx.member.id, str(need.number))
    _tell_member(ctx, branch, need, "need.answered", "answered", words=words)
    if need.state == "open":
        _tell_others(ctx, branch, need)
    return ctx.say("need.you_answered", number=need.number, who=name_of(ctx.work, need.member))


def reply(ctx: Context) -> Answer | None:
    """回复 3 and words is an answer; 回复1 alone is how people send the 1 they were asked for; 回复 周敏 is to her."""
    found = _NUMBER.fullmatch(ctx.rest)
    return answer(ctx) if found and found[2].strip() else writing.answer(ctx)


def _find(ctx: Context) -> tuple[Branch, Need, str] | Answer | None:
    """The need meant, its branch and the words after the number; or why there is none."""
    if not ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        return None
    named = _NUMBER.fullmatch(ctx.rest)
    if named is None:
        return ctx.say("need.which")
    need = ctx.tables.needs.numbered(int(named[1]))
    branch = ctx.tables.branches.get(need.branch) if need else None
    if need is None or branch is None or not may(ctx.roles(branch), "settle_need"):
        return ctx.say("need.unknown", number=int(named[1]))
    if not branch.open:
        return ctx.say("need.branch_closed", number=need.number)
    return branch, need, named[2].strip()


def _refusal(ctx: Context, need: Need, key: str) -> Answer:
    latest = ctx.tables.needs.numbered(need.number) or need
    by = name_of(ctx.work, latest.claimed_by) if latest.claimed_by else ""
    return ctx.say(key, number=need.number, by=by)


def _tell_member(ctx: Context, branch: Branch, need: Need, key: str, step: str, words: str = "") -> None:
    reason = f"need:{need.id}:{step}:{need.member}"
    ctx.work.owe(key, need.member, reason, branch=branch, number=need.number, by=ctx.member.name, words=words)


def _tell_others(ctx: Context, branch: Branch, need: Need) -> None:
    """The other duty holders of the branch hear that it is taken."""
    others = [one.id for one in ctx.tables.branches.liaisons(branch.id) if one.id not in (ctx.member.id, need.member)]
    reason = f"need:{need.id}:taken"
    facts = {"number": need.number, "by": ctx.member.name, "who": name_of(ctx.work, need.member)}
    ctx.work.owe_all("need.taken", others, reason, branch=branch, **facts)


commands = (
    Command(name="claim", words=("认领", "claim"), handle=claim, tail="number"),
    Command(name="answer", words=("答复", "answer"), handle=answer, tail="number"),
    Command(name="reply", words=("回复", "reply"), handle=reply, tail="number"),
)
