"""After a study item that has an organiser: she is asked for the roll, once."""

from datetime import timedelta

from bot.domain import instant
from bot.learning.attendance import counts, expected, to_call
from bot.learning.plan import organisers
from bot.work import Work

GOOD_FOR = timedelta(days=1)


def ring(work: Work, item: str) -> None:
    work.tables.alarms.put("roll", item, None)
    study = work.config.study.get(item)
    for organiser in organisers(work, study)[:1] if study else ():
        session = to_call(work, organiser, item)
        people = expected(work, session) if session and session.roll_at is None else []
        if study and session and people:
            reason = f"roll:{item}:{instant.text(session.starts_at)}:{organiser}"
            facts = {"title": study.named(work.language(organiser)), "at": work.local(session.starts_at)}
            facts |= counts(people)
            work.owe("classes.roll_due", organiser, reason, expires_at=work.now + GOOD_FOR, filled_by=facts)
