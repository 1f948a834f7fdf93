"""Steering the simulator from outside, and the page that plays the client: /, /page/… and /control/….

No document knows these paths; they are for tests in another process and for `make demo-wecom`.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.simulators.wecom.corp import member_of
from tests.simulators.wecom.faults import Fault
from tests.simulators.wecom.people import CannotTap
from tests.simulators.wecom.reading import Json, Refusal
from tests.simulators.wecom.record import Delivered, Line

if TYPE_CHECKING:
    from tests.simulators.wecom.server import Wecom

PAGE = Path(__file__).parent / "page"
Deed = Callable[["Wecom", Json], Awaitable[Any]]


def add_to(app: web.Application, wecom: "Wecom") -> None:
    async def root(request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def state(request: web.Request) -> web.Response:
        return _json(_state(wecom))

    async def lines(request: web.Request) -> web.Response:
        after = int(request.query.get("after", "0"))
        found = wecom.record.lines(request.match_info["userid"], None)
        return _json([_line(line) for line in found if line.number > after])

    async def record(request: web.Request) -> web.Response:
        return _json(_record(wecom))

    async def act(request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            return web.Response(status=404)
        try:
            return _json(await deed(wecom, await request.json()))
        except (CannotTap, Refusal, KeyError, TypeError, ValueError) as error:
            return web.json_response({"wrong": f"{type(error).__name__}: {error}"}, status=400)

    app.router.add_get("/", root)
    app.router.add_static("/page", PAGE)
    app.router.add_get("/control/state", state)
    app.router.add_get("/control/lines/{userid}", lines)
    app.router.add_get("/control/record", record)
    app.router.add_post("/control/{deed}", act)


async def _say(wecom: "Wecom", body: Json) -> Json:
    return _delivered(await wecom.say(body["userid"], body["text"]))


async def _tap(wecom: "Wecom", body: Json) -> Json:
    done = await wecom.tap(body["userid"], body["task_id"], body["key"], body.get("selected"))
    return _delivered(done)


async def _send(wecom: "Wecom", body: Json) -> Json:
    """What is sent without words: voice, image, video, subscribe, unsubscribe, enter_agent."""
    kinds = {
        "voice": wecom.voice,
        "image": wecom.image,
        "video": wecom.video,
        "subscribe": wecom.subscribe,
        "unsubscribe": wecom.unsubscribe,
        "enter_agent": wecom.enter_agent,
    }
    return _delivered(await kinds[body["kind"]](body["userid"]))


async def _event(wecom: "Wecom", body: Json) -> Json:
    return _delivered(await wecom.event(body["userid"], body["event"], **body.get("fields", {})))


async def _fault(wecom: "Wecom", body: Json) -> Json:
    wecom.faults.add(Fault(**body))
    return {"waiting": len(wecom.faults.waiting)}


async def _calm(wecom: "Wecom", body: Json) -> Json:
    wecom.faults.clear()
    return {}


async def _revoke(wecom: "Wecom", body: Json) -> Json:
    wecom.tokens.revoke()
    return {}


async def _clock(wecom: "Wecom", body: Json) -> Json:
    """`at`: stand still at this hour; `skew`: the platform's clock ahead by so many seconds."""
    if "skew" in body:
        wecom.skew(timedelta(seconds=body["skew"]))
    if "at" in body:
        at = datetime.fromisoformat(body["at"]).astimezone(UTC)
        wecom.world.now = lambda: at
    return {"now": wecom.world.now().isoformat()}


async def _members(wecom: "Wecom", body: Json) -> Json:
    wecom.corp.add(member_of(one) for one in body["members"])
    return {"members": len(wecom.corp.members)}


async def _callback(wecom: "Wecom", body: Json) -> Json:
    """Save the address in the console: it is verified first, as there."""
    wecom.corp.app.callback_url = body.get("url", wecom.corp.app.callback_url)
    found = await wecom.verify()
    return {"good": found.good, "trouble": found.trouble}


async def _move(wecom: "Wecom", body: Json) -> Json:
    """The demo's clock: next, hour, day, run."""
    if wecom.move:
        await wecom.move(body["step"])
    return {"now": wecom.world.now().isoformat()}


async def _plugin(wecom: "Wecom", body: Json) -> Json:
    """Whether she reads in personal WeChat from now on."""
    member = wecom.corp.member(body["userid"])
    if member:
        member.plugin = bool(body["on"])
    return {}


DEEDS: dict[str, Deed] = {
    "say": _say,
    "tap": _tap,
    "send": _send,
    "event": _event,
    "fault": _fault,
    "calm": _calm,
    "revoke": _revoke,
    "clock": _clock,
    "members": _members,
    "move": _move,
    "plugin": _plugin,
    "callback": _callback,
}


def _state(wecom: "Wecom") -> Json:
    return {
        "app": wecom.corp.app.name,
        "clock": wecom.move is not None,
        "now": wecom.world.platform_now().isoformat(),
        "members": [asdict(member) for member in wecom.corp.members.values()],
        "chats": [asdict(chat) for chat in wecom.chats.values()],
        "last": wecom.record.last(),
        "cards": [
            {"userid": userid, "task_id": task_id, "card": held.card, "keys": held.open_keys()}
            for (userid, task_id), held in wecom.world.cards.held.items()
        ],
    }


def _record(wecom: "Wecom") -> Json:
    record = wecom.record
    return {
        "calls": [{k: v for k, v in asdict(call).items() if k != "raw"} for call in record.calls],
        "callbacks": [_delivered(one) for one in record.callbacks],
        "dropped": [asdict(one) for one in record.dropped],
    }


def _line(line: Line) -> Json:
    return asdict(line)


def _delivered(done: Delivered) -> Json:
    reply = _line(done.reply) if done.reply else None
    return {"what": done.what, "statuses": list(done.statuses), "reply": reply, "trouble": done.trouble}


def _json(found: Any) -> web.Response:
    return web.json_response(found, dumps=lambda one: json.dumps(one, ensure_ascii=False, default=str))
