"""Raising a need: it is numbered, and the liaison officer on duty and her deputies hear of it at once."""

from bot.domain.branch import Branch
from bot.domain.need import Need, NeedKind
from bot.domain.people import Member
from bot.work import Work


def raise_need(work: Work, branch: Branch, member: Member, kind: NeedKind, words: str, id: str) -> Need:  # noqa: A002
    """The new need; or the one of her own of kind support or talk that already waits."""
    waiting = work.tables.needs.open_of(branch.id, member.id, kind) if kind != "words" else None
    if waiting is not None:
        return waiting
    need = work.tables.needs.raise_(id, branch.id, member.id, kind, words, work.now)
    work.tables.facts.note("need_raised", work.now, branch.id, member.id, str(need.number))
    for liaison in work.tables.branches.liaisons(branch.id):
        if liaison.id != member.id:
            tell_of(work, branch, member, need, liaison)
    return need


def tell_of(work: Work, branch: Branch, member: Member, need: Need, liaison: Member) -> None:
    work.owe(
        "need.raised",
        liaison.id,
        f"need:{need.id}:{liaison.id}",
        branch=branch,
        number=need.number,
        who=member.name,
        branch_name=work.named(branch, liaison.id),
        need_kind=need.kind,
        words=need.words,
    )
