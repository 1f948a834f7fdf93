"""What a talk's trigger and the days around it must look like in the file."""

from datetime import date, timedelta
from typing import cast

from bot.config import fields
from bot.config.fields import NONE, shown
from bot.domain.trigger import Trigger, parse_trigger
from bot.errors import Unreadable


def some_days(found: object) -> timedelta:
    """Whole days, and at least one."""
    read = fields.span(found)
    if read < timedelta(days=1) or read % timedelta(days=1):
        raise Unreadable("check.whole_days", found=shown(found))
    return read


def some_days_or_none(found: object) -> timedelta | None:
    return None if found == NONE else some_days(found)


def trigger(found: object) -> Trigger:
    try:
        return parse_trigger(fields.text(found))
    except Unreadable as refusal:
        hint = refusal.facts.get("hint")
        raise Unreadable(f"{refusal.key}_{hint}" if hint else refusal.key, found=shown(found)) from None


def trigger_or_none(found: object) -> Trigger | None:
    return None if found == NONE else trigger(found)


def festivals(found: object) -> tuple[Trigger, ...]:
    if not isinstance(found, list):
        raise Unreadable("check.not_list", found=shown(found))
    return tuple(map(_festival, cast("list[object]", found)))


def _festival(found: object) -> Trigger:
    """A day, with quotation marks or without, or a schedule of days."""
    read = trigger(str(found) if type(found) is date else found)
    if read.kind not in ("dates", "schedule"):
        raise Unreadable("check.festival", found=shown(found))
    return read
