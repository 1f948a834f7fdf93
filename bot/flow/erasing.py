"""A member's words are taken out of everything: her own rows, and what others have of them on their phones."""

from functools import partial

from bot.domain.erasing import MARK, pieces_of, without
from bot.store import holdings
from bot.work import Work


def ring(work: Work, member: str) -> None:
    work.tables.alarms.put("erase", member, None)
    erase(work, member)


def erase(work: Work, member: str) -> None:
    """Done twice it changes nothing more. What she wrote unsigned nobody can find, we neither."""
    person, tables = work.tables.members.get(member), work.tables
    if person is None:
        return
    change = partial(without, name=person.name, pieces=pieces_of(holdings.written_by(tables.tx, member)))
    holdings.erase(tables.tx, member)
    tables.needs.mark_erased(member, MARK)
    tables.lines.reword(member, change)
    tables.outbox.reword(change)
    tables.deliveries.reword(change)
    tables.inbound.reword(change)
    tables.unsaid.reword(change)


def forget_gone(work: Work) -> None:
    """Of who is no longer in the file the words go first; the name once nothing refers to it any more."""
    members, keep = work.tables.members, work.config.keep
    members.mark_gone(work.now)
    for one in members.gone_before(work.now - keep.words, with_words=True):
        erase(work, one.id)
        members.words_gone(one.id, work.now)
    for one in members.gone_before(work.now - keep.facts):
        if not holdings.referred_to(work.tables.tx, one.id):
            holdings.drop_name(work.tables.tx, one.id)
