"""WeCom (企业微信): a self-built app. Its callback comes in through the door, its messages go out by message/send.

A delivery is one call: one text for up to a thousand people. The platform tells a repeat by its bytes
(enable_duplicate_check), so the same delivery is the same bytes; which member it did not reach stands in the answer.
Source: developer.work.weixin.qq.com page 90236.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import clock, ids
from bot.channels.base import Capabilities
from bot.channels.wecom_api import Reply, WecomApi
from bot.channels.wecom_card import card_body, cdata, changed_card
from bot.channels.wecom_codes import WHY
from bot.channels.wecom_counts import Counts, Quota
from bot.channels.wecom_door import Door
from bot.channels.wecom_group import make
from bot.channels.wecom_inbox import Received, received
from bot.domain.group_chat import Done, Step
from bot.message import Outgoing, Sent

SAME_WITHIN = 14_400  # seconds in which the platform tells a repeat; the most it allows
REST = 600.0  # seconds before a call is tried again that somebody has to mend something for
TO_ONE = Quota(30, 1000)


class Wecom:
    can = Capabilities(recipients=1000, most_bytes=2048, cards=True, groups=True, off_the_hour=True)

    def __init__(
        self,
        name: str,
        agent: int,
        door: Door,
        api: WecomApi,
        *,
        cards: bool = True,
        groups: bool = True,
        outside: bool = True,
        to_one: Quota = TO_ONE,
        monotonic: Callable[[], float] = clock.monotonic,
    ) -> None:
        """`outside`: it is the real service, not a simulator. `to_one`: how much one member may be sent; the platform
        drops the rest and says nothing."""
        self.name, self._agent, self._door, self.api = name, agent, door, api
        self.can = replace(type(self).can, cards=cards, groups=groups, reaches_outside=outside)
        self._counts = Counts(to_one, monotonic)

    def echo(self, query: Mapping[str, str]) -> bytes:
        """Raises NotOurs."""
        return self._door.echo(query)

    def receive(self, query: Mapping[str, str], body: bytes) -> Received:
        """Raises NotOurs."""
        return received(self.name, self._door.open(query, body))

    def reply(self, to: Received, text: str, at: int, nonce: str) -> str:
        """The answer in the same connection, sealed anew each time; `at`: seconds of the epoch. To a tap it is the
        card, changed."""
        kind = "update_template_card" if to.tapped else "text"
        content = changed_card(to.tapped, text) if to.tapped else f"<Content>{cdata(text)}</Content>"
        xml = (
            f"<xml><ToUserName>{cdata(to.sender)}</ToUserName><FromUserName>{cdata(to.corporation)}</FromUserName>"
            f"<CreateTime>{at}</CreateTime><MsgType>{cdata(kind)}</MsgType>{content}</xml>"
        )
        return self._door.seal(xml, str(at), nonce, ids.new_chance())

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        """All of a batch say the same; it goes as one call, or waits whole while one of them has had too many."""
        addresses = [one.address for one in batch]
        if wait := self._counts.take(addresses):
            return [Sent(one, "wecom.too_many", retry=True, after=wait) for one in addresses]
        reply = await self.api.post("message/send", self._body(batch))
        if reply.meaning not in ("ok", "unknown"):
            self._counts.give_back(addresses)
        return outcomes(batch, reply)

    def recall(self, sent: Mapping[str, Iterable[float]]) -> None:
        """What went out before the start, in seconds ago: the platform has counted it too."""
        self._counts.recall(sent)

    async def group(self, step: Step) -> Done:
        return await make(self.api, step)

    async def close(self) -> None:
        await self.api.close()

    def _body(self, batch: Sequence[Outgoing]) -> bytes:
        """The same for the same delivery, to the byte."""
        message: dict[str, Any] = {
            "touser": "|".join(one.address for one in batch),
            "agentid": self._agent,
            **_content(batch[0]),
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_WITHIN,
        }
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _content(one: Outgoing) -> Mapping[str, Any]:
    if one.card is None:
        return {"msgtype": "text", "text": {"content": one.text}}
    return {"msgtype": "template_card", "template_card": card_body(one.card, one.reference.partition(":")[0])}


def outcomes(batch: Sequence[Outgoing], reply: Reply) -> list[Sent]:
    """What the answer to one call means for each of those it was for."""
    if reply.meaning == "ok":
        return [_reached(one, _unreached(reply)) for one in batch]
    why = f"wecom.{WHY.get(reply.code or 0, reply.code or 'silent')}"
    match reply.meaning:
        case "recipients":
            return [Sent(one.address, "wecom.unknown_user") for one in batch]
        case "permanent":
            return [Sent(one.address, why) for one in batch]
        case "configuration":
            told = reply.message
            return [Sent(one.address, why, retry=True, after=REST, to_mend=True, told=told) for one in batch]
        case "unknown":
            return [Sent(one.address, why, retry=True, sure_within=SAME_WITHIN) for one in batch]
        case _:
            return [Sent(one.address, why, retry=True, after=reply.rest) for one in batch]


def _reached(one: Outgoing, unreached: Mapping[str, str]) -> Sent:
    return Sent(one.address, unreached.get(one.address.lower(), ""))


def _unreached(reply: Reply) -> dict[str, str]:
    """A partial failure is errcode 0: whom it did not reach stands in lower case beside it."""
    names = (("invaliduser", "wecom.unknown_user"), ("unlicenseduser", "wecom.no_licence"))
    lists = ((reply.body.get(name), why) for name, why in names)
    return {
        address.lower(): why
        for listed, why in lists
        if isinstance(listed, str)
        for address in listed.split("|")
        if address
    }
