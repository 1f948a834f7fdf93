"""Raising a need: it is numbered, and the liaison officer on duty and her deputies hear of it at once."""

from bot.domain.branch import Branch
from bot.domain.need import Need, NeedKind
from bot.domain.people import Member
from bot.radar import on_need
from bot.work import Work


def hearers(work: Work, branch: Branch, member: Member) -> list[Member]:
    """Who hears of a need of hers: the branch's liaison officers, else its secretary; never she herself."""
    secretary = work.tables.members.get(branch.secretary)
    liaisons = [one for one in work.tables.branches.liaisons(branch.id) if one.id != member.id]
    return liaisons or [one for one in (secretary,) if one and one.id != member.id]


def raise_need(work: Work, branch: Branch, member: Member, kind: NeedKind, words: str, id: str) -> Need:  # noqa: A002
    """The new need; or the same one of her own that already waits (of kind support or talk, whatever its words)."""
    for need in work.tables.needs.unanswered(branch.id):
        if need.member == member.id and need.kind == kind and (kind != "words" or need.words == words):
            return need
    need = work.tables.needs.raise_(id, branch.id, member.id, kind, words, work.now)
    work.tables.facts.note("need_raised", work.now, branch.id, member.id, str(need.number))
    for one in hearers(work, branch, member):
        _tell(work, branch, member, need, one)
    on_need(work, branch, need)
    return need


def _tell(work: Work, branch: Branch, member: Member, need: Need, hearer: Member) -> None:
    work.owe(
        "need.raised",
        hearer.id,
        f"need:{need.id}:{hearer.id}",
        branch=branch,
        number=need.number,
        who=member.name,
        branch_name=work.named(branch, hearer.id),
        need_kind=need.kind,
        words=need.words,
    )
