"""Study reminders: before and at the time, to those they are for."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.config.model import Study
from bot.domain import instant
from bot.domain.study import AT_ITS_TIME, Session, next_messages
from bot.learning import attendance, books
from bot.learning.plan import is_for, session_at, timetable, told_of
from bot.work import Work

LATE_START_GOOD_FOR = timedelta(hours=2)


def ring(work: Work, item: str) -> None:
    """Send what is due of the item, and say when the next message is."""
    study = work.config.study.get(item)
    if study is None:
        work.tables.alarms.put("study", item, None)
        return
    looked = work.tables.facts.moment(f"study:{item}") or work.now
    found = _next(work, item, study, looked)
    while found and found[0][0] <= work.now:
        for at, starts_at in found:
            _remind(work, item, study, at, starts_at)
        looked = found[0][0]
        found = _next(work, item, study, looked)
    work.tables.facts.put(f"study:{item}", instant.text(max(looked, work.now)))
    work.tables.alarms.put("study", item, found[0][0] if found else None)


def pull(work: Work, item: str, members: Collection[str]) -> None:
    """Remind these members some minutes early, with what they hear now; what is said at its time is not early."""
    study = work.config.study.get(item)
    if study is None:
        return
    looked = work.tables.facts.moment(f"study:{item}") or work.now
    for at, starts_at in _next(work, item, study, looked):
        if starts_at > at:
            _remind(work, item, study, at, starts_at, members)


def _next(work: Work, item: str, study: Study, after: datetime) -> list[tuple[datetime, datetime]]:
    return next_messages(timetable(work, item, study), study.remind, after)


def _remind(
    work: Work, item: str, study: Study, at: datetime, starts_at: datetime, only: Collection[str] | None = None
) -> None:
    """A reminder found late is still said while it helps: before the start, or shortly after it. `only`: to these."""
    before = starts_at - at
    useful_until = starts_at if before > AT_ITS_TIME else starts_at + LATE_START_GOOD_FOR
    if work.now >= useful_until:
        return
    work.mind_year(study.when, study.holidays, starts_at, work.zone)
    books.begin(work, item, study)
    answered = work.tables.studies.answered(item, starts_at)
    if before == AT_ITS_TIME:
        attendance.ask_later(work, item, starts_at)
    session = session_at(work, item, starts_at) or Session(item, starts_at, starts_at)
    for member in work.tables.members.listed():
        wanted = member.id not in answered and (only is None or member.id in only)
        if wanted and is_for(work, item, member.id):
            work.tables.studies.remember(item, starts_at, member.id, study.title, study.form, work.now)
            work.owe(
                "study.now" if before == AT_ITS_TIME else "study.soon",
                member.id,
                f"study:{item}:{instant.text(starts_at)}:{before // timedelta(minutes=1)}:{member.id}",
                expires_at=useful_until,
                item=item,
                shared_in=_shared_in(study),
                filled_by=told_of(work, item, member, session),
            )


def _shared_in(study: Study) -> list[str] | None:
    """The branches whose group chats may hear of it, for it is for all there: “*” for every one; None: for none."""
    if study.status:
        return None
    if {"all", "away"} & set(study.audience):
        return ["*"]
    return list(study.audience) or None
