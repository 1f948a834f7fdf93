"""Reading what the bot answers within the callback: a passive reply, unsealed and checked as the platform would.

Channels.md 0, 1.2 and 1.3 (pages 90241, 90238). An empty answer means: nothing to say. Anything else must be sealed.
"""

import hmac

from tests.simulators.wecom import cards
from tests.simulators.wecom.crypto import Broken, signature, unseal
from tests.simulators.wecom.messages import MEDIA, MOST_BYTES, Content
from tests.simulators.wecom.reading import Json, Refusal, bytes_in, cut
from tests.simulators.wecom.record import Line
from tests.simulators.wecom.world import World
from tests.simulators.wecom.xml import as_json, only, parsed

CARD_ANSWERS = frozenset({"update_button", "update_template_card"})
SPOKEN = frozenset({"text", "news"}) | (MEDIA - {"file"})
# Messages, and the events that a passive reply is allowed for.
ANSWERED = frozenset({"text", "image", "voice", "video", "location", "link"}) | {
    "subscribe",
    "enter_agent",
    "LOCATION",
    "click",
    "view",
    "view_miniprogram",
    "scancode_waitmsg",
    "template_card_menu_event",
}


def take(world: World, userid: str, what: str, task_id: str, body: str) -> Line | None:
    """Let the member see the answer; None: it was empty. Raises Broken for what the platform would not show."""
    if not body:
        return None
    root = parsed(_unsealed(world, body))
    kind = only(root, "MsgType")
    _addressed(world, only(root, "ToUserName"), only(root, "FromUserName"), only(root, "CreateTime"), userid)
    if kind in CARD_ANSWERS:
        if what != "template_card_event":
            raise Broken(f"{kind} answers no {what}")
        return _change(world, userid, task_id, as_json(root))
    if what not in ANSWERED:
        raise Broken(f"there is no passive {kind} for {what}")
    if kind == "text":
        text = only(root, "Content")
        content = Content("text", cut(text, MOST_BYTES), cut=bytes_in(text) > MOST_BYTES)
    elif kind in SPOKEN:
        content = Content(kind, f"[{kind}]", as_json(root))
    else:
        raise Broken(f"there is no passive {kind}")
    return world.line(userid, content, passive=True)


def _unsealed(world: World, body: str) -> str:
    app = world.corp.app
    envelope = parsed(body)
    sealed, claimed = only(envelope, "Encrypt"), only(envelope, "MsgSignature")
    timestamp, nonce = only(envelope, "TimeStamp"), only(envelope, "Nonce")
    if not timestamp.isdecimal() or not nonce:
        raise Broken("TimeStamp or Nonce is missing")
    if not hmac.compare_digest(signature(app.token, timestamp, nonce, sealed).encode(), claimed.encode()):
        raise Broken("the answer's signature is wrong")
    return unseal(app.aes_key, sealed, world.corp.corp_id)


def _addressed(world: World, to: str, sender: str, created: str, userid: str) -> None:
    if to.lower() != userid.lower() or sender != world.corp.corp_id:
        raise Broken("ToUserName or FromUserName is wrong")
    if not created.isdecimal():
        raise Broken("CreateTime is no number")


def _change(world: World, userid: str, task_id: str, answer: Json) -> Line:
    """Only the one who tapped sees it."""
    change = {name: answer[name] for name in ("button", "template_card") if name in answer}
    try:
        cards.check_change(change)
    except Refusal as refusal:
        raise Broken(refusal.why) from refusal
    line = world.change_card(userid, task_id, change, passive=True)
    if line is None:
        raise Broken("there is no such card")
    return line
