"""What members have chosen for themselves: their hour, their channel, the menu of numbers."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from bot.domain.when import parse_clock
from bot.store.tx import Row, Tx

Style = Literal["", "numbers"]


@dataclass(frozen=True, slots=True)
class Preference:
    """`hour` None, `channel` and `style` empty: as everybody in her branch has it."""

    hour: time | None = None
    channel: str = ""
    style: Style = ""


class Preferences:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def of(self, member: str) -> Preference:
        row = self.tx.one("SELECT * FROM preference WHERE member = :member", member=member)
        return _preference(row) if row else Preference()

    def hours(self) -> dict[str, time]:
        """Everybody who has an hour of her own."""
        rows = self.tx.all("SELECT * FROM preference WHERE hour <> '' ORDER BY member")
        return {row["member"]: hour for row in rows if (hour := _preference(row).hour)}

    def put(self, member: str, chosen: Preference) -> None:
        self.tx.run(
            "INSERT INTO preference (member, hour, channel, style) VALUES (:member, :hour, :channel, :style)"
            " ON CONFLICT (member) DO UPDATE SET hour = excluded.hour, channel = excluded.channel,"
            " style = excluded.style",
            member=member,
            hour=f"{chosen.hour:%H:%M}" if chosen.hour else "",
            channel=chosen.channel,
            style=chosen.style,
        )


def _preference(row: Row) -> Preference:
    return Preference(parse_clock(row["hour"]), row["channel"], row["style"])
