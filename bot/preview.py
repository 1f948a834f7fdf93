"""What everybody will hear if nobody answers: the real program, run ahead on a store that is thrown away."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import advance
from bot.channels.base import Capabilities
from bot.clock import StillClock
from bot.config.model import Config
from bot.domain import instant
from bot.flow.wanted import addresses
from bot.making import CAN, Always, Known
from bot.message import Outgoing, Sent
from bot.opening import open_bot


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person, as it would arrive."""

    at: datetime
    member: str
    channel: str
    text: str


class _Postbox:
    """Stands in for a channel, can what it can, and only writes down what it is given to send."""

    def __init__(
        self, name: str, can: Capabilities, clock: StillClock, owners: Mapping[str, str], letters: list[Letter]
    ) -> None:
        self.name, self.can = name, can
        self._clock, self._owners, self._letters = clock, owners, letters

    async def send(self, batch: Sequence[Outgoing]) -> list[Sent]:
        now = self._clock.now()
        self._letters += [Letter(now, self._owners[one.address], self.name, one.text) for one in batch]
        return [Sent(one.address) for one in batch]

    async def close(self) -> None:
        """Nothing is open."""


async def messages(config: Config, start: datetime, days: int) -> list[Letter]:
    """Every message of these days, in order. Nothing of the unit's own is read, written or sent."""
    letters: list[Letter] = []
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        clock = StillClock(start)
        boxes = _postboxes(config, clock, letters)
        database, key = Path(folder, "preview.db"), Path(folder, "preview.key")
        bot = open_bot(config, database, key, clock, make=Always(boxes))
        try:
            await bot.apply()
            await advance(bot, clock, start + timedelta(days=days))
        finally:
            await bot.store.close()
    return sorted(letters, key=lambda one: (one.at, one.member))


def first_day(config: Config, now: datetime) -> datetime | None:
    """When the first branch opens, or now if that is past; None: none is to come or running."""
    unit = ZoneInfo(config.time_zone)
    places = [(one, ZoneInfo(one.time_zone) if one.time_zone else unit) for one in config.branches.values()]
    opens = [instant.start_of(one.opens, zone) for one, zone in places if instant.end_of(one.closes, zone) > now]
    return max(min(opens), now) if opens else None


def _postboxes(config: Config, clock: StillClock, letters: list[Letter]) -> Known:
    owners: dict[str, dict[str, str]] = {name: {} for name in config.channels}
    for id_, person in config.people.items():
        for name, address in addresses(config, id_, person).items():
            owners[name][address] = id_
    return {
        name: (one, _Postbox(name, replace(CAN[one.kind], cards=False, groups=False), clock, owners[name], letters))
        for name, one in config.channels.items()
    }
