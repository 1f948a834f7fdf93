"""A member's own hour: when she is asked in a round, instead of at the hour of her branch."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.rounds import Round
from bot.domain.when import A_DAY, Quiet, at_local, next_allowed


def own_hour(
    hour: time, round_: Round, early: timedelta, now: datetime, zone: ZoneInfo, quiet: Quiet | None
) -> datetime | None:
    """When she is asked: at her hour of the day on which the branch is, else of the next until the round is due, else
    of the day before, as far as it may be answered early then. None: at none of these, or only in quiet hours; then
    she is asked with the others."""
    first, last = max(round_.ask_at - early, now), round_.due_at
    moments = (at_local(day, hour, zone) for day in _days(round_, zone))
    return next((one for one in moments if first <= one < last and next_allowed(one, quiet, zone) == one), None)


def _days(round_: Round, zone: ZoneInfo) -> Iterator[date]:
    day, due = round_.ask_at.astimezone(zone).date(), round_.due_at.astimezone(zone).date()
    yield from (day + timedelta(days=ahead) for ahead in range((due - day).days + 1))
    yield day - A_DAY
