"""Which real channels no admin has said yes to yet, and how one says it."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from bot.config.model import ChannelConfig
from bot.store.outbox import Due
from bot.work import Work

ALARM, DAILY = "first_send", timedelta(days=1)


def mark_of(channel: ChannelConfig) -> str:
    """Another app or host is another channel, whatever it is called."""
    known = f"{channel.corp_id}|{channel.agent_id}|{channel.api_base}"
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def unconfirmed(work: Work) -> Mapping[str, str]:
    """By name, the mark of every channel that reaches the outside and was never confirmed as it is now."""
    real = {name: mark_of(one) for name, one in work.config.channels.items() if not one.on_this_machine}
    return {name: mark for name, mark in real.items() if work.tables.facts.setting(f"sending:{name}") != mark}


def confirm(work: Work) -> list[str]:
    """From now on these channels are used: what waits goes, unless it is out of date. Their names."""
    waits = unconfirmed(work)
    for name, mark in waits.items():
        work.tables.facts.put(f"sending:{name}", mark)
    work.tables.outbox.release(work.now)
    for branch in work.tables.branches.running():
        work.mind_chat(branch)
    return sorted(waits)


def held_back(work: Work) -> list[Due]:
    """What is owed to others than admins over a channel that waits for the word."""
    waits, admins = unconfirmed(work), work.config.admins
    owed = [one for one in work.tables.outbox.owed() if one.member not in admins]
    return [one for one in owed if (reach := work.reach(one.member, one.branch)) and reach[0] in waits]


def ring(work: Work, _: str) -> None:
    """Nobody has said yes since yesterday: the admins are asked again, with how many people wait."""
    waits = unconfirmed(work)
    if not waits:
        work.tables.alarms.put(ALARM, "", None)
        return
    count = len({one.member for one in held_back(work)})
    work.owe_admins("sending.waits", f"still_waits:{work.today()}", channels=sorted(waits), count=count)
    work.tables.alarms.put(ALARM, "", work.now + DAILY)
