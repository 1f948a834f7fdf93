"""Back from a silence: her first word settles it; whoever has reached her says so, and all who were told hear it."""

import re
from collections.abc import Callable

from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.domain.rounds import waiting
from bot.domain.silence import Away
from bot.handling import Answer, Command, Context
from bot.summary import name_of
from handlers.whom import Named, told_apart, whom

BARE = re.compile(
    r"(?:1|平安|安全|我?出来了|我?出点了|没事|都好|一切正常|好|收到|ok|safe|i'?m out|out|back|fine)[了。.!！~ ]*",
    re.IGNORECASE,
)


def arrive(ctx: Context, go_on: Callable[[], Answer]) -> Answer:
    """Any word of hers after a silence is over proves that she is reached; a bare one needs no other answer."""
    away = ctx.tables.aways.overdue(ctx.member.id)
    if away is None:
        return go_on()
    _settle(ctx, away, ctx.member)
    asked = waiting(ctx.tables.rounds.open_to(ctx.member.id))
    welcome = ctx.say("exit.welcome", asked=bool(asked))
    return welcome if BARE.fullmatch(ctx.text) and not asked else welcome.and_then(go_on())


def safe(ctx: Context) -> Answer | None:
    """平安, of oneself; 平安 陈晓, of somebody one has reached."""
    if not ctx.rest:
        return ctx.say("exit.noted") if ctx.tables.branches.open_of_member(ctx.member.id) else None
    overdue = _overdue(ctx)
    found = whom(ctx, [ctx.work.tables.members.get(one.member) or ctx.member for one, _ in overdue], "safe")
    return _reached(ctx, found) if found else _nobody(ctx)


def take_whom(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "safe")
    return _reached(ctx, found) if found else None


def _nobody(ctx: Context) -> Answer | None:
    """Somebody who is not overdue, or a sentence like any other."""
    mine = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    people = [one.member for branch in mine for one in ctx.tables.members.of_branch(branch.id)]
    named = whom(ctx, people, "safe")
    return ctx.say("exit.not_overdue") if named else None


def _overdue(ctx: Context) -> list[tuple[Away, Branch]]:
    """The silences she may settle: of branches where she holds a duty, or of whom she is the buddy."""
    looked_after = ctx.tables.buddies.looked_after_by(ctx.member.id)
    mine = {branch.id: branch for branch in ctx.tables.branches.open_of_duty_holder(ctx.member.id)}
    for member in looked_after:
        mine |= {branch.id: branch for branch, _ in ctx.tables.branches.open_of_member(member)}
    found: dict[str, tuple[Away, Branch]] = {}
    for branch in mine.values():
        roles = ctx.roles(branch) - {"buddy"}
        for away in ctx.tables.aways.overdue_of_branch(branch.id):
            allowed = ctx.allows(roles, "tend_silence") or away.member in looked_after
            if allowed and away.member != ctx.member.id:
                found[away.id] = (away, branch)
    return list(found.values())


def _reached(ctx: Context, found: Named | Answer) -> Answer | None:
    if isinstance(found, Answer):
        return found
    away = ctx.tables.aways.overdue(found.person.id)
    if away is None:
        return ctx.say("exit.not_overdue")
    _settle(ctx, away, found.person)
    return ctx.say("exit.you_settled", who=found.person.name)


def _settle(ctx: Context, away: Away, member: Member) -> None:
    """Once; all who had been told of her hear that it is settled, and by whom."""
    ctx.tables.aways.settle(member.id, ctx.member.id, ctx.work.now)
    ctx.tables.alarms.put("exit", away.id, None)
    for branch, _ in ctx.tables.branches.open_of_member(member.id):
        ctx.tables.facts.note("exit_settled", ctx.work.now, branch.id, ctx.member.id, away.id)
        told = ctx.tables.facts.members_noted("exit_told", branch.id, away.id) - {ctx.member.id}
        for person in sorted(told):
            by = "" if ctx.member.id == member.id else name_of(ctx.work, ctx.member.id)
            reason = f"exit:{away.id}:settled:{person}"
            ctx.work.owe("exit.settled", person, reason, branch=branch, who=member.name, by=by)


commands = (
    Command(
        name="safe",
        words=("平安", "报平安", "出来了", "出点了", "联系上了", "safe", "reached", "i'm out"),
        handle=safe,
        tail="words",
        steps={"whom": take_whom},
    ),
)
