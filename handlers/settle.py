"""Needs, from the side of whoever sees to them: 认领 takes one, 在办, 答复, 办结 and 办不了 say how it goes on."""

from dataclasses import dataclass, replace

from bot.domain.branch import Branch
from bot.domain.need import Need, Step, refusal, sides
from bot.domain.need_number import numbered
from bot.handling import Answer, Command, Context
from bot.moving import take_step, tell_member, tell_others
from bot.summary import name_of
from handlers import writing


@dataclass(frozen=True, slots=True)
class Found:
    """The need meant, and the words after its number."""

    branch: Branch
    need: Need
    words: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A step, what she hears of it, and what whoever took it hears."""

    step: Step
    hers: str
    own: str


WORK_ON = Deed("worked_on", "needs.in_hand", "needs.you_work_on")
ANSWER = Deed("answered", "need.answered", "need.you_answered")
FINISH = Deed("done", "needs.done", "needs.you_finished")
DECLINE = Deed("declined", "needs.impossible", "needs.you_declined")


def claim(ctx: Context) -> Answer | None:
    found = find(ctx, "claimed")
    if not isinstance(found, Found):
        return found
    branch, need = found.branch, found.need
    _take(ctx, found, "claimed")
    tell_member(ctx.work, branch, need, "need.claimed", ctx.id, by=ctx.member.name)
    action = ctx.work.config.kind_of_need(need.kind).action
    return ctx.say("need.you_claimed", number=need.number, who=name_of(ctx.work, need.member), action=action)


def work_on(ctx: Context) -> Answer | None:
    return _do(ctx, find(ctx, "worked_on"), WORK_ON)


def answer(ctx: Context) -> Answer | None:
    """A message to her; it settles nothing, unless she says so."""
    found = find(ctx, "answered")
    if isinstance(found, Found) and not found.words:
        return ctx.say("need.answer_how", number=found.need.number)
    return _do(ctx, found, ANSWER)


def reply(ctx: Context) -> Answer | None:
    """回复 3 and words is an answer; 回复1 alone is how people send the 1 they were asked for; 回复 周敏 is to her."""
    number, words = numbered(ctx.rest)
    return answer(ctx) if number is not None and words else writing.answer(ctx)


def finish(ctx: Context) -> Answer | None:
    return _do(ctx, find(ctx, "done"), FINISH)


def decline(ctx: Context) -> Answer | None:
    """办不了 wants the reason; it is asked for where it is missing."""
    found = find(ctx, "declined")
    if isinstance(found, Found) and not found.words:
        number = found.need.number
        return ctx.ask("needs.why_not", "decline", "reason", keep={"number": number}, number=number)
    return _do(ctx, found, DECLINE)


def take_reason(ctx: Context) -> Answer | None:
    """The answer to “why not?”."""
    if not any(map(str.isalpha, ctx.text)):
        return None
    return decline(replace(ctx, rest=f"{ctx.facts['number']} {ctx.text}"))


def _do(ctx: Context, found: Found | Answer | None, deed: Deed) -> Answer | None:
    if not isinstance(found, Found):
        return found
    branch, need, words = found.branch, found.need, found.words
    _take(ctx, found, deed.step)
    if words:
        ctx.tables.needs.answer(need, words)
    tell_member(ctx.work, branch, need, deed.hers, ctx.id, by=ctx.member.name, words=words)
    return ctx.say(deed.own, number=need.number, who=name_of(ctx.work, need.member))


def _take(ctx: Context, found: Found, step: Step) -> None:
    """Whoever moves an open need has claimed it, and the others hear so."""
    take_step(ctx.work, found.branch, found.need, step, ctx.member.id, owner=ctx.member.id)
    if found.need.state == "open":
        tell_others(ctx.work, found.branch, found.need, ctx.member.id, ctx.id)


def find(ctx: Context, step: Step) -> Found | Answer | None:
    """The need meant by a number at the head; or why the step cannot be taken. None: it is no duty holder's word."""
    number, words = numbered(ctx.rest)
    if number is None:
        holds = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
        return ctx.say("need.which") if holds else None
    return look_up(ctx, number, step, words)


def look_up(ctx: Context, number: int, step: Step, words: str) -> Found | Answer | None:
    need = ctx.tables.needs.numbered(number)
    branch = ctx.tables.branches.get(need.branch) if need else None
    own = need is not None and need.member == ctx.member.id
    if need is None or branch is None or not (own or ctx.may("settle_need", branch)):
        return _not_hers(ctx, number)
    if not branch.open:
        return ctx.say("need.branch_closed", number=number)
    by = sides(need, ctx.member.id, ctx.roles(branch))
    refused = refusal(need, step, by, ctx.work.now)
    return refuse(ctx, need, refused) if refused else Found(branch, need, words)


def refuse(ctx: Context, need: Need, key: str) -> Answer:
    by = name_of(ctx.work, need.claimed_by) if need.claimed_by else ""
    return ctx.say(key, number=need.number, by=by, state=need.state)


def _not_hers(ctx: Context, number: int) -> Answer | None:
    """A duty holder hears that there is none; a member, who can; both hear the same whether it is there or not."""
    if ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        return ctx.say("need.unknown", number=number)
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    return ctx.refuse("settle_need", belongs[-1][0]) if belongs else None


commands = (
    Command(name="claim", words=("认领", "claim"), handle=claim, tail="number"),
    Command(name="work_on", words=("在办", "正在办", "办理中", "in hand"), handle=work_on, tail="number"),
    Command(name="answer", words=("答复", "answer"), handle=answer, tail="number"),
    Command(name="reply", words=("回复", "reply"), handle=reply, tail="number"),
    Command(name="finish", words=("办结", "已办结", "办好", "已办", "done"), handle=finish, tail="number"),
    Command(
        name="decline",
        words=("办不了", "无法办", "办不成", "impossible"),
        handle=decline,
        tail="number",
        steps={"reason": take_reason},
    ),
)
