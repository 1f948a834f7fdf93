"""Whom a whisper may go to, and what becomes of one whose reader leaves that duty before reading it."""

from bot.domain.access import who_may
from bot.domain.people import Member
from bot.domain.whisper import Duty, Reader, Whisper
from bot.summary import name_of
from bot.work import Work


def readers_of(work: Work, member: str) -> list[Reader]:
    """To whom she may whisper: in each of her running branches the liaison officer on duty, then the secretary.

    Whoever holds several of these duties is in it for each.
    """
    found: list[Reader] = []
    for branch, _ in work.tables.branches.open_of_member(member):
        holders = work.holders(branch)
        for duty in who_may("see_whisper"):
            people = (work.tables.members.get(one) for one in holders[duty] if one != member)
            found += [Reader(one, _duty(duty), branch.id) for one in people if one]
    return found


def others_of(work: Work, member: str) -> list[Member]:
    """Who holds a duty in her branches, and yet is nobody to whisper to now."""
    readers = {one.member.id for one in readers_of(work, member)}
    branches = [branch for branch, _ in work.tables.branches.open_of_member(member)]
    ids = {one for branch in branches for people in work.holders(branch).values() for one in people}
    return [one for id_ in sorted(ids - readers - {member}) if (one := work.tables.members.get(id_))]


def may_read(work: Work, whisper: Whisper) -> bool:
    """Whether the one it was said to still has the duty for which it was said."""
    branch = work.tables.branches.get(whisper.branch)
    return branch is not None and whisper.reader in work.holders(branch)[whisper.duty]


def mind(work: Work) -> None:
    """What waits for somebody who has left that duty goes to nobody else: its writer hears so, and chooses again."""
    for one in work.tables.whispers.unread():
        if not may_read(work, one):
            work.tables.whispers.lose(one.id, "left")
            branch = work.tables.branches.get(one.branch)
            reason = f"whisper:{one.id}:{one.reader}:left"
            work.owe("whisper.left", one.member, reason, branch=branch, number=one.number, by=name_of(work, one.reader))


def _duty(role: str) -> Duty:
    return "secretary" if role == "secretary" else "liaison"
