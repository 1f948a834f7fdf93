"""Faults on order: what goes wrong with the next calls, and whether the platform had accepted them by then.

Reliability.md F13-F17. A fault waits for calls of its `path` (empty: any), lets `skip` of them pass and spoils `times`.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["hang", "reset", "status", "trickle", "body", "code", "revoke", "rate"]
HTML = "<!DOCTYPE html><html><head><title>502</title></head><body>Bad Gateway</body></html>"


@dataclass(slots=True)
class Fault:
    """hang: no answer for `seconds`, then the line is cut. reset: the line is cut. status: that HTTP status.
    trickle: the answer comes a byte every `seconds`. body: 200 with `text`. code: that errcode. revoke: the token ends
    just before. rate: 45009 now, and that API blocked for a minute. `accepted`: done before it went wrong.
    """

    kind: Kind
    path: str = ""
    accepted: bool = False
    times: int = 1
    skip: int = 0
    seconds: float = 30.0
    status: int = 502
    code: int = -1
    text: str = HTML

    @property
    def name(self) -> str:
        return f"{self.kind} {'after' if self.accepted else 'before'} accepting"


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        self.waiting += faults

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, path: str) -> Fault | None:
        """The fault of this call, if it has one."""
        for fault in self.waiting:
            if fault.path not in ("", path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None
