"""What takes long is written into the log: which kind of work and how long, nobody's words."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

log = logging.getLogger("lianxin.store")
T = TypeVar("T")
Seconds = Callable[[], float]
LONG = 0.050  # seconds


class Watch:
    """Runs units by a clock that never jumps."""

    def __init__(self, seconds: Seconds) -> None:
        self._seconds = seconds

    def __call__(self, unit: Callable[..., Any], run: Callable[[], T], *, aside: bool) -> T:
        """`aside`: nobody's answer waits for it, so it is no warning. One that breaks has taken its time as well."""
        begun = self._seconds()
        try:
            return run()
        finally:
            took = self._seconds() - begun
            if took > LONG:
                level = logging.INFO if aside else logging.WARNING
                log.log(level, "slow unit kind=%s ms=%.0f", kind_of(unit), took * 1000)


def kind_of(unit: Callable[..., Any]) -> str:
    """Where in the program it is written: `bot.flow.inbound.Ear.hear`."""
    if isinstance(unit, partial):
        return kind_of(unit.func)
    name = getattr(unit, "__qualname__", type(unit).__qualname__)
    return f"{unit.__module__}.{name}".replace(".<locals>", "").replace(".<lambda>", "")
