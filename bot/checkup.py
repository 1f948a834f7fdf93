"""Looking whether a set-up works: each channel asked what it can say of itself, and nothing sent or changed."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot import clock, ids
from bot.channels.wecom_api import Reply, WecomApi
from bot.channels.wecom_codes import WHY
from bot.channels.wecom_door import Door
from bot.config.model import ChannelConfig, Config
from bot.errors import CannotStart
from bot.flow.wanted import addresses
from bot.making import door_of, secret_of

ECHO_SECONDS = 1.0  # the console waits no longer
MOST_ASKED = 300  # people whose account is looked up
AT_ONCE = 8
SKEW = 60.0  # seconds
NO_CHAT = "lianxindoctor"  # the id of a group that is not there
NOT_THERE, NOT_IN_RANGE = frozenset({40003, 60111}), 60011


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: a sentence of templates/say, family doctor, and whether all is well with it."""

    key: str
    fine: bool
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


def _good(key: str, **facts: Any) -> Finding:
    return Finding(f"doctor.{key}", fine=True, facts=facts)


def _mend(key: str, **facts: Any) -> Finding:
    return Finding(f"doctor.{key}", fine=False, facts=facts)


async def checkup(config: Config) -> AsyncGenerator[Finding]:
    """Line by line, channel by channel, as it is found out."""
    for name, channel in config.channels.items():
        if channel.kind == "webchat":
            yield _good("webchat", channel=name, url=config.server.public_url)
            continue
        async with aclosing(_of_wecom(config, name, channel)) as found:
            async for one in found:
                yield one


async def _of_wecom(config: Config, name: str, channel: ChannelConfig) -> AsyncGenerator[Finding]:
    try:
        door, secret = door_of(name, channel), secret_of(name, channel.secret_env)
    except CannotStart as missing:
        yield Finding(missing.key, fine=False, facts=missing.facts)
        return
    yield _good("secrets", channel=name)
    api = WecomApi(channel.api_base, channel.corp_id, secret)
    try:
        yield await _clock(channel)
        token = await api.token()
        yield _of_token(channel, token)
        if token.meaning == "ok":
            yield await _agent(api, channel)
            yield await _range(api, config, name)
            if channel.group_chat:
                yield _of_group(await api.get("appchat/get", chatid=NO_CHAT))
    finally:
        await api.close()
    yield await _callback(config, name, door)


def _of_token(channel: ChannelConfig, reply: Reply) -> Finding:
    if reply.meaning == "ok":
        return _good("token")
    if reply.code is None:
        return _mend("unreachable", host=urlsplit(channel.api_base).hostname)
    return _trouble("token_refused", reply, env=channel.secret_env)


def _trouble(key: str, reply: Reply, **facts: Any) -> Finding:
    """What the platform says, and what to do where its code tells."""
    why = WHY.get(reply.code or 0, "")
    return _mend(key, code=reply.code, why=why, told=reply.message, **facts)


async def _clock(channel: ChannelConfig) -> Finding:
    """By the platform's Date header; what is far off makes links and tokens end at the wrong hour."""
    try:
        async with (
            asyncio.timeout(8),
            aiohttp.ClientSession() as session,
            session.get(f"{channel.api_base}/cgi-bin/getcallbackip") as response,
        ):
            written = response.headers.get("Date", "")
    except (TimeoutError, aiohttp.ClientError, OSError):
        return _mend("unreachable", host=urlsplit(channel.api_base).hostname)
    theirs = _date(written)
    apart = abs((clock.real() - theirs).total_seconds()) if theirs else 0.0
    return _good("clock") if apart <= SKEW else _mend("clock_off", seconds=round(apart))


def _date(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


async def _agent(api: WecomApi, channel: ChannelConfig) -> Finding:
    reply = await api.get("agent/get", agentid=str(channel.agent_id))
    if reply.meaning != "ok":
        return _trouble("agent_refused", reply, agent=channel.agent_id)
    return _good("agent", name=str(reply.body.get("name", "")), agent=channel.agent_id)


async def _range(api: WecomApi, config: Config, name: str) -> Finding:
    """Who of the file has no account there, or one that the app does not see."""
    on = {
        one: found[name] for one, person in config.people.items() if name in (found := addresses(config, one, person))
    }
    asked = list(on.items())[:MOST_ASKED]
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(address: str) -> Reply:
        async with gate:
            return await api.get("user/get", userid=address)

    replies = await asyncio.gather(*(look(address) for _, address in asked))
    unknown = [
        config.people[one].name for (one, _), reply in zip(asked, replies, strict=True) if reply.code in NOT_THERE
    ]
    outside = [
        config.people[one].name for (one, _), reply in zip(asked, replies, strict=True) if reply.code == NOT_IN_RANGE
    ]
    unread = [reply for reply in replies if reply.meaning != "ok" and reply.code not in NOT_THERE | {NOT_IN_RANGE}]
    if unread:
        return _trouble("range_unread", unread[0])
    if unknown or outside:
        return _mend("range_off", unknown=unknown, outside=outside)
    return _good("range", count=len(asked), more=len(on) - len(asked))


def _of_group(reply: Reply) -> Finding:
    """Asking for one that is not there tells whether one may ask at all."""
    if reply.code in (0, 86003, 86001):
        return _good("group")
    return _trouble("group_refused", reply)


async def _callback(config: Config, name: str, door: Door) -> Finding:
    """As the console does when the address is saved: a sealed word, which has to come back bare within a second."""
    url = f"{config.server.public_url.rstrip('/')}/callback/{name}"
    said, at = ids.new_chance().hex(), str(int(clock.real().timestamp()))
    query, begun = door.challenge(said, at, "77", ids.new_chance()), clock.monotonic()
    try:
        async with (
            asyncio.timeout(8),
            aiohttp.ClientSession() as session,
            session.get(url, params=query, allow_redirects=False) as response,
        ):
            status, body = response.status, await response.content.read(1024)
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        return _mend("callback_unreachable", url=url, reason=type(error).__name__)
    return judged(url, status, clock.monotonic() - begun, right=body == said.encode())


def judged(url: str, status: int, took: float, *, right: bool) -> Finding:
    """What the console would make of the answer, which took so many seconds."""
    if status != 200 or not right:
        return _mend("callback_wrong", url=url, status=status)
    if took > ECHO_SECONDS:
        return _mend("callback_slow", url=url, seconds=round(took, 1))
    return _good("callback", url=url) if url.startswith("https://") else _mend("callback_not_public", url=url)
