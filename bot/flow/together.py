"""What falls due at about one time goes as one message: whoever is written to now hears the next thing with it."""

from bot.flow import asking, studying
from bot.flow.kinds import KINDS
from bot.work import Work


def pull(work: Work) -> None:
    """Owe already now what would be owed within `limits.together`, to those who are prompted now anyway.

    Brought forward, never held back: a question comes at its hour or some minutes before it. The reason it is owed
    for stays the same, so at its own hour nobody hears it twice.
    """
    until = work.now + work.config.limits.together
    rounds, items = (
        work.tables.alarms.between("round", work.now, until),
        work.tables.alarms.between("study", work.now, until),
    )
    if not rounds and not items:
        return
    prompted = {member for member, kind in work.tables.outbox.owed_now(work.now) if KINDS[kind].prompt}
    for round_id in rounds if prompted else ():
        asking.pull(work, round_id, prompted)
    for item in items if prompted else ():
        studying.pull(work, item, prompted)
