"""加人 罗文: somebody of the roster joins the branch; 移出 王静: she leaves it, after a “sure?”."""

from bot.domain.access import Deed
from bot.domain.branch import Branch
from bot.domain.nod import nods
from bot.domain.people import Member
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context
from handlers import which
from handlers.whom import Named, is_apart, told_apart, unknown, whom

DEED: Deed = "change_members"


def add(ctx: Context) -> Answer | None:
    return _begin(ctx, "add_member", ctx.tables.members.listed())


def remove(ctx: Context) -> Answer | None:
    return _begin(ctx, "remove_member", which.members_of(ctx, which.mine(ctx, DEED)))


def _begin(ctx: Context, command: str, people: list[Member]) -> Answer | None:
    """Who, in which branch; a word that only begins like the command is a sentence like any other."""
    if not which.mine(ctx, DEED):
        return which.not_yours(ctx, DEED) if is_apart(ctx) else None
    if not ctx.rest:
        return ctx.say(f"joining.{command}_whom")
    found = whom(ctx, people, command)
    if found is None:
        return _unknown(ctx, command) if is_apart(ctx) else None
    return found if isinstance(found, Answer) else _who(ctx, command, found)


def _unknown(ctx: Context, command: str) -> Answer:
    """Whoever is not in the roster cannot join; who can put her there is named."""
    if command == "remove_member":
        return unknown(ctx, ctx.rest)
    found = (ctx.tables.members.get(one) for one in ctx.work.config.admins)
    return ctx.say("joining.not_listed", admins=[one.name for one in found if one])


def take_added(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "add_member")
    return _who(ctx, "add_member", found) if isinstance(found, Named) else found


def take_removed(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "remove_member")
    return _who(ctx, "remove_member", found) if isinstance(found, Named) else found


def _who(ctx: Context, command: str, found: Named) -> Answer:
    """In the only branch there is for it, or the one named after her, or else she is asked for it."""
    adds = command == "add_member"
    branches = [one for one in which.mine(ctx, DEED) if _belongs(ctx, one, found.person) != adds]
    if not branches:
        names = which.names(ctx, which.mine(ctx, DEED))
        return ctx.say("joining.already" if adds else "joining.not_there", who=found.person.name, branches=names)
    if found.rest and not which.named(ctx, branches, found.rest):
        return ctx.say("joining.one_only", who=found.person.name)
    chosen = which.one_of(ctx, branches, found.rest, command, {"who": found.person.id})
    if isinstance(chosen, Answer):
        return chosen
    return _add(ctx, chosen, found.person) if adds else _ask_if_sure(ctx, chosen, found.person)


def _belongs(ctx: Context, branch: Branch, person: Member) -> bool:
    return which.with_member(ctx, [branch], person) is not None


def take_branch_to_join(ctx: Context) -> Answer | None:
    branch, person = _chosen(ctx)
    return _add(ctx, branch, person) if branch and person else None


def take_branch_to_leave(ctx: Context) -> Answer | None:
    branch, person = _chosen(ctx)
    return _ask_if_sure(ctx, branch, person) if branch and person else None


def _chosen(ctx: Context) -> tuple[Branch | None, Member | None]:
    return which.chosen(ctx, which.mine(ctx, DEED)), ctx.tables.members.get(ctx.facts["who"])


def _add(ctx: Context, branch: Branch, person: Member) -> Answer:
    """She is welcomed as whoever was there from the first day; who has refused before is not asked anew."""
    if _belongs(ctx, branch, person):
        return ctx.say("joining.already", who=person.name, branches=which.names(ctx, [branch]))
    ctx.tables.members.join(branch.id, person.id, ctx.work.now)
    ctx.tables.branches.count_full_members(branch.id)
    ctx.tables.alarms.put("joined", f"{branch.id}|{person.id}", ctx.work.now)
    ctx.tables.facts.note("added", ctx.work.now, branch.id, ctx.member.id, person.id)
    belongs = ctx.tables.members.of_branch(branch.id)
    willing = next((one.willing for one in belongs if one.member.id == person.id), True)
    said = ctx.say("joining.added", who=person.name, branch=_name(ctx, branch), count=len(belongs), willing=willing)
    return _with_rank(ctx, branch, said)


def _ask_if_sure(ctx: Context, branch: Branch, person: Member) -> Answer:
    keep = {"branch": branch.id, "who": person.id}
    return ctx.ask("joining.sure", "remove_member", "sure", keep=keep, who=person.name, branch=_name(ctx, branch))


def take_sure(ctx: Context) -> Answer | None:
    said, person = sure(ctx.text), ctx.tables.members.get(ctx.facts["who"])
    branch = next((one for one in which.mine(ctx, DEED) if one.id == ctx.facts["branch"]), None)
    if branch and person and nods(ctx.text):
        return _ask_if_sure(ctx, branch, person)
    if said is None or branch is None or person is None:
        return None
    facts = {"who": person.name, "branch": _name(ctx, branch)}
    if not said:
        return ctx.say("joining.stays", **facts)
    if not _belongs(ctx, branch, person):
        return ctx.say("joining.not_there", who=person.name, branches=which.names(ctx, [branch]))
    ctx.tables.members.leave(branch.id, person.id, ctx.work.now)
    ctx.work.mind_chat(branch)
    ctx.tables.branches.count_full_members(branch.id)
    ctx.tables.facts.note("removed", ctx.work.now, branch.id, ctx.member.id, person.id)
    name = ctx.work.named(branch, person.id)
    ctx.work.owe("branch.left", person.id, f"left:{ctx.id}:{person.id}", branch=branch, branch_name=name)
    return _with_rank(ctx, branch, ctx.say("joining.removed", **facts))


def _with_rank(ctx: Context, before: Branch, said: Answer) -> Answer:
    """With what the branch may call itself from now on, if that is another."""
    after = ctx.tables.branches.get(before.id) or before
    if after.is_party_branch == before.is_party_branch:
        return said
    key = "joining.party" if after.is_party_branch else "joining.group"
    return said.also(key, branch=_name(ctx, after), full=after.full_members)


def _name(ctx: Context, branch: Branch) -> str:
    return ctx.work.named(branch, ctx.member.id)


commands = (
    Command(
        name="add_member",
        words=("加人", "加入成员", "增加成员", "add member", "add"),
        handle=add,
        tail="any",
        steps={"whom": take_added, "which": take_branch_to_join},
    ),
    Command(
        name="remove_member",
        words=("移出", "移除", "减人", "remove member", "remove"),
        handle=remove,
        tail="any",
        steps={"whom": take_removed, "which": take_branch_to_leave, "sure": take_sure},
    ),
)
