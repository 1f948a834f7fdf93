"""What trainees owe their home branches: to pass on what they learned, until it is held or excused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain import instant
from bot.store.tx import Row, Tx

State = Literal["open", "planned", "held", "excused"]


@dataclass(frozen=True, slots=True)
class ShareBack:
    """`item` and `planned_at`: the occurrence at which she speaks, once she has chosen one."""

    branch: str
    member: str
    due_on: date
    state: State
    item: str
    planned_at: datetime | None

    @property
    def ended(self) -> bool:
        return self.state in ("held", "excused")


class ShareBacks:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def open(self, branch: str, member: str, due_on: date, now: datetime) -> bool:
        """Whether it is a new one."""
        return bool(
            self.tx.run(
                "INSERT INTO share_back (branch, member, opened_at, due_on) VALUES (:branch, :member, :now, :due_on)"
                " ON CONFLICT (branch, member) DO NOTHING",
                branch=branch,
                member=member,
                now=instant.text(now),
                due_on=due_on.isoformat(),
            )
        )

    def get(self, branch: str, member: str) -> ShareBack | None:
        rows = self.tx.all(
            "SELECT * FROM share_back WHERE branch = :branch AND member = :member", branch=branch, member=member
        )
        return _share_back(rows[0]) if rows else None

    def waiting(self, member: str) -> list[ShareBack]:
        """What she still owes, the oldest first."""
        rows = self.tx.all(
            "SELECT * FROM share_back WHERE member = :member AND state IN ('open', 'planned')"
            " ORDER BY opened_at, branch",
            member=member,
        )
        return [_share_back(row) for row in rows]

    def waiting_of_home(self, home: str) -> list[ShareBack]:
        rows = self.tx.all(
            "SELECT s.* FROM share_back s JOIN member m ON m.id = s.member WHERE m.home = :home AND m.listed = 1"
            " AND s.state IN ('open', 'planned') ORDER BY s.due_on, s.member",
            home=home,
        )
        return [_share_back(row) for row in rows]

    def plan(self, one: ShareBack, item: str, planned_at: datetime | None) -> None:
        """She has chosen when; None: it is open again."""
        self.tx.run(
            "UPDATE share_back SET state = :state, item = :item, planned_at = :at"
            " WHERE branch = :branch AND member = :member",
            state="planned" if planned_at else "open",
            item=item or None,
            at=instant.text(planned_at) if planned_at else None,
            branch=one.branch,
            member=one.member,
        )

    def end(self, one: ShareBack, state: State, by: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE share_back SET state = :state, ended_by = :by, ended_at = :now"
            " WHERE branch = :branch AND member = :member",
            state=state,
            by=by,
            now=instant.text(now),
            branch=one.branch,
            member=one.member,
        )

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM share_back WHERE ended_at < :before", before=instant.text(before))


def _share_back(row: Row) -> ShareBack:
    return ShareBack(
        row["branch"],
        row["member"],
        date.fromisoformat(row["due_on"]),
        row["state"],
        row["item"] or "",
        instant.parse_or_none(row["planned_at"]),
    )
