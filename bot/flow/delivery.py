"""From what is owed to what is sent: merged per person, capped, rendered; then claimed, sent, and settled.

At least once: a crash between sending and settling may send again. A channel that can tell a repeat by its
reference (the web chat does) makes it exactly once.
"""

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.channels.base import Channel
from bot.config.model import Config
from bot.domain.people import Member
from bot.domain.pieces import cut
from bot.flow.kinds import KINDS, Kind
from bot.message import Outgoing, Sent
from bot.render import Renderer
from bot.store.deliveries import Delivery
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Store, Tx
from bot.summary import name_of
from bot.work import Work

log = logging.getLogger("lianxin.delivery")
MOST_MEMBERS = 1000
MOST_DELIVERIES = 50
TRIES = 30  # in about two hours
LONGEST_WAIT = timedelta(minutes=5)
WAITED_LONG = timedelta(minutes=10)
BETWEEN_PARTS = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class _Letter:
    """One merged text for one person, or a part of it: what does not fit into one message goes on in the next."""

    member: str
    channel: str
    address: str
    text: str
    prompt: bool
    reasons: tuple[str, ...]
    part: int = 0


def batch(tx: Tx, config: Config, renderer: Renderer, channels: Mapping[str, Channel], now: datetime) -> int:
    """Turn what is owed and may be said now into deliveries; how many owed rows that settled."""
    work = Work(tx, config, now)
    owed = work.tables.outbox.due(now, MOST_MEMBERS)
    letters: list[_Letter] = []
    for member, rows in groupby(owed, key=lambda row: row.member):
        letter = _letter(work, renderer, member, list(rows))
        if letter:
            letters += _parts(letter, channels[letter.channel].can.most_bytes)
    for text in _same_text(letters):
        most = channels[text[0].channel].can.recipients
        for start in range(0, len(text), most):
            _make(work, text[start : start + most], channels[text[0].channel])
    return len(owed)


def _parts(letter: _Letter, most_bytes: int) -> list[_Letter]:
    text, rest = cut(letter.text, most_bytes)
    parts = [replace(letter, text=text)]
    while rest:
        text, rest = cut(rest, most_bytes)
        parts.append(replace(letter, text=text, part=len(parts), prompt=False))
    return parts


def _letter(work: Work, renderer: Renderer, member: str, rows: Sequence[Owed]) -> _Letter | None:
    """What one person hears now, as one message; rows that hold no more are skipped with the reason.

    None at all in her quiet hours: the bot may have been down when they were over.
    """
    person = work.tables.members.get(member)
    branch = next((row.branch for row in rows if row.branch), None)
    if (morning := work.allowed_for(member, branch)) > work.now:
        work.tables.outbox.put_off(rows, morning)
        return None
    reach = work.tables.members.address(member, _channel_of(work, branch))
    said: list[tuple[Owed, str]] = []
    for row in rows:
        note, text = _worded(work, renderer, person, row) if reach else ("no address", None)
        if text is None:
            work.tables.outbox.skip(row, note)
        else:
            said.append((row, text))
    if not said or reach is None:
        return None
    prompt = any(KINDS[row.kind].prompt for row, _ in said)
    return _Letter(member, *reach, "\n\n".join(text for _, text in said), prompt, tuple(row.reason for row, _ in said))


def _worded(work: Work, renderer: Renderer, person: Member | None, row: Owed) -> tuple[str, str | None]:
    """The sentence, or why it is not said. A row that breaks is put aside, so that it holds up nobody else's."""
    try:
        note, facts = _composed(work, replace(row, facts=work.tables.outbox.facts_of(row)))
        return note, renderer.say(person.language, row.kind, facts) if person and facts is not None else None
    except Exception as error:  # noqa: BLE001 - one poisoned row must not stop the post
        log.error("owed row broke kind=%s error=%s", row.kind, type(error).__name__)  # noqa: TRY400 - no words in logs
        return f"broke: {type(error).__name__}", None


def _channel_of(work: Work, branch_id: str | None) -> str:
    branch = work.tables.branches.get(branch_id) if branch_id else None
    return branch.channel if branch else ""


