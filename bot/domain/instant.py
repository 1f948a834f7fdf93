"""Moments as they are written down: UTC text, and local text for sentences."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(4096)  # one message writes the same moment down six times
def text(moment: datetime) -> str:
    """`2026-03-02T09:40:00Z`; sorts as the moments do."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


@lru_cache(4096)
def parse(written: str) -> datetime:
    return datetime.fromisoformat(written)


def parse_or_none(written: str | None) -> datetime | None:
    return parse(written) if written else None


def local(moment: datetime, zone: ZoneInfo) -> str:
    """The moment as its zone's clocks show it, ISO text with offset: what sentences are given."""
    return moment.astimezone(zone).isoformat(timespec="minutes")


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo, at: time = time(0)) -> datetime:
    """The UTC moment at which `day` begins (or reaches `at`) in the zone."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    return start_of(day + timedelta(days=1), zone)
