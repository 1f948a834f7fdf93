"""The members' side: they write, tap, subscribe; what they do is posted to the bot and its answer shown to them.

Channels.md 1.2 and 1.3 (pages 90239, 90240).
"""

import asyncio
from collections.abc import Mapping, Sequence

from tests.simulators.wecom import cards
from tests.simulators.wecom.callback import Callback
from tests.simulators.wecom.messages import Content
from tests.simulators.wecom.record import Delivered
from tests.simulators.wecom.world import World
from tests.simulators.wecom.xml import Field, written

FIRST_ID = 4561255354251345929
SYSTEM = "sys"


class CannotTap(Exception):
    """The member has no such card, or it has no such button any more."""


class People:
    def __init__(self, world: World, callback: Callback) -> None:
        self._world, self._callback = world, callback
        self._last_id = FIRST_ID

    async def say(self, userid: str, text: str) -> Delivered:
        self._world.line(userid, Content("text", text), sender=userid)
        return await self._message(userid, "text", [("Content", text)])

    async def voice(self, userid: str) -> Delivered:
        self._world.line(userid, Content("voice", "[voice]"), sender=userid)
        return await self._message(userid, "voice", [("MediaId", self._media()), ("Format", "amr")])

    async def image(self, userid: str) -> Delivered:
        self._world.line(userid, Content("image", "[image]"), sender=userid)
        picture = ("PicUrl", "http://127.0.0.1/picture")
        return await self._message(userid, "image", [picture, ("MediaId", self._media())])

    async def video(self, userid: str) -> Delivered:
        self._world.line(userid, Content("video", "[video]"), sender=userid)
        return await self._message(userid, "video", [("MediaId", self._media()), ("ThumbMediaId", self._media())])

    async def file(self, userid: str, name: str) -> Delivered:
        """Not documented as coming in; some clients send it all the same."""
        self._world.line(userid, Content("file", "[file]"), sender=userid)
        return await self._message(userid, "file", [("MediaId", self._media()), ("FileName", name)])

    async def location(self, userid: str, latitude: str, longitude: str, label: str) -> Delivered:
        self._world.line(userid, Content("location", "[location]"), sender=userid)
        place: list[Field] = [("Location_X", latitude), ("Location_Y", longitude), ("Scale", 20), ("Label", label)]
        return await self._message(userid, "location", [*place, ("AppType", "wxwork")])

    async def link(self, userid: str, title: str, url: str) -> Delivered:
        self._world.line(userid, Content("link", "[link]"), sender=userid)
        return await self._message(userid, "link", [("Title", title), ("Description", ""), ("Url", url)])

    async def subscribe(self, userid: str) -> Delivered:
        return await self.event(userid, "subscribe")

    async def unsubscribe(self, userid: str) -> Delivered:
        return await self.event(userid, "unsubscribe")

    async def enter_agent(self, userid: str) -> Delivered:
        return await self.event(userid, "enter_agent", EventKey="")

    async def click(self, userid: str, key: str) -> Delivered:
        return await self.event(userid, "click", EventKey=key)

    async def governance(self, event: str, **fields: str) -> Delivered:
        """What the platform itself says: inactive_alert, close_inactive_agent, low_active_alert, …"""
        return await self.event(SYSTEM, event, **fields)

    async def event(self, userid: str, event: str, **fields: str) -> Delivered:
        return await self._post(
            userid, event, [("MsgType", "event"), ("Event", event), *fields.items()], fields.get("TaskId", "")
        )

    async def tap(
        self, userid: str, task_id: str, key: str, selected: Mapping[str, Sequence[str]] | None = None
    ) -> Delivered:
        """Raises CannotTap, and Refusal for a choice that is not on the card."""
        held = self._world.cards.held.get((userid.lower(), task_id))
        if held is None or key not in held.open_keys():
            raise CannotTap(f"{userid} cannot tap {key} on {task_id}")
        chosen = {question: list(ids) for question, ids in (selected or {}).items()}
        cards.selected(chosen, held.card)
        items: list[Field] = [("SelectedItem", _item(question, ids)) for question, ids in chosen.items()]
        code = self._world.cards.code(task_id, self._world.cards.holders(task_id), self._world.now())
        fields: list[Field] = [
            ("MsgType", "event"),
            ("Event", "template_card_event"),
            ("EventKey", key),
            ("TaskId", task_id),
            ("CardType", held.card["card_type"]),
            ("ResponseCode", code),
            *([("SelectedItems", items)] if items else []),
        ]
        return await self._post(userid, "template_card_event", fields, task_id)

    async def again(self, done: Delivered, times: int = 1) -> list[Delivered]:
        """The same message once more, or several times at once: what de-duplication is for."""
        return await asyncio.gather(*(self._callback.post(done.userid, done.what, done.xml) for _ in range(times)))

    def _media(self) -> str:
        return f"media-{self._world.record.next()}"

    async def _message(self, userid: str, kind: str, fields: Sequence[Field]) -> Delivered:
        self._last_id += 1
        return await self._post(userid, kind, [("MsgType", kind), *fields, ("MsgId", self._last_id)])

    async def _post(self, userid: str, what: str, fields: Sequence[Field], task_id: str = "") -> Delivered:
        member = self._world.corp.member(userid)
        head: list[Field] = [
            ("ToUserName", self._world.corp.corp_id),
            ("FromUserName", member.userid if member else userid),
            ("CreateTime", int(self._world.platform_now().timestamp())),
        ]
        xml = written([*head, *fields, ("AgentID", self._world.corp.app.agentid)])
        return await self._callback.post(userid, what, xml, task_id)


def _item(question: str, ids: Sequence[str]) -> list[Field]:
    return [("QuestionKey", question), ("OptionIds", [("OptionId", one) for one in ids])]
