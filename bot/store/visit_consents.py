"""Whether a member's family may be visited or called: only what she has said herself."""

from datetime import datetime
from typing import Literal

from bot.domain import instant
from bot.store.tx import Tx

VisitConsent = Literal["unasked", "asked", "given", "refused"]


class VisitConsents:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def of(self, member: str) -> VisitConsent:
        row = self.tx.one("SELECT state FROM visit_consent WHERE member = :member", member=member)
        return row["state"] if row else "unasked"

    def put(self, member: str, state: VisitConsent, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO visit_consent (member, state, at) VALUES (:member, :state, :now)"
            " ON CONFLICT (member) DO UPDATE SET state = excluded.state, at = excluded.at",
            member=member,
            state=state,
            now=instant.text(now),
        )

    def forget(self, before: datetime) -> None:
        """What she said long ago, unless she is away just now."""
        self.tx.run(
            "DELETE FROM visit_consent WHERE at < :before AND member NOT IN (SELECT p.member FROM membership p"
            " JOIN branch b ON b.id = p.branch WHERE p.left_at IS NULL AND b.state IN ('running', 'closing'))",
            before=instant.text(before),
        )
