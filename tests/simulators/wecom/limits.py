"""Counting: how often in the last minute, hour or day; and the block that follows when it was too often.

Channels.md 1.5 (page 90312): once blocked, the block lasts as long as the window whose limit was reached.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulators.wecom.reading import Refusal

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Rule = tuple[int, timedelta]


@dataclass(slots=True)
class _Window:
    seen: deque[tuple[datetime, int]] = field(default_factory=deque[tuple[datetime, int]])
    total: int = 0

    def spent(self, since: datetime) -> int:
        while self.seen and self.seen[0][0] <= since:
            self.total -= self.seen.popleft()[1]
        return self.total

    def add(self, now: datetime, weight: int) -> None:
        self.seen.append((now, weight))
        self.total += weight


class Counter:
    def __init__(self) -> None:
        self._windows: dict[tuple[str, timedelta], _Window] = {}
        self._blocked: dict[str, datetime] = {}

    def fits(self, key: str, now: datetime, rules: Sequence[Rule], weight: int = 1) -> bool:
        """Whether it was within the limits; what was is counted."""
        if self._broken(key, now, rules, weight) is not None:
            return False
        for _, span in rules:
            self._windows[key, span].add(now, weight)
        return True

    def check(self, key: str, now: datetime, rules: Sequence[Rule], weight: int = 1) -> None:
        """Raises Refusal 45009 past a limit, and then for as long as its window."""
        self.open(key, now)
        span = self._broken(key, now, rules, weight)
        if span is not None:
            self.block(key, now, span)
            raise Refusal(45009, f"api freq out of limit: {key}")
        self.fits(key, now, rules, weight)

    def open(self, key: str, now: datetime) -> None:
        if key in self._blocked and now < self._blocked[key]:
            raise Refusal(45009, f"api freq out of limit: {key} is blocked")

    def block(self, key: str, now: datetime, span: timedelta) -> None:
        self._blocked[key] = now + span

    def _broken(self, key: str, now: datetime, rules: Sequence[Rule], weight: int) -> timedelta | None:
        for most, span in rules:
            window = self._windows.setdefault((key, span), _Window())
            if window.spent(now - span) + weight > most:
                return span
        return None
