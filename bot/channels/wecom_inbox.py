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
TAPPED = frozenset({"template_card_event"})
ON_A_CARD = 112  # characters of its sub_title_text
NOTHING = 0  # the platform takes no answer to a file in the same call
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

    `sender` and `corporation`: whom an answer goes to and from. `tapped`: what was tapped on a card, which shows the
    answer.
    """

    message: Message | None
    sender: str = ""
    corporation: str = ""
    alarm: str = ""
    tapped: str = ""


def received(channel: str, fields: Mapping[str, Any]) -> Received:
    sender, corporation = _text(fields, "FromUserName"), _text(fields, "ToUserName")
    event = _text(fields, "Event") if _text(fields, "MsgType") == "event" else ""
    if event in GOVERNANCE:
        return Received(None, sender, corporation, alarm=event)
    tapped, about = _tapped(fields) if event in TAPPED else ("", "")
    said = _event(event, fields) if event else _said(fields)
    text = tapped or said
    if text is None or not sender:
        return Received(None, sender, corporation)
    fits = ON_A_CARD if event in TAPPED else NOTHING if _text(fields, "MsgType") == "file" else None
    message = Message(channel, key_of(fields), sender, text, event in OPENED, about, fits)
    return Received(message, sender, corporation, tapped=tapped)


def key_of(fields: Mapping[str, Any]) -> str:
    """MsgId; an event has none, and is told apart by all it says."""
    number = _text(fields, "MsgId")
    if number.strip("0"):
        return number
    whole = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return f"event-{hashlib.sha256(whole.encode()).hexdigest()}"


def _said(fields: Mapping[str, Any]) -> str | None:
    kind = _text(fields, "MsgType")
    return _text(fields, "Content") if kind == "text" else SHOWN.get(kind)


def _event(event: str, fields: Mapping[str, Any]) -> str | None:
    if event in OPENED:
        return ""
    return _text(fields, "EventKey") if event == "click" else None


def _tapped(fields: Mapping[str, Any]) -> tuple[str, str]:
    """What a button says, and behind the first `|` the round it asks of."""
    said, _, about = _text(fields, "EventKey").partition("|")
    return said, about


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
