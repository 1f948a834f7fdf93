"""The daily digest's hour, and the nightly forgetting of what need not be kept."""

from datetime import datetime, time, timedelta

from bot.domain import instant
from bot.domain.cadence import next_after
from bot.flow import erasing
from bot.work import Work

FORGETTING_HOUR = time(3, 10)
REPEATS_KNOWN_FOR = timedelta(days=30)
ANSWERS_KEPT_FOR = timedelta(days=1)
DIGEST_GOOD_FOR = timedelta(hours=12)


def digest(work: Work, _: str) -> None:
    """Owe every liaison officer on duty one digest; what is in it is seen when it is sent."""
    daily = work.config.digest.daily
    due = work.tables.facts.moment("digest_due")
    if daily is None:
        work.tables.alarms.put("digest", "", None)
        return
    if due and due <= work.now < due + DIGEST_GOOD_FOR:
        for liaison in work.tables.branches.on_duty():
            reason = f"digest:{instant.text(due)}:{liaison}"
            work.owe("digest.daily", liaison, reason, expires_at=work.now + DIGEST_GOOD_FOR)
    following = next_after(daily, work.now, work.zone, work.config.calendar)
    if following:
        work.mind_year(daily, "keep", following, work.zone)
        work.tables.facts.put("digest_due", instant.text(following))
    work.tables.alarms.put("digest", "", following)


def forget(work: Work, _: str) -> None:
    """Forget what its time is over for: words, facts, keys of messages, answers already given."""
    _forget_words(work, work.now - work.config.keep.words)
    _forget_facts(work, work.now - work.config.keep.facts)
    erasing.forget_gone(work)
    work.tables.inbound.blank_answers(work.now - ANSWERS_KEPT_FOR)
    work.tables.unsaid.forget(work.now - ANSWERS_KEPT_FOR)
    work.tables.inbound.forget(work.now - REPEATS_KNOWN_FOR)
    work.tables.alarms.put("forget", "", _tomorrow(work, work.now))


def _forget_words(work: Work, before: datetime) -> None:
    for branch in work.tables.branches.all():
        if branch.closed_at and branch.closed_at <= before:
            work.tables.rounds.forget_words(branch.id)
            work.tables.needs.forget_words(branch.id)
            work.tables.whispers.forget_words(branch.id)
            work.tables.suggestions.forget_words(branch.id)
    work.tables.news.forget_words(before)
    work.tables.lines.forget(before, min(before, work.now - REPEATS_KNOWN_FOR))
    work.tables.standings.forget(work.now)


def _forget_facts(work: Work, before: datetime) -> None:
    """Who was asked and answered when, needs' times, attendance, who belonged where, who was told what."""
    work.tables.rounds.forget(before)
    work.tables.needs.forget(before)
    work.tables.whispers.forget(before)
    work.tables.suggestions.forget(before)
    work.tables.studies.forget(before)
    work.tables.sessions.forget(before)
    work.tables.progress.forget(before)
    work.tables.share_backs.forget(before)
    work.tables.books.forget(before)
    work.tables.notes.forget(before)
    work.tables.talks.forget(before)
    work.tables.visit_consents.forget(before)
    work.tables.branches.forget(before)
    work.tables.aways.forget(before)
    work.tables.inbound.forget_refusals(before)
    work.tables.deliveries.forget(before)
    work.tables.outbox.forget(before)
    work.tables.news.forget(before)
    work.tables.facts.forget_ledger(before)


def _tomorrow(work: Work, now: datetime) -> datetime:
    today = instant.start_of(instant.day_of(now, work.zone), work.zone, FORGETTING_HOUR)
    return today if today > now else today + timedelta(days=1)
