"""A need from the first word to her last: who may take which step from which state, and when its clock rings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.access import Role, may
from bot.domain.when import A_DAY, Quiet, at_local, next_allowed

NeedKind = Literal["words", "support", "talk"]  # how it is declared; words are filed by bot/domain/need_kinds.py
NeedState = Literal["open", "claimed", "in_hand", "done", "impossible", "confirmed", "withdrawn", "lapsed"]
Step = Literal[
    "claimed",
    "worked_on",
    "answered",
    "done",
    "declined",
    "handed",
    "released",
    "confirmed",
    "added",
    "reopened",
    "withdrawn",
    "filed",
    "lapsed",
]
Side = Literal["member", "owner", "holder", "secretary", "clock"]

WITH_US: tuple[NeedState, ...] = ("open", "claimed", "in_hand")  # a duty holder has to move
WAITS_FOR_HER: tuple[NeedState, ...] = ("done", "impossible")
UNSETTLED: tuple[NeedState, ...] = (*WITH_US, *WAITS_FOR_HER)
SETTLED: tuple[NeedState, ...] = ("confirmed", "withdrawn", "lapsed")
REOPENS_WITHIN = timedelta(days=7)
RUNGS = 2  # in each state: who should move hears once more, and then whoever stands above


@dataclass(frozen=True, slots=True)
class Need:
    """`words` are the member's own; a need of kind support (需要支援) or talk (想聊聊) may have none.

    `since`: when it last moved. `rung`: how often its clock has rung since then.
    """

    id: str
    number: int
    branch: str
    member: str
    kind: str
    state: NeedState
    words: str
    raised_at: datetime
    claimed_by: str | None
    since: datetime
    reopened: int = 0
    rung: int = 0
    ended_at: datetime | None = None

    @property
    def with_us(self) -> bool:
        return self.state in WITH_US

    @property
    def waits_for_her(self) -> bool:
        return self.state in WAITS_FOR_HER

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    @property
    def overdue(self) -> bool:
        """Whoever should move has been told so by the clock."""
        return self.with_us and self.rung > 0


Row = tuple[Step, Sequence[NeedState], Sequence[Side], NeedState | None]

# The whole life of a need. The last word of a row is the state it leads to; None: it stays in the one it is in.
STEPS: tuple[Row, ...] = (
    ("claimed", ("open",), ("holder",), "claimed"),
    ("worked_on", ("open",), ("holder",), "in_hand"),
    ("worked_on", ("claimed", "in_hand"), ("owner",), "in_hand"),
    ("answered", ("open",), ("holder",), "in_hand"),
    ("answered", ("claimed", "in_hand"), ("owner",), "in_hand"),
    ("answered", WAITS_FOR_HER, ("owner",), None),
    ("done", ("open",), ("holder",), "done"),
    ("done", ("claimed", "in_hand", "impossible"), ("owner",), "done"),
    ("declined", ("open",), ("holder",), "impossible"),
    ("declined", ("claimed", "in_hand"), ("owner",), "impossible"),
    ("handed", ("claimed", "in_hand"), ("owner", "secretary"), "claimed"),
    ("released", ("claimed", "in_hand"), ("owner", "clock"), "open"),
    ("confirmed", UNSETTLED, ("member",), "confirmed"),
    ("added", WITH_US, ("member",), None),
    ("reopened", (*WAITS_FOR_HER, "confirmed", "lapsed"), ("member",), "claimed"),
    ("withdrawn", UNSETTLED, ("member",), "withdrawn"),
    ("filed", UNSETTLED, ("member",), None),
    ("lapsed", WAITS_FOR_HER, ("clock",), "lapsed"),
)


def _rows() -> Iterator[tuple[tuple[Step, NeedState], tuple[frozenset[Side], NeedState]]]:
    for step, states, sides, leads_to in STEPS:
        for state in states:
            yield (step, state), (frozenset(sides), leads_to or state)


TABLE: Mapping[tuple[Step, NeedState], tuple[frozenset[Side], NeedState]] = dict(_rows())
HERS: frozenset[Step] = frozenset(step for step, _, by, _ in STEPS if "member" in by)
ONLY_HERS: frozenset[Step] = frozenset(step for step, _, by, _ in STEPS if by == ("member",))


def sides(need: Need, person: str, roles: frozenset[Role]) -> frozenset[Side]:
    """What somebody is to a need. Whoever raised it is that and nothing else: nobody settles a need of her own."""
    if person == need.member:
        return frozenset[Side]({"member"})
    holder: set[Side] = {"holder"} if may(roles, "settle_need") else set()
    owner: set[Side] = {"owner"} if person == need.claimed_by else set()
    secretary: set[Side] = {"secretary"} if "secretary" in roles else set()
    return frozenset(holder | owner | secretary)


def refusal(need: Need, step: Step, by: frozenset[Side], now: datetime) -> str | None:
    """Why the step cannot be taken, as the name of a sentence; None: it may. The first claim wins."""
    able, _ = TABLE.get((step, need.state), (frozenset[Side](), need.state))
    if able & by:
        return "needs.too_late" if need.ended_at and now - need.ended_at > REOPENS_WITHIN else None
    if "member" in by:
        return "needs.over" if step in HERS else "need.own"
    return "needs.hers_to_say" if step in ONLY_HERS else _refused_to_holder(need, by)


def _refused_to_holder(need: Need, by: frozenset[Side]) -> str:
    if need.settled:
        return "needs.over"
    if need.state == "open":
        return "needs.nobody_has_it"
    if "owner" not in by:
        return "need.claimed_by_other"
    return "needs.waits_for_her" if need.waits_for_her else "need.claimed_already"


def moved(need: Need, step: Step, now: datetime, owner: str | None = None) -> Need:
    """The need after the step; `owner`: who has it then, if that is new.

    A step that leaves it waiting for her leaves its clock alone too; what is reopened and was nobody's is open.
    """
    state = TABLE[step, need.state][1]
    if state == need.state and (need.waits_for_her or step in ("added", "filed")):
        return need
    holds = None if step == "released" else owner or need.claimed_by
    return replace(
        need,
        state="open" if state == "claimed" and holds is None else state,
        claimed_by=holds,
        since=now,
        rung=0,
        reopened=need.reopened + (step == "reopened"),
        ended_at=now if state in SETTLED else None,
    )


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long a need may lie unclaimed, claimed without a step, and waiting for her word, before somebody hears."""

    claim: timedelta
    work: timedelta
    confirm: timedelta


def rings_at(need: Need, clocks: Clocks, start: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime | None:
    """When its clock rings next, counted from `start`; None: it has said all it has to say in this state."""
    if need.settled or need.rung >= RUNGS:
        return None
    wait = clocks.confirm if need.waits_for_her else clocks.claim if need.state == "open" else clocks.work
    return _awake_after(start, wait, quiet, zone)


def _awake_after(start: datetime, wait: timedelta, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Hours count outside quiet hours only: who hears of it at 19:55 has not slept over it at 07:30. Days are days."""
    start = next_allowed(start, quiet, zone)
    if quiet is None or wait >= A_DAY:
        return next_allowed(start + wait, quiet, zone)
    evening = at_local(start.astimezone(zone).date(), quiet.start, zone)
    evening = evening if evening > start else at_local(start.astimezone(zone).date() + A_DAY, quiet.start, zone)
    if start + wait < evening:
        return start + wait
    return _awake_after(evening, wait - (evening - start), quiet, zone)
