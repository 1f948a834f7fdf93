"""Group chats: channels.md 1.6 and the 86xxx rows of 1.11 (pages 90245, 90248, 90313).

Only for an app whose visible range is the root department; a group is seen from its first message on; nobody can
dissolve it. Removing the owner without naming another is refused (86005): the documents ask for a new one.
"""

import os
import re
from collections.abc import Iterable

from tests.simulators.wecom.limits import DAY, HOUR, MINUTE
from tests.simulators.wecom.messages import TO_CHATS, read
from tests.simulators.wecom.reading import Json, Refusal, number_of, object_of, text_of, texts_of
from tests.simulators.wecom.sending import Call
from tests.simulators.wecom.world import Chat, World

LEAST, MOST, LONGEST_NAME, LONGEST_ID = 2, 2000, 50, 32
CHATID = re.compile(r"[0-9a-zA-Z]+")


def create(world: World, call: Call) -> Json:
    _allowed(world)
    body = call.body
    name, owner, users = text_of(body, "name"), text_of(body, "owner").lower(), _users(body, "userlist")
    chatid = text_of(body, "chatid")
    if len(chatid) > LONGEST_ID:
        raise Refusal(86205, "chatid is too long")
    if chatid and not CHATID.fullmatch(chatid):
        raise Refusal(86206, "chatid: letters and figures only")
    _name(name)
    _size(users)
    _known(world, users, 86007)
    if owner and world.corp.reachable(owner) is None:
        raise Refusal(86005, "invalid owner")
    if owner and owner not in users:
        raise Refusal(86207, "the owner is not in userlist")
    if chatid in world.chats or chatid in world.corp.other_chats:
        raise Refusal(86215, "chatid exists")
    world.counter.check("groups created", world.now(), [(world.corp.limits.chats_day, DAY)])
    chatid = chatid or os.urandom(16).hex()
    world.chats[chatid] = Chat(chatid, name, owner or users[0], users)
    return {"chatid": chatid}


def update(world: World, call: Call) -> Json:
    _allowed(world)
    chat, body = _chat(world, text_of(call.body, "chatid")), call.body
    world.counter.check("appchat/update an hour", world.now(), [(world.corp.limits.update_hour, HOUR)])
    if "name" in body:
        _name(text_of(body, "name"))
    added, removed = _users(body, "add_user_list"), _users(body, "del_user_list")
    _known(world, added, 86216)
    if not set(removed) <= set(chat.members):
        raise Refusal(86216, "del_user_list: not in the chat")
    members = list(dict.fromkeys([one for one in chat.members if one not in removed] + added))
    _size(members)
    owner = text_of(body, "owner").lower() or chat.owner
    if owner not in members:
        raise Refusal(86005, "invalid owner: not in the chat")
    chat.name, chat.owner, chat.members = text_of(body, "name") or chat.name, owner, members
    return {}


def get(world: World, call: Call) -> Json:
    _allowed(world)
    chat = _chat(world, call.query.get("chatid", ""))
    return {
        "chat_info": {
            "chatid": chat.chatid,
            "name": chat.name,
            "owner": chat.owner,
            "userlist": list(chat.members),
            "chat_type": 0,
        }
    }


def send(world: World, call: Call) -> Json:
    _allowed(world)
    chat, limits = _chat(world, text_of(call.body, "chatid")), world.corp.limits
    number_of(call.body, "safe", 0, 0, 1)
    content = read(call.body, TO_CHATS, world.valid_media())
    texts_of(object_of(call.body, "text"), "mentioned_list")
    rules = [(limits.chat_minute, MINUTE), (limits.chat_hour, HOUR)]
    world.counter.check("appchat/send person-times", world.now(), rules, len(chat.members))
    each = [(limits.chat_member_minute, MINUTE), (limits.chat_member_day, DAY)]
    for userid in chat.members:
        world.show(userid, content, each, chat=chat.chatid)
    return {}


def _allowed(world: World) -> None:
    if not world.corp.app.appchat:
        raise Refusal(48002, "api forbidden")
    if not world.corp.app.root:
        raise Refusal(60011, "the app's visible range is not the root department")


def _chat(world: World, chatid: str) -> Chat:
    if not chatid or len(chatid) > LONGEST_ID or not CHATID.fullmatch(chatid):
        raise Refusal(86001, "invalid chatid")
    if chatid in world.corp.other_chats:
        raise Refusal(86008, "not a chat of this app")
    if chatid not in world.chats:
        raise Refusal(86003, "no such chatid")
    return world.chats[chatid]


def _name(name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise Refusal(86004, "name: at most 50 characters")


def _users(body: Json, name: str) -> list[str]:
    return list(dict.fromkeys(one.lower() for one in texts_of(body, name)))


def _size(users: list[str]) -> None:
    if not users:
        raise Refusal(86204, "no members")
    if not LEAST <= len(users) <= MOST:
        raise Refusal(86006, "2 to 2000 members")


def _known(world: World, users: Iterable[str], code: int) -> None:
    for userid in users:
        if world.corp.reachable(userid) is None:
            raise Refusal(code, f"illegal member {userid}")
