"""From what is owed to what is to be sent: merged per person, capped, rendered; those who get the same share a call."""

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.channels.base import Capabilities, Channel
from bot.config.model import Config
from bot.domain.people import Member
from bot.domain.pieces import cut
from bot.flow.cards import card_with
from bot.flow.kinds import KINDS, Kind
from bot.message import Card
from bot.render import Renderer
from bot.store.group_chats import Place
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.unconfirmed import unconfirmed
from bot.work import Work

log = logging.getLogger("lianxin.letters")
MOST_MEMBERS = 1000
HELD_FOR = timedelta(hours=1)
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
    card: Card | None = None
    chat: str = ""  # it is said there, once for all who hear it for the same reason
    stem: str = ""


def batch(
    tx: Tx,
    config: Config,
    renderer: Renderer,
    channels: Mapping[str, Channel],
    now: datetime,
    *,
    only_admins: bool = False,
) -> int:
    """Turn what is owed and may be said now into deliveries; how many owed rows that settled.

    Nothing goes to anybody but admins over a channel that no admin has said yes to; `only_admins`: over none.
    """
    work = Work(tx, config, now)
    held = held_channels(work, channels, only_admins=only_admins)
    owed = work.tables.outbox.due(now, MOST_MEMBERS)
    letters: list[_Letter] = []
    places = (
        work.tables.group_chats.places() if any(KINDS[row.kind].shared for row in owed if row.kind in KINDS) else {}
    )
    for member, rows in groupby(owed, key=lambda row: row.member):
        for letter in _letters(work, renderer, places, held, member, list(rows)):
            letters += _parts(letter, channels[letter.channel].can)
    for text in _same_text(letters):
        most = len(text) if text[0].chat else channels[text[0].channel].can.recipients
        for start in range(0, len(text), most):
            _make(work, text[start : start + most], channels[text[0].channel])
    return len(owed)


def held_channels(work: Work, channels: Mapping[str, Channel], *, only_admins: bool) -> set[str]:
    """Where nobody but admins is written to."""
    outer = {name for name, one in channels.items() if only_admins and not one.can.remembers}
    return outer | unconfirmed(work).keys()


def _parts(letter: _Letter, can: Capabilities) -> list[_Letter]:
    """The text says all of it; the card comes after, for those who can see one."""
    text, rest = cut(letter.text, can.most_bytes)
    parts = [replace(letter, text=text, card=None)]
    while rest:
        text, rest = cut(rest, can.most_bytes)
        parts.append(replace(letter, text=text, part=len(parts), prompt=False, card=None))
    if letter.card and can.cards:
        parts.append(replace(letter, text=letter.card.plain, part=len(parts), prompt=False))
    return parts


def _letters(
    work: Work,
    renderer: Renderer,
    places: Mapping[str, Place],
    held: Collection[str],
    member: str,
    rows: Sequence[Owed],
) -> list[_Letter]:
    """What one person hears now, as one message, and what she hears with the others in a group chat; rows that hold no
    more are skipped with the reason.

    None at all in her quiet hours: the bot may have been down when they were over.
    """
    person = work.tables.members.get(member)
    branch = next((row.branch for row in rows if row.branch), None)
    if (morning := work.allowed_for(member, branch)) > work.now:
        work.tables.outbox.put_off(rows, morning)
        return []
    reach = work.tables.members.address(member, _channel_of(work, branch))
    if reach and reach[0] in held and member not in work.config.admins:
        work.tables.outbox.put_off(rows, work.now + HELD_FOR)
        return []
    said: list[tuple[Owed, str]] = []
    for row in rows:
        note, found = _worded(work, renderer, person, row) if reach else ("no address", None)
        if found is None:
            work.tables.outbox.skip(row, note)
        else:
            said.append(found)
    if reach is None or person is None:
        return []
    shared = {row.reason: where for row, _ in said if (where := _place(work, places, person, row))}
    letters = [_in_chat(renderer, person, row, text, shared[row.reason]) for row, text in said if row.reason in shared]
    own = [(row, text) for row, text in said if row.reason not in shared]
    if own:
        whole, filled = "\n\n".join(text for _, text in own), [row for row, _ in own]
        prompt, card = any(KINDS[row.kind].prompt for row in filled), card_with(work, renderer, person, filled)
        letters.append(_Letter(member, *reach, whole, prompt, tuple(row.reason for row in filled), card=card))
    return letters


