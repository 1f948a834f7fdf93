"""Group chats of WeCom: made, changed and spoken to by the app that made them; nobody can dissolve one but its owner.

Source: developer.work.weixin.qq.com pages 90245 (create), 98913 (update), 98914 (get), 90248 (send), 90313 (codes).
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from bot.channels.wecom_api import Reply, WecomApi
from bot.channels.wecom_codes import WHY
from bot.domain.group_chat import Done, GroupChat, Outcome, Step

OUTCOMES: Mapping[int, Outcome] = {
    0: "done",
    86215: "exists",
    86001: "gone",
    86003: "gone",
    **dict.fromkeys((40003, 60111, 86005, 86006, 86007, 86207, 86216), "illegal"),
}
AGAIN = frozenset({"rate", "transient", "token"})


async def make(api: WecomApi, step: Step) -> Done:
    """One step, one call."""
    if step.kind == "look":
        return done_of(await api.get("appchat/get", chatid=step.chat), step)
    path = {"create": "appchat/create", "update": "appchat/update", "say": "appchat/send"}[step.kind]
    body = json.dumps(_body(step), ensure_ascii=False, separators=(",", ":")).encode()
    return done_of(await api.post(path, body), step)


def _body(step: Step) -> Mapping[str, Any]:
    match step.kind:
        case "say":
            return {"chatid": step.chat, "msgtype": "text", "text": {"content": step.text}}
        case "create":
            parts = {"name": step.name, "owner": step.owner, "userlist": list(step.add)}
        case _:
            lists = {"add_user_list": list(step.add), "del_user_list": list(step.remove)}
            parts = {"name": step.name, "owner": step.owner, **lists}
    return {"chatid": step.chat, **{name: value for name, value in parts.items() if value}}


def done_of(reply: Reply, step: Step) -> Done:
    """What the answer means; a refusal nobody has told us of is taken for “this app may not”."""
    if reply.meaning in AGAIN:
        return Done("again", after=reply.rest)
    if reply.meaning == "unknown":
        return Done("unclear")
    outcome = OUTCOMES.get(reply.code or 0, "refused")
    why = WHY.get(reply.code or 0, "refused") if outcome == "refused" else "illegal" if outcome == "illegal" else ""
    return Done(outcome, _found(reply, step) if step.kind == "look" and outcome == "done" else None, why)


def _found(reply: Reply, step: Step) -> GroupChat:
    info = reply.body.get("chat_info")
    found = cast("Mapping[str, Any]", info if isinstance(info, dict) else {})
    people = frozenset(str(one).lower() for one in found.get("userlist", ()))
    return GroupChat(step.chat, "there", str(found.get("name", "")), str(found.get("owner", "")).lower(), people)
