"""Who belongs to a branch and who answers for it, as the file has it; what was said in chat since stays."""

from collections.abc import Iterable

from bot import duty
from bot.config.model import Branch as Wanted
from bot.domain import instant
from bot.domain.branch import Branch
from bot.flow import lifecycle
from bot.flow.wanted import Difference
from bot.work import Work


def members(work: Work, id_: str, wanted: Wanted, found: Difference) -> None:
    """Who is new is welcomed, who is gone is told; the others keep their place and their consent.

    Whom the file names now as it did when it was last applied, or names no more than then, is as was said in chat.
    """
    before: list[str] | None = found.old(f"branches.{id_}.members")
    known = {one.member.id for one in work.tables.members.of_branch(id_)}
    named, listed = known if before is None else set(before), set(wanted.members)
    gone, new = sorted((named - listed) & known), listed - named - known
    for member in gone:
        work.tables.members.leave(id_, member, work.now)
    for member in sorted(new):
        work.tables.members.join(id_, member, work.now)
    work.tables.branches.count_full_members(id_)
    branch = _found(work, id_)
    if branch.open:
        _tell_members(work, branch, gone, new)


def _tell_members(work: Work, branch: Branch, gone: Iterable[str], new: set[str]) -> None:
    now = instant.text(work.now)
    for member in gone:
        reason = f"left:{branch.id}:{now}:{member}"
        work.owe("branch.left", member, reason, branch=branch, branch_name=work.named(branch, member))
    for one in work.tables.members.of_branch(branch.id):
        if one.member.id in new:
            lifecycle.welcome(work, branch, one, f"welcome:{branch.id}:{now}")


def liaison(work: Work, id_: str, wanted: Wanted) -> None:
    """Who newly answers for the branch hears so, and what was asked of the one before her."""
    known = {one.id for one in work.tables.branches.liaisons(id_)}
    stood_in = work.tables.stand_ins.of(id_)
    work.tables.branches.set_liaisons(id_, wanted.liaison)
    branch = _found(work, id_)
    if stood_in and not work.tables.stand_ins.of(id_):
        duty.tell_back(work, branch, stood_in.member)
    for one in wanted.liaison:
        if branch.open and one not in known:
            lifecycle.welcome_liaison(work, branch, one)
    if branch.state == "closing":
        lifecycle.ask_to_extend(work, branch)


def keep_listed(work: Work, branch: Branch) -> None:
    """Nobody answers for a branch who is no longer in the file herself."""
    liaisons = work.tables.branches.liaisons_by_file(branch.id)
    listed = tuple(one for one in liaisons if one in work.config.people)
    if len(listed) < len(liaisons):
        work.tables.branches.set_liaisons(branch.id, listed)


def _found(work: Work, id_: str) -> Branch:
    branch = work.tables.branches.get(id_)
    assert branch is not None
    return branch