def _composed(work: Work, row: Owed) -> tuple[str, Mapping[str, object] | None]:
    """The facts to say, or why it is not said."""
    kind = KINDS[row.kind]
    if note := _too_late(work.tables, row, work.now):
        return note, None
    capped = kind.prompt and not row.facts.get("last")
    if capped and work.prompts_left(row.member) <= 0:
        return "cap", None
    return "no longer holds", kind.compose(work, row)


def _too_late(tables: Tables, row: Owed, now: datetime) -> str:
    if row.expires_at and now >= row.expires_at:
        return "expired"
    branch = tables.branches.get(row.branch) if row.branch else None
    after_close = KINDS.get(row.kind, Kind()).after_close
    return "branch closed" if branch and branch.state == "closed" and not after_close else ""


def _same_text(letters: Iterable[_Letter]) -> list[list[_Letter]]:
    """People who get one and the same text share a call, as far as the channel allows."""
    groups: dict[tuple[str, str, bool, int], list[_Letter]] = {}
    for letter in letters:
        groups.setdefault((letter.channel, letter.text, letter.prompt, letter.part), []).append(letter)
    return list(groups.values())


def _make(work: Work, letters: Sequence[_Letter], channel: Channel) -> None:
    """One delivery; its name follows from what it says to whom, so the same unit run again makes the same rows."""
    reasons, part = [reason for letter in letters for reason in letter.reasons], letters[0].part
    whole = hashlib.sha256("\n".join(sorted(reasons)).encode()).hexdigest()[:32]
    id_ = f"{whole[:28]}-{part:03}" if part else whole
    to = [(letter.member, letter.address, letter.prompt) for letter in letters]
    next_at = work.now + part * BETWEEN_PARTS
    if channel.can.reaches_outside:
        next_at += off_the_hour(whole, work.now)
    work.tables.deliveries.make(id_, letters[0].channel, letters[0].text, to, work.now, next_at)
    if not part:
        work.tables.outbox.taken(reasons, id_)


def off_the_hour(id_: str, now: datetime) -> timedelta:
    """At :00 and :30 everybody's messages go, and the platform asks not to: ours go some seconds later, and a repeat
    at the same second as before."""
    crowded = now.minute % 30 == 0
    return timedelta(seconds=20 + int(id_[:4], 16) % 100) if crowded else timedelta(0)


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
    await store.write(lambda tx: _settle(Work(tx, config, now), delivery, sent))


def _given_up(tx: Tx, channels: Mapping[str, Channel], delivery: Delivery, now: datetime) -> bool:
    """What was made before the bot stopped may have been overtaken by the hours since."""
    tables = Tables(tx)
    notes = [_too_late(tables, row, now) for row in tables.outbox.of_delivery(delivery.id)]
    why = notes[0] if notes and all(notes) else ""
    if not delivery.text or delivery.channel not in channels:
        why = "cannot be sent any more"
    if why:
        tables.deliveries.settle(delivery, {address: why for _, address in delivery.to}, now, dead=True)
    return bool(why)


async def _send(channel: Channel, delivery: Delivery) -> list[Sent]:
    """What the channel reports; of whom it says nothing, nothing is known, and it is tried again."""
    letters = [Outgoing(address, delivery.text, f"{delivery.id}:{member}") for member, address in delivery.to]
    try:
        sent = {one.address: one for one in await channel.send(letters)}
    except Exception as error:  # noqa: BLE001 - it must raise for none; should it, nobody else's message waits for that
        log.error("channel broke channel=%s error=%s", delivery.channel, type(error).__name__)  # noqa: TRY400
        sent = {}
    return [sent.get(one.address, Sent(one.address, "no report", retry=True)) for one in letters]


def _may_try_again(delivery: Delivery, sent: Sequence[Sent], now: datetime) -> bool:
    """What may have arrived is repeated only while the platform can tell that it is a repeat."""
    sure = [one.sure_within for one in sent if one.sure_within is not None]
    in_time = not sure or now - delivery.made_at < timedelta(seconds=min(sure))
    return in_time and (delivery.attempts < TRIES or any(one.after for one in sent))


def _settle(work: Work, delivery: Delivery, sent: Sequence[Sent]) -> None:
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
        tell_undelivered(work, delivery, errors)
    deliveries.settle(delivery, errors, now, dead=bool(errors) and len(errors) == len(delivery.to))


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
