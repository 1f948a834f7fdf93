"""Before anything goes out over a real channel for the first time, the admins see what would, and say yes.

What a member says is answered all the same; nothing is lost meanwhile, but what is out of date by then is not said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.config.model import Config
from bot.domain import instant
from bot.flow.plan import people_told
from bot.flow.tick import ring_all
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.summary import name_of
from bot.unconfirmed import ALARM, DAILY, held_back, unconfirmed
from bot.work import Work

NAMES_SHOWN, LINES_SHOWN = 3, 12


@dataclass(frozen=True, slots=True)
class Today:
    """What would go out by midnight, if nobody says anything: `told` by kind and hour."""

    told: Mapping[tuple[str, datetime], list[str]]
    names: Mapping[str, str]


def today(tx: Tx, config: Config, now: datetime) -> Today:
    """Run ahead on a copy (`tx` is thrown away)."""
    work = Work(tx, config, now)
    end, at = instant.end_of(work.today(), work.zone), now
    while at is not None and at < end:
        ring_all(tx, config, at)
        found = Tables(tx).alarms.next_at()
        at = max(found, at + timedelta(seconds=1)) if found else None
    owed = [one for one in held_back(work) if one.not_before < end]
    ids = {one.member for one in owed}
    return Today(people_told(owed), {one: name_of(work, one) for one in ids})


def ask(work: Work, found: Today) -> bool:
    """Owe the admins the question, once a day for each state of affairs; False: there is nothing to ask."""
    waits = unconfirmed(work)
    if not waits:
        return False
    mark = ",".join(f"{name}={mark}" for name, mark in sorted(waits.items()))
    facts: dict[str, Any] = {
        "channels": sorted(waits),
        "lines": lines_of(work, found),
        "more": max(len(found.told) - LINES_SHOWN, 0),
    }
    work.owe_admins("sending.first", f"first_send:{mark}:{work.today()}", about=None, **facts)
    work.tables.alarms.put(ALARM, "", work.allowed(work.zone) + DAILY)
    return True


def lines_of(work: Work, found: Today) -> list[dict[str, Any]]:
    return [
        {
            "at": work.local(at),
            "kind": kind.replace(".", "_"),
            "names": [found.names[one] for one in members[:NAMES_SHOWN]],
            "count": len(members),
        }
        for (kind, at), members in list(found.told.items())[:LINES_SHOWN]
    ]
