"""The hours of the weekly digest and of the monthly bulletin: each is owed once, also after an hour that was missed."""

from datetime import datetime, timedelta

from bot.bulletin import month_before, month_facts, readers, secretaries
from bot.domain import instant
from bot.domain.cadence import Schedule, next_after
from bot.meetings import owners_who_missed
from bot.work import Work

A_WEEK = timedelta(days=7)


def weekly(work: Work, _: str) -> None:
    """Owe every secretary the digest since the last one; what is in it is seen when it is sent."""
    due, following = rung(work, "weekly", work.config.digest.weekly)
    if due is None:
        return
    since = work.tables.facts.moment("weekly_told") or due - A_WEEK
    period = {"since": instant.text(since), "until": instant.text(work.now)}
    for secretary in sorted({*secretaries(work, since), *owners_who_missed(work)}):
        reason = f"weekly:{instant.text(due)}:{secretary}"
        work.owe("bulletin.weekly", secretary, reason, expires_at=following, filled_by=period)
    work.tables.facts.put("weekly_told", instant.text(work.now))


def monthly(work: Work, _: str) -> None:
    """Owe secretaries and admins the bulletin of the month before. It is over, so its figures are made now, once."""
    due, _following = rung(work, "monthly", work.config.digest.monthly)
    if due is None:
        return
    period = month_before(work, due)
    month = f"{instant.day_of(period.since, work.zone):%Y-%m}"
    told = {language: month_facts(work, period, language) for language in ("zh", "en")}
    for reader in readers(work, period):
        if facts := told[work.language(reader)]:
            work.owe("bulletin.monthly", reader, f"monthly:{month}:{reader}", filled_by=facts)


def rung(work: Work, kind: str, schedule: Schedule | None) -> tuple[datetime | None, datetime | None]:
    """The hour that has come, if one has, and the next one, for which the alarm is left."""
    due = work.tables.facts.moment(f"{kind}_due") if schedule else None
    following = next_after(schedule, work.now, work.zone, work.config.calendar) if schedule else None
    if schedule and following:
        work.mind_year(schedule, "keep", following, work.zone)
    work.tables.facts.put(f"{kind}_due", instant.text(following) if following else "")
    if schedule is None:
        work.tables.facts.put(f"{kind}_told", "")
    work.tables.alarms.put(kind, "", following)
    return due if due and due <= work.now else None, following
