"""Tokens and who may call: the simulator refuses what the documents refuse."""

import asyncio

import pytest

from tests.simulators.calling import calling
from tests.simulators.wecom import Corp, Limits


async def test_the_same_token_is_given_while_it_lasts_and_then_another() -> None:
    async with calling() as app:
        first = await app.gettoken()
        app.clock.later(seconds=7199)
        second = await app.gettoken()
        app.clock.later(seconds=1)
        third = await app.gettoken()
        assert first["access_token"] == second["access_token"] != third["access_token"]
        assert (first["expires_in"], second["expires_in"], third["expires_in"]) == (7200, 1, 7200)


@pytest.mark.parametrize(("token", "code"), [("", 41001), ("nonsense", 40014)])
async def test_a_token_that_is_none_is_refused(token: str, code: int) -> None:
    async with calling() as app:
        assert (await app.ask("GET", "agent/get", {"access_token": token}))["errcode"] == code


async def test_a_token_whose_time_is_over_is_expired_and_one_that_was_revoked_is_invalid() -> None:
    async with calling() as app:
        assert (await app.text("li", "1"))["errcode"] == 0
        app.clock.later(seconds=7200)
        assert (await app.text("li", "2"))["errcode"] == 42001
        old, app.token = app.token, ""
        assert (await app.text("li", "3"))["errcode"] == 0
        app.wecom.tokens.revoke()
        assert (await app.text("li", "4"))["errcode"] == 40014
        assert (await app.ask("GET", "agent/get", {"access_token": old}))["errcode"] == 42001
        assert app.wecom.record.received("li") == ["1", "3"]


async def test_a_wrong_corporation_and_a_wrong_secret_are_refused_and_repeated_wrong_secrets_banned_for_an_hour() -> (
    None
):
    async with calling() as app:
        assert (await app.gettoken(corp="ww0"))["errcode"] == 40013
        assert [(await app.gettoken("wrong"))["errcode"] for _ in range(6)] == [40001] * 5 + [45009]
        assert (await app.gettoken())["errcode"] == 45009
        app.clock.later(hours=1)
        assert (await app.gettoken())["errcode"] == 0


async def test_asking_for_tokens_too_often_is_refused_for_a_minute() -> None:
    async with calling(corp=Corp(limits=Limits(gettoken_minute=2))) as app:
        assert [(await app.gettoken())["errcode"] for _ in range(3)] == [0, 0, 45009]
        app.clock.later(seconds=59)
        assert (await app.gettoken())["errcode"] == 45009
        app.clock.later(seconds=1)
        assert (await app.gettoken())["errcode"] == 0


async def test_an_address_that_is_not_trusted_is_named_in_the_refusal() -> None:
    async with calling(corp=Corp(trusted_ips=frozenset({"203.0.113.7"}))) as app:
        answer = await app.text("li", "1")
        assert answer["errcode"] == 60020
        assert "from ip: 127.0.0.1" in answer["errmsg"]
        assert not app.wecom.record.received("li")


async def test_an_api_called_too_often_is_blocked_for_the_window_and_the_others_are_not() -> None:
    async with calling(corp=Corp(limits=Limits(api_minute=2, api_hour=3))) as app:
        codes = [(await app.text("li", str(n)))["errcode"] for n in range(3)]
        assert codes == [0, 0, 45009]
        assert (await app.get("getcallbackip"))["errcode"] == 0
        app.clock.later(minutes=1)
        assert [(await app.text("li", str(n)))["errcode"] for n in range(2)] == [0, 45009]
        app.clock.later(minutes=59)
        assert (await app.text("li", "9"))["errcode"] == 45009
        app.clock.later(minutes=1)
        assert (await app.text("li", "9"))["errcode"] == 0


async def test_an_address_that_calls_too_often_is_blocked_for_all_apis() -> None:
    async with calling(corp=Corp(limits=Limits(ip_minute=2))) as app:
        assert (await app.text("li", "1"))["errcode"] == 0
        assert (await app.get("getcallbackip"))["errcode"] == 45009


async def test_too_many_calls_at_once_are_refused() -> None:
    async with calling(corp=Corp(limits=Limits(concurrent=2))) as app:
        await app.text("li", "0")
        app.wecom.api.latency = 0.05
        answers = await asyncio.gather(*(app.text("li", str(n)) for n in range(1, 5)))
        assert {one["errcode"] for one in answers} == {0, 45033}


async def test_a_request_that_is_no_json_or_not_posted_is_refused() -> None:
    async with calling() as app:
        for raw in (b"{", b"[]", b""):
            assert (await app.post("message/send", raw))["errcode"] == 40058
        assert (await app.get("message/send"))["errcode"] == 43002
