"""The hours of the weekly digest and of the monthly bulletin: each is owed once, also after an hour that was missed."""

from datetime import datetime, timedelta

from bot.bulletin import month_before, month_facts, quarter_before, readers, secretaries, year_before
from bot.domain import instant
from bot.domain.bulletin import Period
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
    if due is not None:
        _tell(work, "monthly", month_before(work, due))


def quarterly(work: Work, _: str) -> None:
    """The same of the quarter before."""
    due, _following = rung(work, "quarterly", work.config.digest.quarterly)
    if due is not None:
        _tell(work, "quarterly", quarter_before(work, due))


def yearly(work: Work, _: str) -> None:
    """The same of the year before: a draft for the summary."""
    due, _following = rung(work, "yearly", work.config.digest.yearly)
    if due is not None:
        _tell(work, "yearly", year_before(work, due))


def _tell(work: Work, kind: str, period: Period) -> None:
    named = f"{instant.day_of(period.since, work.zone):%Y-%m}"
    told = {language: month_facts(work, period, language) for language in ("zh", "en")}
    for reader in readers(work, period):
        if facts := told[work.language(reader)]:
            work.owe(f"bulletin.{kind}", reader, f"{kind}:{named}:{reader}", filled_by=facts)


def rung(
    work: Work, kind: str, schedule: Schedule | None, subject: str = ""
) -> tuple[datetime | None, datetime | None]:
    """The hour that has come, if one has, and the next one, for which the alarm is left."""
    named = f"{kind}_due:{subject}" if subject else f"{kind}_due"
    due = work.tables.facts.moment(named) if schedule else None
    following = next_after(schedule, work.now, work.zone, work.config.calendar) if schedule else None
    if schedule and following:
        work.mind_year(schedule, "keep", following, work.zone)
    work.tables.facts.put(named, instant.text(following) if following else "")
    if schedule is None:
        work.tables.facts.put(f"{kind}_told", "")
    work.tables.alarms.put(kind, subject, following)
    return due if due and due <= work.now else None, following
