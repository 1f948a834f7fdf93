"""Claimed, sent, and settled, one call at a time.

At least once: a crash between sending and settling may send again. A channel that can tell a repeat by its
reference (the web chat does) or by its bytes (WeCom) makes it exactly once.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.channels.base import Channel, can_group
from bot.config.model import Config
from bot.domain.group_chat import Done, Step
from bot.flow.letters import too_late
from bot.message import Outgoing, Sent
from bot.store.deliveries import Delivery
from bot.store.tables import Tables
from bot.store.tx import Store, Tx
from bot.summary import name_of
from bot.work import Work

log = logging.getLogger("lianxin.delivery")
MOST_DELIVERIES = 50
TRIES = 30  # in about two hours
LONGEST_WAIT = timedelta(minutes=5)
WAITED_LONG = timedelta(minutes=10)


async def send_due(
    store: Store, channels: Mapping[str, Channel], config: Config, now: datetime, real_now: datetime
) -> int:
    """Claim what is due, send it, and write down what became of each recipient; how many were claimed."""
    claimed = await store.write(lambda tx: Tables(tx).deliveries.claim(now, real_now, MOST_DELIVERIES))
    await asyncio.gather(*(_deliver(store, channels, config, delivery, now) for delivery in claimed))
    return len(claimed)


async def _deliver(
    store: Store, channels: Mapping[str, Channel], config: Config, delivery: Delivery, now: datetime
) -> None:
    old = now - delivery.made_at > WAITED_LONG or not delivery.text or delivery.channel not in channels
    if old and await store.write(lambda tx: _given_up(tx, channels, delivery, now)):
        return
    sent = await _send(channels[delivery.channel], delivery)
    await store.write(lambda tx: _settle(Work(tx, config, now), delivery, sent, channels))


def _given_up(tx: Tx, channels: Mapping[str, Channel], delivery: Delivery, now: datetime) -> bool:
    """What was made before the bot stopped may have been overtaken by the hours since."""
    tables = Tables(tx)
    notes = [too_late(tables, row, now) for row in tables.outbox.of_delivery(delivery.id)]
    why = notes[0] if notes and all(notes) else ""
    if not delivery.text or delivery.channel not in channels:
        why = "cannot be sent any more"
    if why:
        tables.deliveries.settle(delivery, {address: why for _, address in delivery.to}, now, dead=True)
    return bool(why)


async def _send(channel: Channel, delivery: Delivery) -> list[Sent]:
    """What the channel reports; of whom it says nothing, nothing is known, and it is tried again."""
    if delivery.chat:
        return await _say_in_chat(channel, delivery)
    letters = [Outgoing(one, delivery.text, f"{delivery.id}:{member}", delivery.card) for member, one in delivery.to]
    try:
        sent = {one.address: one for one in await channel.send(letters)}
    except Exception as error:  # noqa: BLE001 - it must raise for none; should it, nobody else's message waits for that
        log.error("channel broke channel=%s error=%s", delivery.channel, type(error).__name__)  # noqa: TRY400
        sent = {}
    return [sent.get(one.address, Sent(one.address, "no report", retry=True)) for one in letters]


async def _say_in_chat(channel: Channel, delivery: Delivery) -> list[Sent]:
    """One call reaches them all. Where nobody knows whether it was said it is not said there again."""
    grouping = can_group(channel)
    step = Step("say", delivery.chat, text=delivery.text)
    done = await grouping.group(step) if grouping else Done("refused")
    error = "" if done.outcome == "done" else f"chat.{done.outcome}"
    return [Sent(one, error, retry=done.outcome == "again", after=done.after) for _, one in delivery.to]


def _one_by_one(work: Work, delivery: Delivery, errors: Mapping[str, str], channels: Mapping[str, Channel]) -> None:
    """What could not be said in the group chat is said to each of them."""
    if "chat.gone" in errors.values():
        work.tables.group_chats.lost(delivery.chat, work.now)
    on = work.tables.members.addresses_on(delivery.channel)
    to = [(member, on[member], False) for member, _ in delivery.to if member in on]
    most = channels[delivery.channel].can.recipients
    for start in range(0, len(to), most):
        id_ = f"{delivery.id[:26]}-one{start // most:03}"
        work.tables.deliveries.make(id_, delivery.channel, delivery.text, to[start : start + most], work.now)


def _may_try_again(delivery: Delivery, sent: Sequence[Sent], now: datetime) -> bool:
    """What may have arrived is repeated only while the platform can tell that it is a repeat."""
    sure = [one.sure_within for one in sent if one.sure_within is not None]
    in_time = not sure or now - delivery.made_at < timedelta(seconds=min(sure))
    return in_time and (delivery.attempts < TRIES or any(one.after for one in sent))


def _settle(work: Work, delivery: Delivery, sent: Sequence[Sent], channels: Mapping[str, Channel]) -> None:
    """Sent, or to be tried again with the same bytes, or given up after so many tries."""
    deliveries, now = work.tables.deliveries, work.now
    tell_to_mend(work, delivery.channel, sent)
    errors = {one.address: one.error for one in sent if one.error}
    if any(one.retry for one in sent) and _may_try_again(delivery, sent, now):
        wait = min(timedelta(seconds=2 ** min(delivery.attempts, 10)), LONGEST_WAIT)
        deliveries.postpone(delivery, now + max(wait, timedelta(seconds=max(one.after for one in sent))))
        return
    if errors:
        log.warning("not delivered id=%s errors=%s", delivery.id, sorted(set(errors.values())))
    mine = deliveries.settle(delivery, errors, now, dead=bool(errors) and len(errors) == len(delivery.to))
    if errors and mine and delivery.chat:
        _one_by_one(work, delivery, errors, channels)
    elif errors:
        tell_undelivered(work, delivery, errors)


def tell_to_mend(work: Work, channel: str, sent: Sequence[Sent]) -> None:
    """The admins hear what stands in the way of everything, once a day for each reason."""
    first = next((one for one in sent if one.to_mend), None)
    if first:
        reason = f"to_mend:{channel}:{first.error}:{work.today()}"
        work.owe_admins("channel.to_mend", reason, channel=channel, why=first.error, told=first.told)


def tell_undelivered(work: Work, delivery: Delivery, errors: Mapping[str, str]) -> None:
    """Whom a message did not reach for good, by name; not of what was for the admins themselves."""
    unreached = [member for member, address in delivery.to if address in errors]
    names = [name_of(work, one) for one in unreached if one not in work.config.admins]
    if names:
        why = next(iter(errors.values()))
        reason = f"undelivered:{delivery.channel}:{why}:{work.today()}:{','.join(unreached)[:200]}"
        work.owe_admins("channel.undelivered", reason, channel=delivery.channel, names=names, why=why)
