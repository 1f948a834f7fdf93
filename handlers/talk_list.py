"""待谈: what is to be held and by when; 待谈 1: the page of help again; 撤回谈话 takes the last note back."""

import re
from dataclasses import replace

from bot.domain.talk import OWN, TAKEN_BACK_WITHIN, UNTOLD
from bot.handling import Answer, Command, Context
from bot.noting import take_back as undo
from bot.radar import facts, how_facts, refresh
from handlers.talking import may_note

_NUMBER = re.compile(r"(?:第|[#＃№])?\s*(\d{1,6})\s*号?[。.]?")


def show(ctx: Context) -> Answer | None:
    """Hers, the soonest first; other words after it are a sentence like any other."""
    number = _NUMBER.fullmatch(ctx.rest)
    if ctx.rest and not number:
        return None
    answer = _one(ctx, int(number[1])) if number else _all(ctx)
    return replace(answer, aside=True)


def _all(ctx: Context) -> Answer:
    for branch in ctx.tables.branches.running():
        if ctx.may("note_talk", branch):
            refresh(ctx.work, branch)
    mine = ctx.tables.talks.due_to(ctx.member.id)
    now = [facts(ctx.work, ctx.member.id, talk) for talk in mine if talk.rung > UNTOLD]
    later = [facts(ctx.work, ctx.member.id, talk) | {"on": str(talk.opens_on)} for talk in mine if talk.rung == UNTOLD]
    several = len({talk.branch for talk in mine}) > 1
    if not mine:
        return ctx.say("talks.none")
    return ctx.say("talks.list", talks=now, later=later, several=several, number=[*now, *later][0]["number"])


def _one(ctx: Context, number: int) -> Answer:
    talk = ctx.tables.talks.numbered(number)
    branch = ctx.tables.branches.get(talk.branch) if talk else None
    if talk is None or branch is None or not (talk.holder == ctx.member.id or may_note(ctx, branch, talk.member)):
        return ctx.say("talking.no_number", number=number)
    if not branch.open:
        return ctx.say("talking.closed", number=number)
    if not talk.due:
        return ctx.say("talking.held_already", number=number, on=str(talk.held_on))
    told = facts(ctx.work, ctx.member.id, talk)
    return ctx.say("talks.one", talk=told, **how_facts(told))


def take_back(ctx: Context) -> Answer | None:
    """What her last message noted, whole; a next one that was agreed on is off the list again."""
    noted = ctx.tables.talks.last_noted(ctx.member.id, ctx.work.now - TAKEN_BACK_WITHIN)
    branch = ctx.tables.branches.get(noted[0].branch) if noted else None
    if branch is None:
        return ctx.say("talking.nothing_to_take_back")
    if not branch.open:
        return ctx.say("talking.closed", number=noted[0].number)
    undo(ctx.work, branch, noted, ctx.member.id)
    member = ctx.tables.members.get(noted[0].member)
    listed = [talk.number for talk in noted if talk.rule != OWN]
    name = member.name if member else noted[0].member
    return ctx.say("talking.taken_back", who=name, kind=noted[0].kind, on=str(noted[0].held_on), numbers=listed)


commands = (
    Command(name="talks", words=("待谈", "待访", "待谈名单", "talks due", "talks"), handle=show, tail="number"),
    Command(
        name="take_back_talk",
        words=("撤回谈话", "撤销谈话", "撤回走访", "撤销走访", "undo talk", "undo visit"),
        handle=take_back,
        tail="none",
    ),
)
