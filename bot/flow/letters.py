"""From what is owed to what is to be sent: merged per person, capped, rendered; those who get the same share a call."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.channels.base import Capabilities, Channel
from bot.config.model import Config
from bot.domain.people import Member
from bot.domain.pieces import cut
from bot.flow.calls import Calls, Letter, name_of_call
from bot.flow.cards import card_with
from bot.flow.kinds import KINDS, Kind
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


def batch(
    tx: Tx,
    config: Config,
    renderer: Renderer,
    channels: Mapping[str, Channel],
    now: datetime,
    calls: Calls | None = None,
    *,
    only_admins: bool = False,
) -> int:
    """Turn what is owed and may be said now into deliveries; how many owed rows that settled. `calls`: of this beat.

    Nothing goes to anybody but admins over a channel that no admin has said yes to; `only_admins`: over none.
    """
    work = Work(tx, config, now)
    held = held_channels(work, channels, only_admins=only_admins)
    owed = work.tables.outbox.due(now, MOST_MEMBERS)
    letters: list[Letter] = []
    places = _places(work, channels, owed)
    for member, rows in groupby(owed, key=lambda row: row.member):
        for letter in _letters(work, renderer, places, held, member, list(rows)):
            letters += _parts(letter, channels[letter.channel].can)
    (calls or Calls()).put(work, letters, channels)
    return len(owed)


def _places(work: Work, channels: Mapping[str, Channel], owed: Iterable[Owed]) -> dict[str, Place]:
    """The group chats that can be spoken in now, if there is something for one."""
    if not any(row.kind in KINDS and KINDS[row.kind].shared for row in owed):
        return {}
    known = work.tables.group_chats.places()
    return {id_: one for id_, one in known.items() if one.channel in channels and channels[one.channel].can.groups}


def held_channels(work: Work, channels: Mapping[str, Channel], *, only_admins: bool) -> set[str]:
    """Where nobody but admins is written to."""
    outer = {name for name, one in channels.items() if only_admins and not one.can.remembers}
    return outer | unconfirmed(work).keys()


def _parts(letter: Letter, can: Capabilities) -> list[Letter]:
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
) -> list[Letter]:
    """What one person hears now, as one message, and what she hears with the others in a group chat; rows that hold no
    more are skipped with the reason.

    None at all in her quiet hours: the bot may have been down when they were over.
    """
    person = work.tables.members.get(member)
    branch = next((row.branch for row in rows if row.branch), None)
    if (morning := work.allowed_for(member, branch)) > work.now:
        work.tables.outbox.put_off(rows, morning)
        return []
    reach = work.reach(member, branch)
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
        letters.append(Letter(member, *reach, whole, prompt, tuple(row.reason for row in filled), card=card))
    return letters


def _place(work: Work, places: Mapping[str, Place], person: Member, row: Owed) -> Place | None:
    """The group chat where she hears it with the others; not who reads another language than the chat's."""
    if not KINDS[row.kind].shared or person.language != work.config.language:
        return None
    named = [row.branch] if row.branch else list(row.facts.get("shared_in") or ())
    hers = [one for id_, one in places.items() if person.id in one.members and (id_ in named or "*" in named)]
    return next(
        (one for one in hers if work.tables.deliveries.state(name_of_call(one.chat, _stem(row))) != "dead"), None
    )


def _in_chat(renderer: Renderer, person: Member, row: Owed, text: str, place: Place) -> Letter:
    whole = f"{text}\n{renderer.say(person.language, 'group_chat.answer_apart')}"
    prompt, stem = KINDS[row.kind].prompt, _stem(row)
    return Letter(person.id, place.channel, person.id, whole, prompt, (row.reason,), chat=place.chat, stem=stem)


def _stem(row: Owed) -> str:
    """What many hear for one reason has one reason, but for the name at its end."""
    return row.reason.removesuffix(f":{row.member}")


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
