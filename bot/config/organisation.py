"""The organisation beyond its branches: party groups, who answers for it as a whole, its meetings, its care."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.domain.cadence import Holidays, Schedule
from bot.domain.chain import Post
from bot.domain.trigger import Trigger


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """A party group (a cell of the grid), within a home branch or across several."""

    name: str
    home: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting or comment that its owner is reminded of; `when` None: nobody is."""

    when: Schedule | None = None
    by: Literal["secretary", "liaison", "contact_leader"] = "secretary"
    holidays: Holidays = "skip"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for the organisation as a whole; empty: nobody is named."""

    approver: str = ""  # speaks for the superior organisation
    contact_leader: str = ""  # contact-point leader of every branch that names none of its own
    organ_committee: tuple[str, ...] = ()  # a matter climbs to them after the contact-point leader
    leading_party_group: tuple[str, ...] = ()  # and to these last
    weekly_meeting: Meeting = Meeting()
    monthly_comment: Meeting = Meeting(holidays="before")


@dataclass(frozen=True, slots=True)
class Care:
    """When a visit or call to the family of somebody away is proposed, if she has agreed to it."""

    after: timedelta | None = None  # of being away; None: not for that
    every: timedelta | None = None  # and again after so many days
    festivals: tuple[Trigger, ...] = ()
    by: Post = "home_secretary"
    within: timedelta = timedelta(days=7)
