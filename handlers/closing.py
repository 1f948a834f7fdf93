"""Extend or close: 延期 到6月30日, 结束 (on the day agreed), 立即结束 (today)."""

from datetime import date, timedelta

from bot.domain import instant
from bot.domain.access import may
from bot.domain.branch import Branch, state_at
from bot.domain.when import split_span
from bot.handling import Answer, Command, Context, roles_in


def extend(ctx: Context) -> Answer:
    found = _branch(ctx)
    if isinstance(found, Answer):
        return found
    branch, rest = found
    until, _ = split_span(rest, ctx.work.now, branch.zone)
    if until is None:
        return ctx.say("closing.extend_how", branch=ctx.work.named(branch, ctx.member.id))
    day = instant.day_of(until - timedelta(seconds=1), branch.zone)
    if day <= branch.closes:
        return ctx.say("closing.not_later", closes=branch.closes.isoformat())
    return _extend(ctx, branch, day.isoformat())


def _extend(ctx: Context, branch: Branch, day: str) -> Answer:
    ctx.tables.branches.set_closes(branch.id, date.fromisoformat(day))
    extended = ctx.tables.branches.get(branch.id)
    assert extended is not None
    ctx.tables.branches.set_state(branch.id, state_at(extended, ctx.work.now), ctx.work.now)
    ctx.work.ring(extended)
    ctx.tables.alarms.put("plan", branch.id, ctx.work.now)
    ctx.tables.facts.note("extended", ctx.work.now, branch.id, ctx.member.id, day)
    willing = [one.member.id for one in ctx.tables.members.of_branch(branch.id) if one.willing]
    others = [one.id for one in ctx.tables.branches.liaisons(branch.id)]
    for member in {*willing, *others} - {ctx.member.id}:
        ctx.work.owe(
            "closing.extended",
            member,
            f"extended:{branch.id}:{day}:{member}:{ctx.id}",
            branch=branch,
            branch_name=ctx.work.named(branch, member),
            closes=day,
        )
    return ctx.say("closing.you_extended", branch=ctx.work.named(branch, ctx.member.id), closes=day)


def close(ctx: Context) -> Answer:
    found = _branch(ctx)
    if isinstance(found, Answer):
        return found
    branch, _ = found
    ctx.tables.branches.settle_closing(branch.id)
    ctx.tables.facts.note("closing_settled", ctx.work.now, branch.id, ctx.member.id)
    return ctx.say(
        "closing.you_settled", branch=ctx.work.named(branch, ctx.member.id), closes=branch.closes.isoformat()
    )


def close_now(ctx: Context) -> Answer:
    found = _branch(ctx)
    if isinstance(found, Answer):
        return found
    branch, _ = found
    return ctx.ask(
        "closing.sure", "close_now", "sure", keep={"branch": branch.id}, branch=ctx.work.named(branch, ctx.member.id)
    )


def take_sure(ctx: Context) -> Answer | None:
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open or ctx.text.strip("。.!！ ").lower() not in ("确认", "confirm"):
        return None
    ctx.tables.branches.set_closes(branch.id, ctx.work.today(branch) - timedelta(days=1))
    ctx.tables.alarms.put("branch", branch.id, ctx.work.now)
    ctx.tables.facts.note("closed_early", ctx.work.now, branch.id, ctx.member.id)
    return ctx.say("closing.now", branch=ctx.work.named(branch, ctx.member.id))


def _branch(ctx: Context) -> tuple[Branch, str] | Answer:
    """The branch meant and what else was said: the only one she may close, or the one she names."""
    mine = [one for one in ctx.tables.branches.open_of_duty_holder(ctx.member.id) if _may(ctx, one)]
    if not mine:
        return ctx.say("closing.none")
    named = [one for one in mine if any(name in ctx.rest for name in _names(ctx, one))]
    closing = [one for one in mine if one.state == "closing" and not one.closing_settled]
    for choice in (named, mine, closing):
        if len(choice) == 1:
            return choice[0], _without(ctx.rest, _names(ctx, choice[0]))
    return ctx.say("closing.which", branches=[ctx.work.named(one, ctx.member.id) for one in mine])


def _names(ctx: Context, branch: Branch) -> tuple[str, ...]:
    return (branch.name, ctx.work.named(branch, ctx.member.id), branch.id)


def _without(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text.strip()


def _may(ctx: Context, branch: Branch) -> bool:
    return may(roles_in(ctx.work, branch, ctx.member.id), "settle_closing")


commands = (
    Command(name="extend", words=("延期", "延长", "extend"), handle=extend, tail="span"),
    Command(name="close", words=("结束", "到期结束", "close"), handle=close, tail="words"),
    Command(
        name="close_now", words=("立即结束", "close now"), handle=close_now, tail="words", steps={"sure": take_sure}
    ),
)
