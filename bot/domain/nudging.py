"""Whether a member may be nudged, and why not: by rule once a day, and never who is to be left alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

WhyNot = Literal["self", "refused", "not_asked", "leave", "silence", "later", "answered", "today", "cap", "quiet"]


@dataclass(frozen=True, slots=True)
class Facts:
    """How a member stands in the newest round. `until`: of a leave, a silence or “later”, and of the quiet hours."""

    asked: bool
    answered: bool
    willing: bool = True
    away: Literal["leave", "silence"] | None = None
    away_until: datetime | None = None
    later_until: datetime | None = None
    quiet_until: datetime | None = None
    nudged_today: bool = False
    prompts_left: int = 1
    herself: bool = False  # she would nudge herself


def why_not(facts: Facts) -> tuple[WhyNot, datetime | None] | None:
    """The first reason that holds, and until when it does; None: she may be nudged."""
    reasons: tuple[tuple[WhyNot, bool, datetime | None], ...] = (
        ("self", facts.herself, None),
        ("refused", not facts.willing, None),
        ("not_asked", not facts.asked, None),
        ("leave", facts.away == "leave", facts.away_until),
        ("silence", facts.away == "silence", facts.away_until),
        ("later", facts.later_until is not None, facts.later_until),
        ("answered", facts.answered, None),
        ("today", facts.nudged_today, None),
        ("quiet", facts.quiet_until is not None, facts.quiet_until),
        ("cap", facts.prompts_left <= 0, None),
    )
    return next(((reason, until) for reason, holds, until in reasons if holds), None)
