"""Builds the channels that the file names. Secrets come from the environment and stand in no file."""

import os
from collections.abc import Callable, Mapping, Sequence

from bot import clock
from bot.channels.base import Capabilities, Channel
from bot.channels.webchat import Remember, Webchat
from bot.channels.wecom import Wecom
from bot.channels.wecom_api import WecomApi
from bot.channels.wecom_counts import Quota
from bot.channels.wecom_door import Door
from bot.config.model import ChannelConfig
from bot.errors import CannotStart

Known = Mapping[str, tuple[ChannelConfig, Channel]]
Make = Callable[[Mapping[str, ChannelConfig], Known, Callable[[str], Remember]], tuple[Known, Sequence[Channel]]]
CAN: Mapping[str, Capabilities] = {"webchat": Webchat.can, "wecom": Wecom.can}


class Always:
    """Makes nothing: these channels, whatever the file says."""

    def __init__(self, made: Known) -> None:
        self._made = made

    def __call__(self, *_: object) -> tuple[Known, Sequence[Channel]]:
        return self._made, ()


SILENT = Always({})  # for a command that sends nothing: it needs no secret


def make_all(
    wanted: Mapping[str, ChannelConfig],
    known: Known,
    remember: Callable[[str], Remember],
    *,
    monotonic: Callable[[], float] = clock.monotonic,
) -> tuple[Known, Sequence[Channel]]:
    """The channels by name, and those of `known` that are no longer used and have to be closed.

    What has not changed goes on as it is: a WeCom channel has a token and a count of what it sent. Raises CannotStart.
    """
    made: dict[str, tuple[ChannelConfig, Channel]] = {}
    for name, one in wanted.items():
        before = known.get(name)
        made[name] = before if before and before[0] == one else (one, _make(name, one, remember, monotonic))
    kept = {id(channel) for _, channel in made.values()}
    return made, [channel for _, channel in known.values() if id(channel) not in kept]


def _make(
    name: str, one: ChannelConfig, remember: Callable[[str], Remember], monotonic: Callable[[], float]
) -> Channel:
    if one.kind == "webchat":
        return Webchat(name, remember(name))
    door, secret = door_of(name, one), secret_of(name, one.secret_env)
    api = WecomApi(one.api_base, one.corp_id, secret, quota=Quota(one.api_minute, one.api_hour), monotonic=monotonic)
    to_one = Quota(one.member_minute, one.member_hour, one.app_day)
    return Wecom(
        name,
        one.agent_id,
        door,
        api,
        cards=one.cards,
        groups=one.group_chat,
        outside=not one.on_this_machine,
        to_one=to_one,
        monotonic=monotonic,
    )


def door_of(name: str, one: ChannelConfig) -> Door:
    """Raises CannotStart where a secret is missing, or is none that the console would give."""
    token, key = secret_of(name, one.token_env), secret_of(name, one.encoding_aes_key_env)
    try:
        return Door(token, key, one.corp_id)
    except ValueError as wrong:
        env = one.token_env if str(wrong) == "token" else one.encoding_aes_key_env
        raise CannotStart("start.wrong_secret", channel=name, env=env) from None


def secret_of(channel: str, env: str) -> str:
    """Raises CannotStart where the environment has none."""
    found = os.environ.get(env, "").strip()
    if not found:
        raise CannotStart("start.no_secret", channel=channel, env=env)
    return found
