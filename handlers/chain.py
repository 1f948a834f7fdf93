"""责任链: who answers for a member, and to whom a matter about her climbs; by name, nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.chain import chain_of
from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.handling import Answer, Command, Context
from bot.radar import roles_towards
from handlers import telling_apart


def show(ctx: Context) -> Answer | None:
    """Her own; a duty holder also sees that of a branch, or of a member she names."""
    if ctx.rest:
        return _of_named(ctx)
    mine = [branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id)]
    held = [one for one in ctx.tables.branches.running() if one not in mine and ctx.may("read_chain", one)]
    told = [_facts(ctx, branch, ctx.member) for branch in mine] + [_facts(ctx, branch, None) for branch in held]
    return replace(ctx.say("chain.shown", chains=told) if told else ctx.say("chain.none"), aside=True)


def take_which(ctx: Context) -> Answer | None:
    people = [one for id_ in ctx.facts["ids"] if (one := ctx.tables.members.get(id_))]
    chosen = telling_apart.chosen(ctx, people)
    return _of(ctx, chosen) if chosen else None


def _of_named(ctx: Context) -> Answer | None:
    away = {one.id: one for branch in ctx.tables.branches.running() for one in _members(ctx, branch)}
    named = find_named(ctx.rest, away.values())
    if named is None or named.rest:
        return replace(ctx.say("chain.unknown"), aside=True) if _has_reach(ctx) else None
    seen = [one for one in named.people if _branches(ctx, one)]
    if len(seen) > 1:
        return telling_apart.ask(ctx, "chain", seen, {})
    return replace(_of(ctx, (seen or named.people)[0]), aside=True)


def _has_reach(ctx: Context) -> bool:
    return any(ctx.may("read_chain", branch) for branch in ctx.tables.branches.running())


def _of(ctx: Context, member: Member) -> Answer:
    branches = _branches(ctx, member)
    if not branches:
        [branch, *_] = [one for one, _ in ctx.tables.branches.open_of_member(member.id)]
        return ctx.refuse("read_chain", branch)
    return ctx.say("chain.shown", chains=[_facts(ctx, branch, member) for branch in branches])


def _branches(ctx: Context, member: Member) -> list[Branch]:
    """Those in which the sender may see her chain."""
    found = [branch for branch, _ in ctx.tables.branches.open_of_member(member.id)]
    return [one for one in found if member.id == ctx.member.id or _may_see(ctx, one, member)]


def _may_see(ctx: Context, branch: Branch, member: Member) -> bool:
    return may(roles_towards(ctx.work, branch, member.id, ctx.member.id), "read_chain")


def _members(ctx: Context, branch: Branch) -> Iterable[Member]:
    return (one.member for one in ctx.tables.members.of_branch(branch.id))


def _facts(ctx: Context, branch: Branch, member: Member | None) -> dict[str, Any]:
    links = chain_of(member.id if member else "", ctx.work.posts(branch, member.id if member else ""))
    people = [(link.post, found.name) for link in links if (found := ctx.tables.members.get(link.person))]
    posts = {post: [name for each, name in people if each == post] for post, _ in people}
    wanted = ctx.work.config.branches.get(branch.id)
    return {
        "who": member.name if member else "",
        "mine": bool(member and member.id == ctx.member.id),
        "branch": ctx.work.named(branch, ctx.member.id),
        "team": wanted.team if wanted else "",
        "home": _named(ctx, "homes", member.home if member else ""),
        "group": _named(ctx, "groups", _group_of(ctx, member)),
        "links": [{"post": post, "names": names} for post, names in posts.items()],
    }


def _group_of(ctx: Context, member: Member | None) -> str:
    person = ctx.work.config.people.get(member.id) if member else None
    return person.group if person else ""


def _named(ctx: Context, table: str, id_: str) -> str:
    found = (ctx.work.config.homes if table == "homes" else ctx.work.config.groups).get(id_)
    return found.name if found else ""


command = Command(
    name="chain",
    words=("责任链", "谁负责", "chain", "chain of duty"),
    handle=show,
    tail="name",
    steps={"which": take_which},
)
