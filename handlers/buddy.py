"""结对: a buddy may look after one's silence and sees nothing else; named by oneself or by the secretary."""

from typing import Any

from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.handling import Answer, Command, Context
from bot.summary import name_of
from handlers.whom import Named, told_apart, unknown, whom


def name(ctx: Context) -> Answer | None:
    """结对 李明, of oneself; 结对 陈晓 李明, by the secretary; bare: who it is."""
    if not ctx.rest:
        return _shown(ctx)
    others = [one for one in ctx.tables.members.listed() if one.id != ctx.member.id]
    found = whom(ctx, others, "buddy", keep={"member": ""})
    return _take(ctx, found, "") if found else unknown(ctx, ctx.rest)


def take_whom(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "buddy")
    return _take(ctx, found, ctx.facts["member"]) if found else None


def _take(ctx: Context, found: Named | Answer, member: str) -> Answer:
    """One name: her own buddy; two: the second is the first one's, which is the secretary's to say."""
    if isinstance(found, Answer):
        return found
    if member:
        return _pair(ctx, member, found.person)
    if not found.rest:
        return _of_herself(ctx, found.person)
    others = [one for one in ctx.tables.members.listed() if one.id != found.person.id]
    second = whom(ctx, others, "buddy", keep={"member": found.person.id}, said=found.rest)
    if second is None:
        return unknown(ctx, found.rest)
    return second if isinstance(second, Answer) else _pair(ctx, found.person.id, second.person)


def _of_herself(ctx: Context, buddy: Member) -> Answer:
    if not ctx.tables.branches.open_of_member(ctx.member.id):
        return ctx.say("buddy.no_branch")
    return _put(ctx, ctx.member, buddy)


def _pair(ctx: Context, member: str, buddy: Member) -> Answer:
    belongs = ctx.tables.branches.open_of_member(member)
    found = ctx.tables.members.get(member)
    if not belongs or found is None:
        return ctx.say("buddy.no_branch_of", who=name_of(ctx.work, member))
    branch = belongs[0][0]
    if not ctx.allows(ctx.roles(branch) - {"member"}, "name_buddy"):
        return ctx.refuse("name_buddy", branch)
    return ctx.say("buddy.oneself") if buddy.id == member else _put(ctx, found, buddy)


def _put(ctx: Context, member: Member, buddy: Member) -> Answer:
    before = ctx.tables.buddies.of(member.id)
    ctx.tables.buddies.put(member.id, buddy.id, ctx.member.id, ctx.work.now)
    if before and before != buddy.id:
        _owe(ctx, "buddy.ended", before, who=member.name)
    _owe(ctx, "buddy.chosen", buddy.id, who=member.name)
    if member.id != ctx.member.id:
        _owe(ctx, "buddy.named", member.id, buddy=buddy.name, by=ctx.member.name)
    _tell_liaison(ctx, member, buddy.name)
    return ctx.say("buddy.noted", who="" if member.id == ctx.member.id else member.name, buddy=buddy.name)


def _tell_liaison(ctx: Context, member: Member, buddy: str) -> None:
    """Who answers for the branch knows who else looks after its members."""
    for branch, _ in ctx.tables.branches.open_of_member(member.id):
        liaison = ctx.work.on_duty(branch)
        if liaison and liaison not in (ctx.member.id, member.id):
            _owe(ctx, "buddy.named", liaison, branch, buddy=buddy, by=member.name)


def end(ctx: Context) -> Answer:
    """取消结对: she has no buddy from here on; whoever was hears it."""
    buddy = ctx.tables.buddies.of(ctx.member.id)
    if buddy is None:
        return ctx.say("buddy.none")
    ctx.tables.buddies.end(ctx.member.id)
    _owe(ctx, "buddy.ended", buddy, who=ctx.member.name)
    return ctx.say("buddy.you_ended", buddy=name_of(ctx.work, buddy))


def decline(ctx: Context) -> Answer:
    """不结对: of everybody who has named her."""
    members = ctx.tables.buddies.looked_after_by(ctx.member.id)
    for member in members:
        ctx.tables.buddies.end(member)
        _owe(ctx, "buddy.ended", member, who=ctx.member.name)
    names = [name_of(ctx.work, one) for one in members]
    return ctx.say("buddy.declined", names=names) if names else ctx.say("buddy.nobody")


def _shown(ctx: Context) -> Answer:
    buddy, mine = ctx.tables.buddies.of(ctx.member.id), ctx.tables.buddies.looked_after_by(ctx.member.id)
    names = [name_of(ctx.work, one) for one in mine]
    return ctx.say("buddy.shown", buddy=name_of(ctx.work, buddy) if buddy else "", mine=names)


def _owe(ctx: Context, key: str, person: str, branch: Branch | None = None, **facts: Any) -> None:
    ctx.work.owe(key, person, f"{key}:{person}:{ctx.id}", branch=branch, **facts)


commands = (
    Command(name="buddy", words=("结对", "buddy"), handle=name, tail="words", steps={"whom": take_whom}),
    Command(name="no_buddy", words=("取消结对", "解除结对", "no buddy"), handle=end),
    Command(name="decline_buddy", words=("不结对", "谢绝结对", "decline buddy"), handle=decline),
)
