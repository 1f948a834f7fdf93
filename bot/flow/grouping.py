"""Group chats: a branch that opens gets one, its people follow the roster, and at the end it says goodbye.

The store says what there should be and what there is; each step of the difference is one call, made outside any unit.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.channels.base import Channel, can_group
from bot.config.model import Config
from bot.domain.branch import Branch, title
from bot.domain.group_chat import Done, GroupChat, Step, Wanted, after, chat_id, next_step
from bot.domain.when import next_allowed
from bot.flow.letters import HELD_FOR, held_channels
from bot.render import Renderer
from bot.store.tx import Store
from bot.summary import name_of
from bot.work import Work

log = logging.getLogger("lianxin.grouping")
ALARM = "chat"
DAILY = timedelta(days=1)
AFTER_THE_WELCOME = timedelta(minutes=5)  # by then it is known who cannot be reached
MOST_AT_ONCE, MOST_ROUNDS = 20, 200
UNREACHED = ("wecom.unknown_user", "wecom.no_licence")


@dataclass(frozen=True, slots=True)
class _Todo:
    branch: str
    channel: str
    chat: GroupChat
    wanted: Wanted
    step: Step


def ring(work: Work, branch_id: str) -> None:
    """Look after the branch's group chat, not in quiet hours, and again tomorrow while the branch runs."""
    branch = work.tables.branches.get(branch_id)
    if branch is None or not work.has_group_chat(branch):
        work.tables.alarms.put(ALARM, branch_id, None)
        return
    known = work.tables.group_chats.get(branch_id)
    if branch.open or known:
        id_ = chat_id(branch_id, work.config.channels[branch.channel].corp_id)
        at = work.allowed(branch.zone) + (timedelta(0) if known else AFTER_THE_WELCOME)
        work.tables.group_chats.look_at(branch_id, branch.channel, id_, at)
    work.tables.alarms.put(ALARM, branch_id, work.now + DAILY if branch.open else None)


async def look_after(
    store: Store,
    channels: Mapping[str, Channel],
    config: Config,
    renderer: Renderer,
    now: datetime,
    *,
    only_admins: bool = False,
) -> None:
    """Make every step that is due, one call at a time for a chat."""
    if not any(one.can.groups for one in channels.values()):
        return
    for _ in range(MOST_ROUNDS):
        found = await store.write(lambda tx: _todo(Work(tx, config, now), channels, renderer, only_admins=only_admins))
        for one in found:
            done = await _make(channels[one.channel], one.step)
            await store.write(lambda tx, one=one, done=done: _settle(Work(tx, config, now), one, done))
        if not found:
            return
    log.error("group chats do not come to rest")


async def _make(channel: Channel, step: Step) -> Done:
    grouping = can_group(channel)
    return await grouping.group(step) if grouping else Done("refused", why="permission")


def _todo(work: Work, channels: Mapping[str, Channel], renderer: Renderer, *, only_admins: bool) -> list[_Todo]:
    found: list[_Todo] = []
    held = held_channels(work, channels, only_admins=only_admins)
    for branch_id, channel, chat in work.tables.group_chats.due(work.now, MOST_AT_ONCE):
        branch = work.tables.branches.get(branch_id)
        if branch is None or channel not in channels:
            work.tables.group_chats.put(branch_id, chat, {}, None)
            continue
        if channel in held:
            work.tables.group_chats.put_off(branch_id, work.now + HELD_FOR)
            continue
        wanted = _wanted(work, renderer, branch, channel)
        known = replace(chat, state="there", parted=False) if wanted.open and chat.state == "over" else chat
        step = next_step(wanted, known)
        if step:
            found.append(_Todo(branch_id, channel, known, wanted, step))
        else:
            _rest(work, branch, known, wanted)
    return found


def _rest(work: Work, branch: Branch, chat: GroupChat, wanted: Wanted) -> None:
    """There is nothing more to do: it is as it should be, or over, or there are too few for one."""
    if wanted.open and chat.state in ("none", "without"):
        chat = replace(chat, state="without")
        _tell_without(work, branch, "too_few")
    elif not wanted.open and chat.state == "there":
        chat = replace(chat, state="over")
    work.tables.group_chats.put(branch.id, chat, wanted.people, None)


def _settle(work: Work, todo: _Todo, done: Done) -> None:
    branch, found = work.tables.branches.get(todo.branch), after(todo.chat, todo.step, done)
    zone = branch.zone if branch else work.zone
    again = next_allowed(work.now + found.wait, work.config.limits.quiet, zone)
    work.tables.group_chats.put(todo.branch, found.chat, todo.wanted.people, again)
    if branch is None:
        return
    if found.why and found.chat.state == "without":
        _tell_without(work, branch, found.why)
    if found.chat.parted and not todo.chat.parted:
        _ask_to_dissolve(work, branch, todo)


def _tell_without(work: Work, branch: Branch, why: str) -> None:
    """The branch works all the same; once for each reason."""
    work.owe_admins("group_chat.without", f"without_chat:{branch.id}:{branch.opens}:{why}", about=branch, why=why)


def _ask_to_dissolve(work: Work, branch: Branch, todo: _Todo) -> None:
    """There is no call for it: whoever owns the chat has to."""
    members = {address.lower(): one for address, one in todo.wanted.people.items()}
    owner = members.get(todo.chat.owner)
    if owner:
        reason = f"dissolve:{branch.id}:{branch.closes}:{owner}"
        work.owe("group_chat.dissolve", owner, reason, branch=branch, branch_name=work.named(branch, owner))


def _wanted(work: Work, renderer: Renderer, branch: Branch, channel: str) -> Wanted:
    """Its members, unless they have refused, its liaison officers and its secretary, as far as they can be reached."""
    language = work.config.language
    on = work.tables.members.addresses_on(channel)
    sure, out = work.tables.deliveries.reached(channel, UNREACHED)
    willing = [one.member.id for one in work.tables.members.of_branch(branch.id) if one.willing]
    leads = [one.id for one in work.tables.branches.liaisons(branch.id)]
    ids: dict[str, None] = dict.fromkeys([*willing, *leads, *([branch.secretary] if branch.secretary else [])])
    people = {on[one]: one for one in ids if one in on and on[one] not in out}
    owner = next((on[one] for one in (branch.secretary, *leads) if on.get(one) in people), "")
    name = title(branch, language)
    facts = {
        "branch": name,
        "closes": branch.closes.isoformat(),
        "liaisons": [name_of(work, one) for one in leads],
        "owner": name_of(work, people[owner]) if owner else "",
    }
    greeting, farewell = (renderer.say(language, f"group_chat.{one}", facts) for one in ("welcome", "farewell"))
    ended = branch.state == "closed"
    shown = renderer.say(language, "group_chat.ended_name", facts) if ended else name
    return Wanted(branch.open, shown, owner, people, frozenset(sure & people.keys()), greeting, farewell)
