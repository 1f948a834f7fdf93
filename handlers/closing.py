"""Extend or close: 延期 到6月30日, 结束 (on the day agreed), 立即结束 (today)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import instant
from bot.domain.access import Deed
from bot.domain.branch import Branch, ends_at, state_at
from bot.domain.span import split_span
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context, Handler
from handlers import which

Act = Callable[[Context, Branch, str], Answer | None]
A_DAY = timedelta(days=1)
DEED: Deed = "settle_closing"


def extend(ctx: Context) -> Answer | None:
    return _on_branch(ctx, "extend", _extend)


def close(ctx: Context) -> Answer | None:
    """结束, and at most the name of a branch; with other words it is a sentence like any other."""
    if ctx.rest and not which.named(ctx, which.mine(ctx, DEED), ctx.rest):
        return None
    return _on_branch(ctx, "close", _settle)


def close_now(ctx: Context) -> Answer | None:
    return _on_branch(ctx, "close_now", _ask_if_sure)


def take_day(ctx: Context) -> Answer | None:
    """The answer to “until which day?”; anything that is no day is something new."""
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open or not _until(ctx.text, branch, ctx.work.now):
        return None
    return _extend(ctx, branch, ctx.text)


def take_sure(ctx: Context) -> Answer | None:
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open:
        return None
    name = ctx.work.named(branch, ctx.member.id)
    said = sure(ctx.text)
    if not said:
        return None if said is None else ctx.say("closing.not_now", branch=name, closes=branch.closes.isoformat())
    ctx.tables.branches.set_closes(branch.id, ctx.work.today(branch) - A_DAY)
    ctx.tables.facts.put(f"ended:{branch.id}", ctx.work.today(branch).isoformat())
    ctx.tables.alarms.put("branch", branch.id, ctx.work.now)
    ctx.tables.facts.note("closed_early", ctx.work.now, branch.id, ctx.member.id)
    return ctx.say("closing.now", branch=name)


def _on_branch(ctx: Context, command: str, act: Act) -> Answer | None:
    """Do it to the branch meant: the only one she may close, or the one she names; else ask which."""
    mine = which.mine(ctx, DEED)
    if not mine:
        return which.not_yours(ctx, DEED, "closing.none")
    named = which.named(ctx, mine, ctx.rest)
    closing = [one for one in mine if one.state == "closing" and not one.closing_settled]
    for choice in (named, mine, closing):
        if len(choice) == 1:
            return act(ctx, choice[0], ctx.rest)
    return ctx.ask("closing.which", command, "which", keep={"rest": ctx.rest}, branches=which.names(ctx, mine))


def _which(act: Act) -> Handler:
    """The answer to “which one?”; what names no branch, or again more than one, is something new."""

    def take(ctx: Context) -> Answer | None:
        named = which.named(ctx, which.mine(ctx, DEED), ctx.text)
        return act(ctx, named[0], ctx.facts["rest"]) if len(named) == 1 else None

    return take


def _extend(ctx: Context, branch: Branch, said: str) -> Answer:
    until = _until(said, branch, ctx.work.now) or _until(which.without_name(ctx, branch, said), branch, ctx.work.now)
    facts = {"branch": ctx.work.named(branch, ctx.member.id), "closes": branch.closes.isoformat()}
    if until is None or until <= branch.closes:
        key = "closing.extend_how" if until is None else "closing.not_later"
        return ctx.ask(key, "extend", "day", keep={"branch": branch.id}, **facts)
    ctx.tables.branches.set_closes(branch.id, until)
    extended = replace(branch, closes=until)
    ctx.tables.branches.set_state(branch.id, state_at(extended, ctx.work.now), ctx.work.now)
    ctx.work.ring(extended)
    ctx.tables.alarms.put("plan", branch.id, ctx.work.now)
    ctx.tables.facts.note("extended", ctx.work.now, branch.id, ctx.member.id, until.isoformat())
    _tell_of_extension(ctx, branch, until.isoformat())
    return ctx.say("closing.you_extended", **{**facts, "closes": until.isoformat()})


def _until(said: str, branch: Branch, now: datetime) -> date | None:
    """The last day meant: a date is a date, and a length of time counts from the last day there is."""
    end = ends_at(branch)
    from_now, _ = split_span(said, now, branch.zone)
    from_end, _ = split_span(said, end, branch.zone)
    if from_now is None or from_end is None:
        return None
    is_length = abs((from_end - end) - (from_now - now)) < A_DAY
    return instant.day_of((from_end if is_length else from_now) - timedelta(seconds=1), branch.zone)


def _tell_of_extension(ctx: Context, branch: Branch, day: str) -> None:
    willing = [one.member.id for one in ctx.tables.members.of_branch(branch.id) if one.willing]
    others = [one.id for one in ctx.tables.branches.liaisons(branch.id)]
    for member in {*willing, *others} - {ctx.member.id}:
        reason = f"extended:{branch.id}:{day}:{member}:{ctx.id}"
        name = ctx.work.named(branch, member)
        ctx.work.owe("closing.extended", member, reason, branch=branch, branch_name=name, closes=day)


def _settle(ctx: Context, branch: Branch, said: str) -> Answer | None:
    if which.without_name(ctx, branch, said):
        return None
    ctx.tables.branches.settle_closing(branch.id)
    ctx.tables.facts.note("closing_settled", ctx.work.now, branch.id, ctx.member.id)
    name = ctx.work.named(branch, ctx.member.id)
    return ctx.say("closing.you_settled", branch=name, closes=branch.closes.isoformat())


def _ask_if_sure(ctx: Context, branch: Branch, _: str) -> Answer:
    name = ctx.work.named(branch, ctx.member.id)
    return ctx.ask("closing.sure", "close_now", "sure", keep={"branch": branch.id}, branch=name)


commands = (
    Command(
        name="extend",
        words=("延期", "延长", "extend"),
        handle=extend,
        tail="span",
        steps={"day": take_day, "which": _which(_extend)},
    ),
    Command(
        name="close",
        words=("结束", "到期结束", "close"),
        handle=close,
        tail="words",
        steps={"which": _which(_settle)},
    ),
    Command(
        name="close_now",
        words=("立即结束", "马上结束", "close now"),
        handle=close_now,
        tail="words",
        steps={"sure": take_sure, "which": _which(_ask_if_sure)},
    ),
)
