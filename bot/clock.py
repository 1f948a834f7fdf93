"""The hour it is: rules live by a Clock that may start elsewhere, run fast or stand still until told."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where rules take the hour from. Leases, time-outs and links never use it: they use `real`/`monotonic`."""

    def now(self) -> datetime:
        """The present of the rules: aware, UTC, whole seconds."""
        ...

    def real_seconds(self, span: timedelta) -> float | None:
        """How many real seconds `span` of rule time takes; None: it does not pass by itself."""
        ...


def real() -> datetime:
    """The machine's own wall clock, for signed links and leases: aware, UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never jump, for leases and time-outs."""
    return time.monotonic()


class RunningClock:
    """Wall time, or a time of one's own that starts at `start` and runs `speed` times as fast."""

    def __init__(self, start: datetime | None = None, speed: float = 1.0) -> None:
        self._start, self._speed, self._zero = start, speed, monotonic()

    @property
    def real(self) -> bool:
        """Whether it shows the machine's own hour."""
        return self._start is None

    def go_on_from(self, left: datetime) -> None:
        """A clock of one's own does not go back behind the hour it was left at."""
        if self._start is not None:
            self._start, self._zero = max(self.now(), left), monotonic()

    def now(self) -> datetime:
        if self._start is None:
            return real().replace(microsecond=0)
        passed = (monotonic() - self._zero) * self._speed
        return (self._start + timedelta(seconds=passed)).replace(microsecond=0)

    def real_seconds(self, span: timedelta) -> float:
        return span.total_seconds() / (self._speed if self._start else 1.0)


class StillClock:
    """Stands still until told: for the demo's buttons, rehearsals and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def real_seconds(self, span: timedelta) -> None:  # noqa: ARG002
        return None

    def move(self, to: datetime) -> None:
        """Set the hour; it never goes back."""
        self._now = max(self._now, to.replace(microsecond=0))
