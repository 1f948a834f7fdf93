"""What WeCom tells us, as messages: words, taps on cards, the app being opened; all else is known to be nothing.

Fields and events: developer.work.weixin.qq.com pages 90239 (messages) and 90240 (events), as read 2026-11.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.message import Message

# What has no words comes in as the client shows it; the bot says how to send text.
SHOWN: Mapping[str, str] = {
    "voice": "[语音]",
    "image": "[图片]",
    "video": "[视频]",
    "shortvideo": "[视频]",
    "location": "[位置]",
    "link": "[链接]",
    "file": "[文件]",
}
OPENED = frozenset({"subscribe", "enter_agent"})
TAPPED = frozenset({"template_card_event", "template_card_menu_event"})
# WeCom is about to switch off an app that few use, or has: the admins have to know.
GOVERNANCE = frozenset(
    {
        "inactive_alert",
        "close_inactive_agent",
        "reopen_inactive_agent",
        "low_active_alert",
        "low_active",
        "active_restored",
    }
)


@dataclass(frozen=True, slots=True)
class Received:
    """`message` None: nobody said anything. `alarm`: an event of the platform's own that admins have to hear of.

    `sender` and `corporation`: whom an answer goes to and from.
    """

    message: Message | None
    sender: str = ""
    corporation: str = ""
    alarm: str = ""


def received(channel: str, fields: Mapping[str, Any]) -> Received:
    sender, corporation = _text(fields, "FromUserName"), _text(fields, "ToUserName")
    event = _text(fields, "Event") if _text(fields, "MsgType") == "event" else ""
    if event in GOVERNANCE:
        return Received(None, sender, corporation, alarm=event)
    said = _event(event, fields) if event else _said(fields)
    if said is None or not sender:
        return Received(None, sender, corporation)
    text, opened = said
    silent = (
        event == "template_card_event" or _text(fields, "MsgType") == "file"
    )  # answered by no text in the same call
    return Received(Message(channel, key_of(fields), sender, text, opened, silent), sender, corporation)


def key_of(fields: Mapping[str, Any]) -> str:
    """MsgId; an event has none, and is told apart by all it says."""
    number = _text(fields, "MsgId")
    if number.strip("0"):
        return number
    whole = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return f"event-{hashlib.sha256(whole.encode()).hexdigest()}"


def _said(fields: Mapping[str, Any]) -> tuple[str, bool] | None:
    kind = _text(fields, "MsgType")
    if kind == "text":
        return _text(fields, "Content"), False
    return (SHOWN[kind], False) if kind in SHOWN else None


def _event(event: str, fields: Mapping[str, Any]) -> tuple[str, bool] | None:
    if event in OPENED:
        return "", True
    if event == "click":
        return _text(fields, "EventKey"), False
    return (tapped(_text(fields, "EventKey")), False) if event in TAPPED else None


def tapped(key: str) -> str:
    """What a button says; behind the first `|` stands only what tells one button from another."""
    return key.split("|", 1)[0]


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
