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
from bot.flow.kinds import KINDS, Kind
from bot.message import Outgoing, Sent
from bot.render import Renderer
from bot.store.deliveries import Delivery
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Store, Tx
from bot.work import Work

log = logging.getLogger("lianxin.delivery")
MOST_MEMBERS = 1000
MOST_DELIVERIES = 50
TRIES = 30  # in about two hours
LONGEST_WAIT = timedelta(minutes=5)
WAITED_LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Letter:
    """One merged text for one person."""

    member: str
    channel: str
    address: str
    text: str
    prompt: bool
    reasons: tuple[str, ...]


def batch(tx: Tx, config: Config, renderer: Renderer, channels: Mapping[str, Channel], now: datetime) -> int:
    """Turn what is owed and may be said now into deliveries; how many owed rows that settled."""
    work = Work(tx, config, now)
    owed = work.tables.outbox.due(now, MOST_MEMBERS)
    letters: list[_Letter] = []
    for member, rows in groupby(owed, key=lambda row: row.member):
        letter = _letter(work, renderer, member, list(rows))
        if letter:
            letters.append(letter)
    for text in _same_text(letters):
        most = channels[text[0].channel].can.recipients
        for start in range(0, len(text), most):
            _make(work, text[start : start + most])
    return len(owed)


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
    groups: dict[tuple[str, str, bool], list[_Letter]] = {}
    for letter in letters:
        groups.setdefault((letter.channel, letter.text, letter.prompt), []).append(letter)
    return list(groups.values())


def _make(work: Work, letters: Sequence[_Letter]) -> None:
    """One delivery; its name follows from what it says to whom, so the same unit run again makes the same rows."""
    reasons = [reason for letter in letters for reason in letter.reasons]
    id_ = hashlib.sha256("\n".join(sorted(reasons)).encode()).hexdigest()[:32]
    to = [(letter.member, letter.address, letter.prompt) for letter in letters]
    work.tables.deliveries.make(id_, letters[0].channel, letters[0].text, to, work.now)
    work.tables.outbox.taken(reasons, id_)


async def send_due(store: Store, channels: Mapping[str, Channel], now: datetime, real_now: datetime) -> int:
    """Claim what is due, send it, and write down what became of each recipient; how many were claimed."""
    claimed = await store.write(lambda tx: Tables(tx).deliveries.claim(now, real_now, MOST_DELIVERIES))
    await asyncio.gather(*(_deliver(store, channels, delivery, now) for delivery in claimed))
    return len(claimed)


async def _deliver(store: Store, channels: Mapping[str, Channel], delivery: Delivery, now: datetime) -> None:
    old = now - delivery.made_at > WAITED_LONG or not delivery.text or delivery.channel not in channels
    if old and await store.write(lambda tx: _given_up(tx, channels, delivery, now)):
        return
    sent = await _send(channels[delivery.channel], delivery)
    await store.write(lambda tx: _settle(tx, delivery, sent, now))


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


def _settle(tx: Tx, delivery: Delivery, sent: Sequence[Sent], now: datetime) -> None:
    """Sent, or to be tried again with the same bytes, or given up after so many tries."""
    deliveries = Tables(tx).deliveries
    errors = {one.address: one.error for one in sent if one.error}
    again = any(one.retry for one in sent)
    if again and delivery.attempts < TRIES:
        deliveries.postpone(delivery, now + min(timedelta(seconds=2 ** min(delivery.attempts, 10)), LONGEST_WAIT))
        return
    if errors:
        log.warning("not delivered id=%s errors=%s", delivery.id, sorted(set(errors.values())))
    deliveries.settle(delivery, errors, now, dead=bool(errors) and len(errors) == len(delivery.to))
