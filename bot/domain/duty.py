"""Duty in a branch may be a deputy's for some days, and then comes back by itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StandIn:
    """`member`, a deputy, is on duty in the branch until then."""

    branch: str
    member: str
    until: datetime
