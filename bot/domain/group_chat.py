"""A branch's group chat: what it should be, what the platform has, and the next thing to do about the difference.

Whatever is done twice does no harm: the chat's id follows from the branch's, so a repeated creation is found out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

LEAST = 2  # members of a group (developer.work.weixin.qq.com page 90245)
LONGEST_NAME = 50
State = Literal["none", "there", "without", "over"]
# exists: it was made before. gone: there is no such chat. illegal: an address it does not take. refused: this app may
# not. again: not done, try later. unclear: nobody knows whether it was done.
Outcome = Literal["done", "exists", "gone", "illegal", "refused", "again", "unclear"]
TOMORROW, SOON = timedelta(days=1), timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`people`: the member of each address; `owner`: an address among them, or empty; `sure`: who has been reached."""

    open: bool
    name: str
    owner: str
    people: Mapping[str, str]
    sure: frozenset[str] = frozenset()
    greeting: str = ""
    farewell: str = ""


@dataclass(frozen=True, slots=True)
class GroupChat:
    """As the platform has it; without a name it is there, but nobody has looked yet. `people` in small letters; `shut`:
    whom it does not let in; `singly`: one at a time.
    """

    id: str
    state: State = "none"
    name: str = ""
    owner: str = ""
    people: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    greeted: bool = False
    parted: bool = False
    singly: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One call. `add` and `remove` are addresses; for `create`, `add` is everybody."""

    kind: Literal["create", "look", "update", "say"]
    chat: str
    name: str = ""
    owner: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a step. `why`: a word for what has to be mended; `found`: what `look` saw."""

    outcome: Outcome
    found: GroupChat | None = None
    why: str = ""
    after: float = 0.0  # seconds before which it need not be tried again


@dataclass(frozen=True, slots=True)
class After:
    """The chat after a step, and how long until it is looked after again; `why`: the branch goes without, because."""

    chat: GroupChat
    wait: timedelta = timedelta(0)
    why: str = ""


def chat_id(branch: str, salt: str) -> str:
    """Letters and figures, the same for the same branch of the same corporation. Source: page 90245, `chatid`."""
    return hashlib.sha256(f"{salt}|{branch}".encode()).hexdigest()[:32]


def next_step(wanted: Wanted, chat: GroupChat) -> Step | None:
    """None: it is as it should be, or cannot be."""
    if chat.state in ("none", "without"):
        return _create(wanted, chat) if wanted.open else None
    if not chat.name:
        return Step("look", chat.id)
    if not wanted.open:
        return _part(wanted, chat)
    if not chat.greeted:
        return Step("say", chat.id, text=wanted.greeting)
    return _update(wanted, chat)


def _create(wanted: Wanted, chat: GroupChat) -> Step | None:
    """With everybody; once somebody of them was refused, with those who have been reached, and the others follow."""
    people = tuple(sorted(one for one in wanted.people if not chat.singly or one in wanted.sure))
    owner = wanted.owner if wanted.owner in people else ""
    return Step("create", chat.id, wanted.name[:LONGEST_NAME], owner, people) if len(people) >= LEAST else None


def _part(wanted: Wanted, chat: GroupChat) -> Step | None:
    """First its name says that it is over, then the last word; nobody is taken out: they say goodbye themselves."""
    if chat.state == "over":
        return None
    if chat.name != wanted.name[:LONGEST_NAME]:
        return Step("update", chat.id, wanted.name[:LONGEST_NAME])
    return None if chat.parted else Step("say", chat.id, text=wanted.farewell)


def _update(wanted: Wanted, chat: GroupChat) -> Step | None:
    known = {one.lower(): one for one in wanted.people}
    add = sorted(known[one] for one in known.keys() - chat.people - chat.shut)
    remove = sorted(chat.people - known.keys())
    if len(chat.people) + len(add) - len(remove) < LEAST:
        remove = []
    inside = (chat.people | {one.lower() for one in add}) - set(remove)
    owner = _owner(wanted, chat, inside)
    name = wanted.name[:LONGEST_NAME] if chat.name != wanted.name[:LONGEST_NAME] else ""
    if chat.singly and len(add) + len(remove) > 1:
        add, remove, owner = (add[:1], [], "") if add else ([], remove[:1], owner)
    if not (add or remove or owner or name):
        return None
    return Step("update", chat.id, name, owner, tuple(add), tuple(remove))


def _owner(wanted: Wanted, chat: GroupChat, inside: set[str] | frozenset[str]) -> str:
    """A new one where the file names one that can be, or the old one leaves."""
    if wanted.owner and wanted.owner.lower() in inside and wanted.owner.lower() != chat.owner:
        return wanted.owner
    return "" if not chat.owner or chat.owner in inside else min(inside)


def after(chat: GroupChat, step: Step, done: Done) -> After:
    """What is known of the chat now."""
    match done.outcome:
        case "done":
            return After(_found(chat, step, done))
        case "exists":
            return After(replace(chat, state="there", name=""))
        case "gone":
            return After(GroupChat(chat.id), SOON)
        case "again":
            return After(chat, max(SOON, timedelta(seconds=done.after)))
        case "unclear":
            return _unclear(chat, step)
        case "illegal":
            return _illegal(chat, step, done)
        case "refused":
            state: State = chat.state if chat.state == "there" else "without"
            return After(replace(chat, state=state), TOMORROW, done.why)


def _found(chat: GroupChat, step: Step, done: Done) -> GroupChat:
    add, remove = {one.lower() for one in step.add}, set(step.remove)
    match step.kind:
        case "create":
            return replace(
                chat, state="there", name=step.name, owner=step.owner.lower(), people=frozenset(add), greeted=False
            )
        case "look":
            found = done.found or chat
            return replace(chat, name=found.name, owner=found.owner, people=found.people)
        case "say":
            return replace(chat, parted=True) if chat.greeted else replace(chat, greeted=True)
        case "update":
            owner, name = step.owner.lower() or chat.owner, step.name or chat.name
            return replace(chat, name=name, owner=owner, people=(chat.people | add) - remove)


def _unclear(chat: GroupChat, step: Step) -> After:
    """What was said is not said twice in a group; of all else a repetition does no harm."""
    if step.kind == "say":
        return After(_found(chat, step, Done("done")))
    return After(chat, SOON)


def _illegal(chat: GroupChat, step: Step, done: Done) -> After:
    """Somebody in it is refused: from now on one at a time, so that the others get in and it shows who it is."""
    if step.kind == "create":
        once = After(replace(chat, singly=True))
        return After(replace(chat, state="without"), TOMORROW, done.why or "illegal") if chat.singly else once
    if len(step.add) + len(step.remove) > 1:
        return After(replace(chat, singly=True))
    shut, gone = {one.lower() for one in step.add}, set(step.remove)
    return After(replace(chat, shut=chat.shut | shut, people=chat.people - gone))
