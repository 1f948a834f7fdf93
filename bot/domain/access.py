"""Who may do what: one pure table."""

from typing import Literal

Role = Literal["member", "liaison", "deputy", "secretary"]
Deed = Literal["settle_need", "settle_closing"]

MAY: dict[Deed, frozenset[Role]] = {
    "settle_need": frozenset({"liaison", "deputy", "secretary"}),
    "settle_closing": frozenset({"liaison", "deputy", "secretary"}),
}


def may(roles: frozenset[Role], deed: Deed) -> bool:
    """Whether any of the roles a person has in a branch allows the deed there."""
    return bool(roles & MAY[deed])
