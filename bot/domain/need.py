"""A need is open until a named person claims it, and stays hers until it is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NeedKind = Literal["words", "support", "talk"]
NeedState = Literal["open", "claimed", "answered"]


@dataclass(frozen=True, slots=True)
class Need:
    """`words` are the member's own; a need of kind support (需要支援) or talk (想聊聊) may have none."""

    id: str
    number: int
    branch: str
    member: str
    kind: NeedKind
    state: NeedState
    words: str
    raised_at: datetime
    claimed_by: str | None


def claim_refused(need: Need, by: str) -> str | None:
    """Why `by` cannot claim it, as the name of a sentence; None: she may. The first claim wins."""
    if need.member == by:
        return "need.own"
    if need.state == "answered":
        return "need.already_answered"
    if need.state == "claimed":
        return "need.claimed_already" if need.claimed_by == by else "need.claimed_by_other"
    return None


def answer_refused(need: Need, by: str) -> str | None:
    """Why `by` cannot answer it; answering an open need claims it in the same breath."""
    if need.member == by:
        return "need.own"
    if need.state == "answered":
        return "need.already_answered"
    if need.state == "claimed" and need.claimed_by != by:
        return "need.claimed_by_other"
    return None
