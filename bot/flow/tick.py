"""A tick: what has fallen due becomes what is owed. Ticking twice says nothing twice."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot import duty, suggesting, unconfirmed, whispering
from bot.config.model import Config
from bot.errors import StoreFailed
from bot.flow import (
    asking,
    behind,
    bulletins,
    erasing,
    exits,
    grouping,
    home_news,
    keeping,
    lifecycle,
    meeting,
    needing,
    own_times,
    projects,
    rolls,
    rota,
    share_backs,
    studying,
    talks,
    together,
)
from bot.flow.reconcile import ALIVE, keep_alive
from bot.store.tables import Tables
from bot.store.tx import Store, Tx, whole
from bot.work import Work

log = logging.getLogger("lianxin.tick")
PUT_OFF = timedelta(hours=1)
MOST_AT_ONCE = 100

ALARMS: Mapping[str, Callable[[Work, str], None]] = {
    "branch": lifecycle.ring,
    grouping.ALARM: grouping.ring,
    unconfirmed.ALARM: unconfirmed.ring,
    "joined": lifecycle.joined,
    "duty": duty.ring,
    "plan": asking.plan,
    "round": asking.step,
    "hour": own_times.hour,
    "later": own_times.later,
    "ladder": own_times.ladder,
    exits.ALARM: exits.ring,
    exits.ROUND: exits.ring_round,
    "need": needing.ring,
    "study": studying.ring,
    "digest": keeping.digest,
    "weekly": bulletins.weekly,
    "monthly": bulletins.monthly,
    "quarterly": bulletins.quarterly,
    "yearly": bulletins.yearly,
    "rota": rota.ring,
    "roll": rolls.ring,
    "share": share_backs.ring,
    "behind": behind.ring,
    "project": projects.ring,
    "news": home_news.ring,
    "talks": talks.ring,
    "talk": talks.step,
    "meeting": meeting.ring,
    "forget": keeping.forget,
    "suggestion": suggesting.ring,
    "erase": erasing.ring,
}


def tick(tx: Tx, config: Config, now: datetime) -> list[str]:
    """Let what is due at `now` ring, oldest first; what kinds rang. The alarm each leaves behind is its next one."""
    work = Work(tx, config, now)
    keep_alive(work, work.tables.facts.moment(ALIVE))
    due = work.tables.alarms.due(now, MOST_AT_ONCE)
    for kind, subject, _ in due:
        ALARMS[kind](work, subject)
    if due:
        together.pull(work)
    whispering.mind(work)
    return [kind for kind, _, _ in due]


def ring_all(tx: Tx, config: Config, now: datetime) -> None:
    """All that `tick_all` does, within one unit: to see what would come of it."""
    work = Work(tx, config, now)
    keep_alive(work, work.tables.facts.moment(ALIVE))
    while due := work.tables.alarms.due(now, MOST_AT_ONCE):
        for kind, subject, _ in due:
            try:
                with whole(tx):
                    ALARMS[kind](Work(tx, config, now), subject)
            except Exception:  # noqa: BLE001 - as when it rings in earnest; there it is logged
                work.tables.alarms.put(kind, subject, now + PUT_OFF)
        together.pull(work)
    whispering.mind(Work(tx, config, now))


async def tick_all(store: Store, config: Config, now: datetime) -> set[str]:
    """Tick until nothing is due; what kinds rang. An alarm that breaks is put off by an hour, so that it holds up
    nobody else's."""
    rang: set[str] = set()
    try:
        while kinds := await store.write(lambda tx: tick(tx, config, now), aside=True):
            rang.update(kinds)
    except StoreFailed:
        raise
    except Exception:  # noqa: BLE001 - found again and logged below, alarm by alarm
        rang |= await _one_by_one(store, config, now)
    return rang


async def _one_by_one(store: Store, config: Config, now: datetime) -> set[str]:
    rang: set[str] = set()
    while due := await store.write(lambda tx: Tables(tx).alarms.due(now, MOST_AT_ONCE)):
        for kind, subject, _ in due:
            await _ring_or_put_off(store, config, now, kind, subject)
            rang.add(kind)
    return rang


async def _ring_or_put_off(store: Store, config: Config, now: datetime, kind: str, subject: str) -> None:
    try:
        await store.write(lambda tx: ALARMS[kind](Work(tx, config, now), subject))
    except StoreFailed:
        raise
    except Exception as error:  # noqa: BLE001 - one poisoned alarm must not stop the clock
        log.error("alarm broke kind=%s subject=%s error=%s", kind, subject, type(error).__name__)  # noqa: TRY400
        await store.write(lambda tx: Tables(tx).alarms.put(kind, subject, now + PUT_OFF))
