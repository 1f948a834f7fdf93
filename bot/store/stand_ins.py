"""Deputies who are on duty for some days; bot/store/branches.py puts them first in the order of the liaisons."""

from datetime import datetime

from bot.domain import instant
from bot.domain.duty import StandIn
from bot.store.tx import Tx


class StandIns:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def put(self, branch: str, member: str, until: datetime) -> None:
        self.tx.run(
            "INSERT INTO stand_in (branch, member, until_at) VALUES (:branch, :member, :until)"
            " ON CONFLICT (branch) DO UPDATE SET member = excluded.member, until_at = excluded.until_at",
            branch=branch,
            member=member,
            until=instant.text(until),
        )

    def of(self, branch: str) -> StandIn | None:
        row = self.tx.one("SELECT * FROM stand_in WHERE branch = :branch", branch=branch)
        return StandIn(row["branch"], row["member"], instant.parse(row["until_at"])) if row else None

    def end(self, branch: str) -> None:
        self.tx.run("DELETE FROM stand_in WHERE branch = :branch", branch=branch)
