"""交付: what a training hands in; 交付 结业小结 notes that it was handed in."""

from bot.domain.branch import Branch
from bot.handling import Answer, Command, Context
from bot.learning import project
from handlers.pieces import best_named


def begin(ctx: Context) -> Answer | None:
    mine = [one for one in ctx.tables.branches.running() if _may(ctx, one) and project.wanted(ctx.work, one)]
    waits = {f"{one.id}:{name}": name for one in mine for name in project.waiting(ctx.work, one)}
    if not mine:
        return None if ctx.rest else ctx.say("project.none")
    if not waits:
        return ctx.say("project.all_in")
    found = best_named(waits, ctx.rest)
    if len(found) != 1:
        return ctx.say("project.waits", items=_listed(ctx, mine))
    branch = next(one for one in mine if found[0].startswith(f"{one.id}:"))
    project.hand_in(ctx.work, branch, waits[found[0]], ctx.member.id)
    return ctx.say("project.handed_in", what=waits[found[0]])


def _may(ctx: Context, branch: Branch) -> bool:
    return ctx.member.id in {project.owner(ctx.work, branch), branch.secretary} or ctx.may("see_digest", branch)


def _listed(ctx: Context, branches: list[Branch]) -> list[dict[str, str]]:
    return [
        {"what": name, "due": found.deliverables[name].isoformat(), "branch": ctx.work.named(one, ctx.member.id)}
        for one in branches
        if (found := project.wanted(ctx.work, one))
        for name in project.waiting(ctx.work, one)
    ]


command = Command(name="hand_in", words=("交付", "已交付", "hand in"), handle=begin, tail="words")