def _place(work: Work, places: Mapping[str, Place], person: Member, row: Owed) -> Place | None:
    """The group chat where she hears it with the others; not who reads another language than the chat's."""
    if not KINDS[row.kind].shared or person.language != work.config.language:
        return None
    named = [row.branch] if row.branch else list(row.facts.get("shared_in") or ())
    hers = [one for id_, one in places.items() if person.id in one.members and (id_ in named or "*" in named)]
    return next((one for one in hers if work.tables.deliveries.state(_name(one.chat, _stem(row))) != "dead"), None)


def _in_chat(renderer: Renderer, person: Member, row: Owed, text: str, place: Place) -> _Letter:
    whole = f"{text}\n{renderer.say(person.language, 'group_chat.answer_apart')}"
    prompt, stem = KINDS[row.kind].prompt, _stem(row)
    return _Letter(person.id, place.channel, person.id, whole, prompt, (row.reason,), chat=place.chat, stem=stem)


def _stem(row: Owed) -> str:
    """What many hear for one reason has one reason, but for the name at its end."""
    return row.reason.removesuffix(f":{row.member}")


def _name(chat: str, stem: str) -> str:
    return hashlib.sha256(f"{chat}|{stem}".encode()).hexdigest()[:32]


def _worded(work: Work, renderer: Renderer, person: Member | None, row: Owed) -> tuple[str, tuple[Owed, str] | None]:
    """The sentence and what fills it, or why it is not said. A row that breaks is put aside, so that it holds up
    nobody else's."""
    try:
        note, facts = _composed(work, replace(row, facts=work.tables.outbox.facts_of(row)))
        if person is None or facts is None:
            return note, None
        return "", (replace(row, facts=facts), renderer.say(person.language, row.kind, facts))
    except Exception as error:  # noqa: BLE001 - one poisoned row must not stop the post
        log.error("owed row broke kind=%s error=%s", row.kind, type(error).__name__)  # noqa: TRY400 - no words in logs
        return f"broke: {type(error).__name__}", None


def _channel_of(work: Work, branch_id: str | None) -> str:
    branch = work.tables.branches.get(branch_id) if branch_id else None
    return branch.channel if branch else ""


def _composed(work: Work, row: Owed) -> tuple[str, Mapping[str, object] | None]:
    """The facts to say, or why it is not said."""
    kind = KINDS[row.kind]
    if note := too_late(work.tables, row, work.now):
        return note, None
    capped = kind.prompt and not row.facts.get("last")
    if capped and work.prompts_left(row.member) <= 0:
        return "cap", None
    return "no longer holds", kind.compose(work, row)


def too_late(tables: Tables, row: Owed, now: datetime) -> str:
    if row.expires_at and now >= row.expires_at:
        return "expired"
    branch = tables.branches.get(row.branch) if row.branch else None
    after_close = KINDS.get(row.kind, Kind()).after_close
    return "branch closed" if branch and branch.state == "closed" and not after_close else ""


def _same_text(letters: Iterable[_Letter]) -> list[list[_Letter]]:
    """People who get one and the same text share a call, as far as the channel allows."""
    groups: dict[tuple[object, ...], list[_Letter]] = {}
    for letter in letters:
        where = (letter.channel, letter.chat, letter.stem)
        same = (*where, letter.text, letter.prompt, letter.part, letter.card)
        groups.setdefault(same, []).append(letter)
    return list(groups.values())


def _make(work: Work, letters: Sequence[_Letter], channel: Channel) -> None:
    """One delivery; its name follows from what it says to whom, so the same unit run again makes the same rows. What
    has been said in a chat for the same reason is not said there again."""
    reasons, part, first = [reason for letter in letters for reason in letter.reasons], letters[0].part, letters[0]
    whole = _name(first.chat, first.stem) if first.chat else _name("", "\n".join(sorted(reasons)))
    id_ = f"{whole[:28]}-{part:03}" if part else whole
    to = [(letter.member, letter.address, letter.prompt) for letter in letters]
    next_at = work.now + part * BETWEEN_PARTS
    if channel.can.off_the_hour:
        next_at += off_the_hour(whole, work.now)
    make = work.tables.deliveries.make
    if not (first.chat and work.tables.deliveries.state(id_)):
        make(id_, first.channel, first.text, to, work.now, next_at, card=first.card, chat=first.chat)
    if not part:
        work.tables.outbox.taken(reasons, id_)


def off_the_hour(id_: str, now: datetime) -> timedelta:
    """At :00 and :30 everybody's messages go, and the platform asks not to: ours go some seconds later, and a repeat
    at the same second as before."""
    crowded = now.minute % 30 == 0
    return timedelta(seconds=20 + int(id_[:4], 16) % 100) if crowded else timedelta(0)
