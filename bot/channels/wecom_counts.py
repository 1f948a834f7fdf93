"""How much has gone to each member and from the app: the platform drops the excess and says nothing, so we count.

Source: developer.work.weixin.qq.com page 90312.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

A_MINUTE, AN_HOUR, A_DAY = 60.0, 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Quota:
    """So many a minute and an hour; `day`: person-times of the whole app, 0 where nobody has said how many."""

    minute: int
    hour: int
    day: int = 0


class Counts:
    def __init__(self, quota: Quota, monotonic: Callable[[], float]) -> None:
        self._quota, self._monotonic = quota, monotonic
        self._to: dict[str, deque[float]] = {}
        self._all: deque[tuple[float, int]] = deque()

    def take(self, addresses: Sequence[str]) -> float:
        """Count a message to these; or, where one of them or the app has had too many, the seconds to wait."""
        now = self._monotonic()
        wait = max([self._app_full(now, len(addresses)), *(self._full(one, now) for one in addresses)])
        if not wait:
            self._note(addresses, now)
        return wait

    def give_back(self, addresses: Sequence[str]) -> None:
        """What was counted last for these has not gone out."""
        for one in addresses:
            self._to[one].pop()
        if self._quota.day:
            self._all.pop()

    def recall(self, sent: Mapping[str, Iterable[float]]) -> None:
        """What went out before the bot was started, in seconds ago."""
        now = self._monotonic()
        for address, ago in sent.items():
            before = deque(sorted(now - one for one in ago))
            self._to[address] = before + self._to.get(address, deque())

    def _note(self, addresses: Sequence[str], now: float) -> None:
        for one in addresses:
            self._to.setdefault(one, deque()).append(now)
        if self._quota.day:
            self._all.append((now, len(addresses)))

    def _full(self, address: str, now: float) -> float:
        sent = self._to.get(address)
        while sent and now - sent[0] >= AN_HOUR:
            sent.popleft()
        if not sent:
            self._to.pop(address, None)
            return 0.0
        minute, hour = self._quota.minute, self._quota.hour
        waits = [AN_HOUR - (now - sent[-hour]) if len(sent) >= hour else 0.0]
        waits.append(A_MINUTE - (now - sent[-minute]) if len(sent) >= minute else 0.0)
        return max(0.0, *waits)

    def _app_full(self, now: float, more: int) -> float:
        """The window is a day; it is looked at again after an hour at the latest."""
        while self._all and now - self._all[0][0] >= A_DAY:
            self._all.popleft()
        full = self._quota.day and sum(number for _, number in self._all) + more > self._quota.day
        return min(AN_HOUR, A_DAY - (now - self._all[0][0])) if full and self._all else 0.0
