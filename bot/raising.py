"""Raising a need: it is numbered and filed, its clock begins, and the liaison officers hear of it at once."""

from datetime import datetime

from bot.domain.branch import Branch
from bot.domain.need import Clocks, Need, NeedKind, rings_at
from bot.domain.need_kinds import DECLARED, kind_of
from bot.domain.people import Member
from bot.radar import on_need
from bot.work import Work


def hearers(work: Work, branch: Branch, member: Member) -> list[Member]:
    """Who hears of a need of hers: the branch's liaison officers, else its secretary; never she herself."""
    secretary = work.tables.members.get(branch.secretary)
    liaisons = [one for one in work.tables.branches.liaisons(branch.id) if one.id != member.id]
    return liaisons or [one for one in (secretary,) if one and one.id != member.id]


def raise_need(work: Work, branch: Branch, member: Member, kind: NeedKind, words: str, id: str) -> Need:  # noqa: A002
    """The new need; or the same one of her own that somebody already sees to (of kind support or talk, whatever
    its words)."""
    for need in work.tables.needs.unsettled(branch.id):
        same = need.kind == kind if kind in DECLARED else need.words == words
        if need.member == member.id and need.with_us and same:
            return need
    filed = kind_of(words, work.config.need_kinds) if kind == "words" else kind
    need = work.tables.needs.raise_(id, branch.id, member.id, filed, words, work.now)
    work.tables.facts.note("need_raised", work.now, branch.id, member.id, str(need.number))
    wind(work, branch, need)
    for one in hearers(work, branch, member):
        pass_on(work, branch, need, "need.raised", one.id, "raised")
    on_need(work, branch, need)
    return need


def pass_on(work: Work, branch: Branch, need: Need, key: str, hearer: str, occasion: str, by: str = "") -> None:
    """Tell a duty holder what is needed, once for each occasion; `by`: who hands it on."""
    member = work.tables.members.get(need.member)
    work.owe(
        key,
        hearer,
        f"need:{need.id}:{occasion}:{hearer}",
        branch=branch,
        number=need.number,
        who=member.name if member else need.member,
        branch_name=work.named(branch, hearer),
        since=work.local(need.since, branch),
        filled_by=kind_facts(work, need, hearer),
        words=need.words,
        by=by,
    )


def kind_facts(work: Work, need: Need, reader: str) -> dict[str, str]:
    """The kind it is filed under now, and what the reader's language calls it."""
    named = work.config.kind_of_need(need.kind).named(work.language(reader))
    return {"need_kind": need.kind, "kind_name": named}


def wind(work: Work, branch: Branch, need: Need) -> None:
    """Let its clock ring when it has lain too long, counted from now."""
    work.tables.alarms.put("need", need.id, next_ring(work, branch, need, work.now))


def next_ring(work: Work, branch: Branch, need: Need, start: datetime) -> datetime | None:
    """Duty holders' hours are those of the unit; her word is waited for where she is."""
    kind, rule = work.config.kind_of_need(need.kind), work.config.needs
    clocks = Clocks(kind.claim or rule.claim, kind.work or rule.work, rule.confirm)
    zone = branch.zone if need.waits_for_her else work.zone
    return rings_at(need, clocks, start, work.config.limits.quiet, zone)
