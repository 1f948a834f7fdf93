"""What happened, in order: every call with its outcome, every callback, and what each member really saw."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from tests.simulators.wecom.reading import Json

APP = "app"


@dataclass(frozen=True, slots=True)
class ApiCall:
    """`code` None: no answer with an errcode was given. `note`: why refused, or what was special."""

    number: int
    at: datetime
    path: str
    body: Json
    raw: bytes
    code: int | None
    note: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a member's client. `chat` is empty for the app's own, else a group's id. `passive`: came as the
    answer of a callback. `cut`: the platform has cut the text without a word.
    """

    number: int
    at: datetime
    chat: str
    sender: str
    kind: str
    text: str
    task_id: str = ""
    card: Json = field(default_factory=dict[str, object])
    passive: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was accepted and never seen."""

    at: datetime
    userid: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one callback. `statuses`: one for each try, 0 where no answer came. `trouble`: why the answer
    was not taken for a passive reply.
    """

    at: datetime
    userid: str
    what: str
    xml: str
    statuses: tuple[int, ...]
    reply: Line | None = None
    trouble: str = ""

    @property
    def acknowledged(self) -> bool:
        return self.statuses[-1:] == (200,)


class Record:
    def __init__(self) -> None:
        self.calls: list[ApiCall] = []
        self.callbacks: list[Delivered] = []
        self.dropped: list[Dropped] = []
        self._lines: defaultdict[str, list[Line]] = defaultdict(list)
        self._number = 0

    def next(self) -> int:
        self._number += 1
        return self._number

    def show(self, userid: str, line: Line) -> None:
        self._lines[userid.lower()].append(line)

    def drop(self, at: datetime, userid: str, text: str, why: str) -> None:
        self.dropped.append(Dropped(at, userid, text, why))

    def lines(self, userid: str, chat: str | None = "") -> list[Line]:
        """A member's chat with the app, in a group, or (None) everything in the order it came."""
        return [line for line in self._lines[userid.lower()] if chat is None or line.chat == chat]

    def last(self) -> dict[str, int]:
        """The number of the last line each member has."""
        return {userid: lines[-1].number for userid, lines in self._lines.items() if lines}

    def received(self, userid: str, chat: str | None = "") -> list[str]:
        """The texts of what came from the app."""
        return [line.text for line in self.lines(userid, chat) if line.sender == APP]

    def of(self, path: str) -> list[ApiCall]:
        return [call for call in self.calls if call.path == path]

    def refused(self) -> list[ApiCall]:
        return [call for call in self.calls if call.code != 0]
