"""Who may do what: one pure table."""

from typing import Literal

Role = Literal["member", "liaison", "deputy", "secretary", "admin", "stranger"]
Deed = Literal["report", "declare_away", "raise_need", "settle_need", "settle_closing", "read_digest", "read_words"]

MAY: dict[Deed, frozenset[Role]] = {
    "report": frozenset({"member"}),
    "declare_away": frozenset({"member"}),
    "raise_need": frozenset({"member"}),
    "settle_need": frozenset({"liaison", "deputy", "secretary"}),
    "settle_closing": frozenset({"liaison", "deputy", "secretary"}),
    "read_digest": frozenset({"liaison", "deputy"}),
    "read_words": frozenset({"liaison", "deputy", "secretary"}),
}


def may(roles: frozenset[Role], deed: Deed) -> bool:
    """Whether any of the roles a person has in a branch allows the deed there."""
    return bool(roles & MAY[deed])
