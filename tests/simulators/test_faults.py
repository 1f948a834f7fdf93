"""Faults on order: each looks to the caller as it should, and only what was accepted has been done."""

import asyncio
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from tests.simulators.calling import Caller, calling, message
from tests.simulators.wecom import Fault


async def outcome(app: Caller, text: str, seconds: float = 5.0) -> tuple[int, Any]:
    """HTTP status and body, or 0 and what went wrong."""
    if not app.token:
        await app.get("getcallbackip")
    url, query = f"{app.wecom.url}/cgi-bin/message/send", {"access_token": app.token}
    try:
        async with (
            asyncio.timeout(seconds),
            app.session.post(url, params=query, json=message("li", text=text)) as answer,
        ):
            return answer.status, await answer.text()
    except (aiohttp.ClientError, TimeoutError) as error:
        return 0, type(error).__name__


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    ("kind", "seconds", "status", "wrong"),
    [
        ("hang", 0.1, 0, "TimeoutError"),
        ("reset", 5.0, 0, "ServerDisconnectedError|ClientOSError"),
        ("status", 5.0, 502, ""),
        ("body", 5.0, 200, "<html>"),
    ],
)
async def test_a_fault_before_accepting_leaves_nothing_and_one_after_has_done_it(
    kind: Any, seconds: float, status: int, wrong: str, accepted: bool
) -> None:
    async with calling() as app:
        app.wecom.faults.add(Fault(kind, "message/send", accepted=accepted))
        got, said = await outcome(app, "1", seconds)
        assert got == status
        assert any(one in said for one in wrong.split("|"))
        assert app.wecom.record.received("li") == (["1"] if accepted else [])
        assert app.wecom.record.of("message/send")[0].fault
        assert (await outcome(app, "2"))[0] == 200
        assert app.wecom.record.received("li")[-1] == "2"


async def test_an_answer_that_trickles_is_whole_for_who_waits_and_never_for_who_does_not() -> None:
    async with calling() as app:
        app.wecom.faults.add(Fault("trickle", "message/send", accepted=True, seconds=0.0))
        assert '"errcode": 0' in (await outcome(app, "1"))[1]
        app.wecom.faults.add(Fault("trickle", "message/send", accepted=True, seconds=0.1))
        assert await outcome(app, "2", 0.3) == (0, "TimeoutError")
        assert app.wecom.record.received("li") == ["1", "2"]


async def test_a_fault_waits_for_its_path_and_its_turn() -> None:
    async with calling() as app:
        app.wecom.faults.add(Fault("code", "message/send", skip=1, times=2, code=-1))
        assert (await app.get("getcallbackip"))["errcode"] == 0
        codes = [(await app.text("li", str(n)))["errcode"] for n in range(4)]
        assert codes == [0, -1, -1, 0]
        assert app.wecom.record.received("li") == ["0", "3"]
        assert not app.wecom.faults.waiting


async def test_a_token_revoked_midway_and_a_rate_limit_are_as_real_ones() -> None:
    async with calling() as app:
        app.wecom.faults.add(Fault("revoke", "message/send"))
        assert (await app.text("li", "1"))["errcode"] == 40014
        app.token = ""
        app.wecom.faults.add(Fault("rate", "message/send"))
        assert [(await app.text("li", "2"))["errcode"] for _ in range(2)] == [45009, 45009]
        assert (await app.get("getcallbackip"))["errcode"] == 0
        app.clock.later(minutes=1)
        assert (await app.text("li", "2"))["errcode"] == 0


async def test_the_clock_of_the_platform_can_be_ahead() -> None:
    async with calling() as app:
        app.wecom.skew(timedelta(minutes=7))
        await app.get("getcallbackip")
        query = {"access_token": app.token}
        async with app.session.get(f"{app.wecom.url}/cgi-bin/getcallbackip", params=query) as answer:
            assert parsedate_to_datetime(answer.headers["Date"]) - app.clock.now() == timedelta(minutes=7)


async def test_what_is_called_off_does_not_happen() -> None:
    async with calling() as app:
        app.wecom.faults.add(Fault("reset", times=9))
        app.wecom.faults.clear()
        assert (await app.text("li", "1"))["errcode"] == 0
