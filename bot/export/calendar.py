"""A calendar as phones and desktops follow it: RFC 5545, written by the icalendar library."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from bot.learning.feeds import Event

NAMESPACE = "lianxin"
REFRESHED_EVERY = "PT3H"


def as_ics(name: str, events: Iterable[Event], zone: ZoneInfo, now: datetime) -> bytes:
    """Hours in the unit's own zone, with its rules; what is cancelled stays in it as cancelled, so that it is struck
    out where it was taken over."""
    calendar: Any = Calendar()  # its own types are loose
    calendar.add("prodid", f"-//{NAMESPACE}//study//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", REFRESHED_EVERY)
    for event in events:
        calendar.add_component(_entry(event, zone, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _entry(event: Event, zone: ZoneInfo, now: datetime) -> Any:
    entry: Any = Entry()
    entry.add("uid", f"{event.id}@{NAMESPACE}")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("summary", event.title)
    for name, moment in (("dtstart", event.starts), ("dtend", event.ends)):
        entry.add(name, moment.astimezone(zone) if isinstance(moment, datetime) else moment)
    for name, text in (("location", event.place), ("url", event.link), ("description", event.words)):
        if text:
            entry.add(name, text)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("sequence", event.sequence)
    return entry
