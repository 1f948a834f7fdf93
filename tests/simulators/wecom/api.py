"""The platform's API over HTTP: /cgi-bin/… as the documents describe it, with what has been scripted to go wrong.

Order of the checks: the address's and the API's limits, token, trusted address (60020, with the address in errmsg), and
then the call itself. Only an accepted call changes anything. Channels.md 1.4, 1.5, 1.10, 1.11.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import format_datetime
from typing import Any, cast

from aiohttp import web

from tests.simulators.wecom import appchat, contacts, media, sending
from tests.simulators.wecom.faults import Fault, Faults
from tests.simulators.wecom.limits import HOUR, MINUTE
from tests.simulators.wecom.reading import Json, Refusal, wrong
from tests.simulators.wecom.record import ApiCall
from tests.simulators.wecom.sending import Call
from tests.simulators.wecom.world import World

Handler = Callable[[World, Call], Json]
POSTS: Mapping[str, Handler] = {
    "message/send": sending.send,
    "message/update_template_card": sending.update_card,
    "appchat/create": appchat.create,
    "appchat/update": appchat.update,
    "appchat/send": appchat.send,
    "user/list_id": contacts.list_id,
}
GETS: Mapping[str, Handler] = {
    "appchat/get": appchat.get,
    "agent/get": contacts.agent,
    "user/get": contacts.user,
    "user/simplelist": contacts.simple_list,
    "department/simplelist": contacts.departments,
    "getcallbackip": contacts.callback_ips,
    "get_api_domain_ip": contacts.api_ips,
}


class Api:
    """`latency`: seconds before each answer, so that calls can overlap."""

    def __init__(self, world: World) -> None:
        self.world, self.faults, self.latency = world, Faults(), 0.0
        self._open: dict[str, int] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path not in POSTS and path not in GETS and path not in ("gettoken", "media/upload"):
            return web.Response(status=404, text="no such API in the simulator")
        fault = self.faults.take(path)
        raw = b"" if path == "media/upload" else await request.read()
        spoils = fault is not None and fault.kind not in ("revoke", "rate")
        if fault is not None and spoils and not fault.accepted:
            return await self._spoil(request, fault, path, raw, None)
        self._open[path] = self._open.get(path, 0) + 1
        try:
            if self.latency:
                await asyncio.sleep(self.latency)
            answer = await self._answer(request, path, raw, fault)
        finally:
            self._open[path] -= 1
        if fault is not None and spoils:
            return await self._spoil(request, fault, path, raw, answer)
        return self._json(answer)

    async def _answer(self, request: web.Request, path: str, raw: bytes, fault: Fault | None) -> Json:
        """Whatever the outcome, it is in the record."""
        call = Call(dict(request.query), {}, raw, request.remote or "")
        try:
            self._script(path, fault)
            self._gate(path, call)
            result = await self._do(request, path, call)
        except Refusal as refusal:
            self._note(path, call, refusal.code, refusal.why, fault)
            return {"errcode": refusal.code, "errmsg": _errmsg(refusal, call.ip)}
        self._note(path, call, 0, call.note, fault)
        return {"errcode": 0, "errmsg": "ok", **result}

    def _script(self, path: str, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "revoke":
            self.world.tokens.revoke()
        if fault is not None and fault.kind == "rate":
            self.world.counter.block(path, self.world.now(), MINUTE)

    def _gate(self, path: str, call: Call) -> None:
        world, limits = self.world, self.world.corp.limits
        now = world.now()
        by_ip = [(limits.ip_minute, MINUTE), (limits.ip_hour, HOUR)]
        world.counter.check(f"calls from {call.ip}", now, by_ip)
        if path != "gettoken":
            world.tokens.check(call.query.get("access_token", ""), now)
            if world.corp.trusted_ips is not None and call.ip not in world.corp.trusted_ips:
                raise Refusal(60020, "not allow to access from your ip")
        world.counter.check(path, now, [(limits.api_minute, MINUTE), (limits.api_hour, HOUR)])
        if limits.concurrent is not None and self._open[path] > limits.concurrent:
            raise Refusal(45033, "too many concurrent calls")

    async def _do(self, request: web.Request, path: str, call: Call) -> Json:
        if path == "gettoken":
            asked = call.query
            now = self.world.now()
            return self.world.tokens.give(asked.get("corpid", ""), asked.get("corpsecret", ""), call.ip, now)
        if path == "media/upload":
            return media.upload(self.world, call.query.get("type", ""), await _uploaded(request))
        if path in GETS:
            return GETS[path](self.world, call)
        if request.method != "POST":
            raise Refusal(43002, "require POST method")
        call.body = _body(call.raw)
        return POSTS[path](self.world, call)

    def _note(self, path: str, call: Call, code: int | None, note: str, fault: Fault | None) -> None:
        record, name = self.world.record, fault.name if fault else ""
        record.calls.append(ApiCall(record.next(), self.world.now(), path, call.body, call.raw, code, note, name))

    async def _spoil(
        self, request: web.Request, fault: Fault, path: str, raw: bytes, answer: Json | None
    ) -> web.StreamResponse:
        if answer is None:
            self._note(path, Call({}, {}, raw, ""), fault.code if fault.kind == "code" else None, "spoiled", fault)
            answer = {"errcode": fault.code, "errmsg": "scripted"}
        if fault.kind == "code":
            return self._json({"errcode": fault.code, "errmsg": "scripted"})
        if fault.kind == "status":
            return web.Response(status=fault.status, text="scripted", headers=self._headers())
        if fault.kind == "body":
            return web.Response(text=fault.text, content_type="text/html", headers=self._headers())
        if fault.kind == "trickle":
            return await self._trickle(request, answer, fault.seconds)
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _trickle(self, request: web.Request, answer: Json, seconds: float) -> web.StreamResponse:
        response = web.StreamResponse(headers={**self._headers(), "Content-Type": "application/json"})
        await response.prepare(request)
        for byte in json.dumps(answer).encode():
            await response.write(bytes([byte]))
            await asyncio.sleep(seconds)
        return response

    def _headers(self) -> dict[str, str]:
        return {"Date": format_datetime(self.world.platform_now().astimezone(UTC), usegmt=True)}

    def _json(self, answer: Json) -> web.Response:
        return web.json_response(answer, headers=self._headers())


def _body(raw: bytes) -> Json:
    try:
        found: Any = json.loads(raw)
    except ValueError as error:
        raise wrong("Warning: wrong json format.") from error
    if not isinstance(found, dict):
        raise wrong("Warning: wrong json format.")
    return cast("Json", found)


async def _uploaded(request: web.Request) -> bytes | None:
    if not request.content_type.startswith("multipart/"):
        return None
    found = (await request.post()).get("media")
    return found.file.read() if isinstance(found, web.FileField) else None


def _errmsg(refusal: Refusal, ip: str) -> str:
    hint = "[1764000000000000000000000]"
    more = f"https://open.work.weixin.qq.com/devtool/query?e={refusal.code}"
    return f"{refusal.why}, hint: {hint}, from ip: {ip}, more info at {more}"
