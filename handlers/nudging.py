"""Nudging by hand: 催 陈晓, or 催 没回的: the gentle reminder, at most once a day, and whom it spared and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.access import Deed
from bot.domain.branch import Branch
from bot.domain.nudging import Facts, why_not
from bot.domain.people import Belonging, Member
from bot.domain.roll import state_named
from bot.domain.rounds import REMINDER_GOOD_FOR, Expected
from bot.domain.silence import Away
from bot.handling import Answer, Command, Context
from handlers import which
from handlers.whom import Named, is_apart, told_apart, unknown, whom

DEED: Deed = "nudge"
_ALL_SILENT = re.compile(r"(?:一下|所有|全部|那些|the)?\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(r"[\s、，,和与跟]*(?:and\s)?\s*")


@dataclass(frozen=True, slots=True)
class _Scene:
    """One branch as it is when somebody is nudged in it."""

    branch: Branch
    expected: Mapping[str, Expected]
    away: Mapping[str, Away]
    later: Mapping[str, Any]


def nudge(ctx: Context) -> Answer | None:
    """The people named; or, bare and with 没回的, whoever has not answered."""
    mine = which.mine(ctx, DEED)
    if not mine:
        return which.not_yours(ctx, DEED) if _meant(ctx, which.members_of(ctx, _own(ctx))) else None
    named = _ALL_SILENT.fullmatch(ctx.rest)
    if not ctx.rest or (named and state_named(named[1]) == "silent"):
        return _all_silent(ctx, mine)
    found = _people(ctx, mine, ctx.rest, [])
    if found is None:
        return unknown(ctx, ctx.rest) if is_apart(ctx) else None
    return found


def take_person(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "nudge")
    if not isinstance(found, Named):
        return found
    return _people(ctx, which.mine(ctx, DEED), found.rest, [*ctx.facts["chosen"], found.person.id])


def _own(ctx: Context) -> list[Branch]:
    held = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return [*held, *(branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id))]


def _meant(ctx: Context, people: Iterable[Member]) -> bool:
    """Whether it is a command at all, of who may not: 催 with a name or a state, not 催 of something else."""
    return not ctx.rest or state_named(ctx.rest) is not None or whom(ctx, people, "nudge") is not None


def _people(ctx: Context, mine: list[Branch], said: str, chosen: list[str]) -> Answer | None:
    """Name after name; where two bear one, it goes on from her answer."""
    people = which.members_of(ctx, mine)
    rest = _BETWEEN.sub("", said, count=1)
    while rest:
        found = whom(ctx, people, "nudge", keep={"chosen": chosen}, said=rest)
        if not isinstance(found, Named):
            break
        chosen, rest = [*chosen, found.person.id], _BETWEEN.sub("", found.rest, count=1)
    else:
        found = None
    if isinstance(found, Answer):
        return found
    return _all(ctx, mine, chosen) if chosen else None


def _all(ctx: Context, mine: list[Branch], ids: list[str]) -> Answer:
    told: list[dict[str, Any]] = []
    for id_ in dict.fromkeys(ids):
        belongings = [(_scene(ctx, one), each) for one in mine for each in ctx.tables.members.of_branch(one.id)]
        told += [_nudge(ctx, scene, one) for scene, one in belongings if one.member.id == id_][:1]
    return _say(ctx, told)


def _all_silent(ctx: Context, mine: list[Branch]) -> Answer:
    told: list[dict[str, Any]] = []
    for branch in mine:
        scene = _scene(ctx, branch)
        waits = {id_ for id_, one in scene.expected.items() if one.answered_at is None}
        belongings = [one for one in ctx.tables.members.of_branch(branch.id) if one.member.id in waits and one.willing]
        told += [_nudge(ctx, scene, one) for one in belongings]
    return _say(ctx, told) if told else ctx.say("nudging.none_waits")


def _scene(ctx: Context, branch: Branch) -> _Scene:
    return _Scene(
        branch,
        ctx.tables.rounds.newest_asked(branch.id),
        ctx.tables.aways.now_of_branch(branch.id, ctx.work.now),
        ctx.tables.rounds.postponed(branch.id, ctx.work.now),
    )


def _nudge(ctx: Context, scene: _Scene, one: Belonging) -> dict[str, Any]:
    """Nudge her, or say why not."""
    member, branch, now = one.member, scene.branch, ctx.work.now
    asked, away = scene.expected.get(member.id), scene.away.get(member.id)
    quiet = ctx.work.allowed_for(member.id, branch.id)
    reason = f"nudge:{member.id}:{ctx.work.today()}"
    refused = why_not(
        Facts(
            asked=asked is not None,
            answered=asked is not None and not ctx.tables.rounds.silent(asked.round.id, now, member.id),
            willing=one.willing,
            away=away.kind if away else None,
            away_until=away.until if away else None,
            later_until=scene.later.get(member.id),
            quiet_until=quiet if quiet > now else None,
            nudged_today=ctx.tables.outbox.said_or_owed(reason),
            prompts_left=ctx.work.prompts_left(member.id),
            herself=member.id == ctx.member.id,
        )
    )
    if refused is None and asked:
        _owe(ctx, branch, member, asked, reason)
    why, until = refused or ("", None)
    return {"who": member.name, "why": why, "until": ctx.work.local(until, branch) if until else None}


def _owe(ctx: Context, branch: Branch, member: Member, asked: Expected, reason: str) -> None:
    facts = {"round": asked.round.id, "by": ctx.member.name, "branch_name": ctx.work.named(branch, member.id)}
    until = ctx.work.now + REMINDER_GOOD_FOR
    ctx.tables.outbox.drop_skipped(reason)
    ctx.work.owe("nudging.gentle", member.id, reason, branch=branch, expires_at=until, filled_by=facts)
    ctx.tables.facts.note("nudged", ctx.work.now, branch.id, ctx.member.id, member.id)


def _say(ctx: Context, told: list[dict[str, Any]]) -> Answer:
    """Whom it reached, and whom not, those of one reason together."""
    reached = [one["who"] for one in told if not one["why"]]
    others: dict[tuple[str, str | None], list[str]] = {}
    for one in told:
        if one["why"]:
            others.setdefault((one["why"], one["until"]), []).append(one["who"])
    spared = [{"names": names, "why": why, "until": until} for (why, until), names in others.items()]
    return ctx.say("nudging.told", names=reached, others=spared)


commands = (
    Command(name="nudge", words=("催", "催一下", "提醒"), handle=nudge, tail="any", steps={"whom": take_person}),
    Command(name="nudge_english", words=("nudge", "remind"), handle=nudge, tail="words"),
)
