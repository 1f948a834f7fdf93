"""What the exports of study platforms told of each member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.progress import Step
from bot.store.tx import Row, Tx

_PUT = (
    "INSERT INTO study_progress (platform, member, year, course, amount, finished, imported_at)"
    " VALUES (:platform, :member, :year, :course, :amount, :finished, :now)"
    " ON CONFLICT (platform, member, year, course) DO UPDATE"
    " SET amount = excluded.amount, finished = excluded.finished, imported_at = excluded.imported_at"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many steps were new, changed, or known already."""

    new: int
    changed: int
    same: int


class Progress:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def take(self, platform: str, steps: Iterable[Step], now: datetime, *, enter: bool) -> Taken:
        """Write down what is not known yet, if it is to be entered. The same again changes nothing."""
        known = {(one.member, one.year, one.course): one for one in self._of(platform)}
        found = [(one, known.get((one.member, one.year, one.course))) for one in steps]
        fresh = [one for one, before in found if one != before]
        changed = sum(before is not None and one != before for one, before in found)
        if enter and fresh:
            at = instant.text(now)
            self.tx.many(_PUT, ({"platform": platform, **_values(one), "now": at} for one in fresh))
        return Taken(len(fresh) - changed, changed, len(found) - len(fresh))

    def of_member(self, member: str, year: int) -> dict[str, list[Step]]:
        """Her steps of that year by platform."""
        rows = self.tx.all(
            "SELECT * FROM study_progress WHERE member = :member AND year = :year ORDER BY platform, course",
            member=member,
            year=year,
        )
        found: dict[str, list[Step]] = {}
        for row in rows:
            found.setdefault(row["platform"], []).append(_step(row))
        return found

    def of_year(self, platform: str, year: int) -> dict[str, list[Step]]:
        """Everybody's steps on a platform, by member."""
        found: dict[str, list[Step]] = {}
        for one in self._of(platform):
            if one.year == year:
                found.setdefault(one.member, []).append(one)
        return found

    def told_at(self, member: str, platform: str) -> datetime | None:
        """When an export last told of her."""
        row = self.tx.one(
            "SELECT max(imported_at) AS at FROM study_progress WHERE member = :member AND platform = :platform",
            member=member,
            platform=platform,
        )
        return instant.parse_or_none(row["at"]) if row else None

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM study_progress WHERE imported_at < :before", before=instant.text(before))

    def _of(self, platform: str) -> list[Step]:
        rows = self.tx.all(
            "SELECT member, year, course, amount, finished FROM study_progress WHERE platform = :platform",
            platform=platform,
        )
        return [_step(row) for row in rows]


def _step(row: Row) -> Step:
    return Step(row["member"], row["year"], row["course"], row["amount"], bool(row["finished"]))


def _values(step: Step) -> dict[str, str | int]:
    return {
        "member": step.member,
        "year": step.year,
        "course": step.course,
        "amount": step.amount,
        "finished": int(step.finished),
    }
