"""Who may do and see what in a branch: one pure table, and who to ask instead."""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal[
    "member",
    "buddy",
    "liaison",
    "deputy",
    "secretary",
    "home_secretary",
    "contact_leader",
    "approver",
    "admin",
    "stranger",
]
Deed = Literal[
    "report",
    "raise_need",
    "whisper",
    "suggest",
    "settle_need",
    "answer_suggestion",
    "settle_closing",
    "report_for",
    "write_to",
    "nudge",
    "note_talk",
    "hand_duty",
    "change_members",
    "send_news",
    "name_buddy",
    "tend_silence",
    "see_digest",
    "see_thoughts",
    "see_living",
    "see_need",
    "see_whisper",
    "see_ledger",
    "read_chain",
    "hold_meeting",
]
ROLES: tuple[Role, ...] = get_args(Role)
DEEDS: tuple[Deed, ...] = get_args(Deed)

_LIAISONS: frozenset[Role] = frozenset({"liaison", "deputy"})
_SECRETARY: frozenset[Role] = frozenset({"secretary"})
_LEADER: frozenset[Role] = frozenset({"contact_leader"})
_HOLDERS = _LIAISONS | _SECRETARY
_MEMBER: frozenset[Role] = frozenset({"member"})

# `home_secretary` is one towards the members of her home branch, not towards a whole branch (bot/radar.py).
# `see_whisper`: of those who may, only the one she chose. A deputy on duty has the role of the liaison officer.
MAY: Mapping[Deed, frozenset[Role]] = {
    "report": _MEMBER,
    "raise_need": _MEMBER,
    "whisper": _MEMBER,
    "suggest": _MEMBER,
    "settle_need": _HOLDERS,
    "answer_suggestion": _SECRETARY,
    "settle_closing": _HOLDERS,
    "report_for": _LIAISONS,
    "write_to": _HOLDERS,
    "nudge": _LIAISONS,
    "note_talk": _HOLDERS | _LEADER | frozenset[Role]({"home_secretary"}),
    "hand_duty": frozenset({"liaison", "secretary"}),
    "change_members": frozenset({"liaison", "secretary"}),
    "send_news": _HOLDERS,
    "name_buddy": _MEMBER | _SECRETARY,
    "tend_silence": _HOLDERS | frozenset[Role]({"buddy"}),
    "see_digest": _HOLDERS,
    "see_thoughts": frozenset({"liaison", "secretary"}),
    "see_living": _HOLDERS,
    "see_need": _HOLDERS,
    "see_whisper": frozenset({"liaison", "secretary"}),
    "see_ledger": _HOLDERS | _LEADER | frozenset[Role]({"approver", "admin"}),
    "read_chain": _HOLDERS | _LEADER | frozenset[Role]({"home_secretary", "approver"}),
    "hold_meeting": _HOLDERS | _LEADER,
}


def may(roles: frozenset[Role], deed: Deed) -> bool:
    """Whether any of the roles a person has in a branch allows the deed there."""
    return bool(roles & MAY[deed])


def who_may(deed: Deed) -> tuple[Role, ...]:
    """The roles that may, those nearest to a member first: what a refusal names."""
    return tuple(role for role in ROLES if role in MAY[deed])
