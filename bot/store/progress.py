"""What the exports of study platforms told of each member."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.progress import Step, Steps
from bot.store.tx import Row, Tx, Value

_PUT = (
    "INSERT INTO study_progress (platform, member, year, course, amount, finished, imported_at)"
    " VALUES (:platform, :member, :year, :course, :amount, :finished, :now)"
    " ON CONFLICT (member, platform, year, course) DO UPDATE"
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

    def take(self, platform: str, steps: Steps, now: datetime, *, enter: bool) -> Taken:
        """Write down what is not known yet, if it is to be entered. The same again changes nothing."""
        known: Steps = {(one.member, one.year, one.course): (one.amount, one.finished) for one in self._of(platform)}
        fresh = sorted(key for key, found in steps.items() if known.get(key) != found)  # as the table is kept
        changed = sum(key in known for key in fresh)
        if enter and fresh:
            same: dict[str, Value] = {"platform": platform, "now": instant.text(now)}
            self.tx.many(_PUT, (same | _values(key, *steps[key]) for key in fresh))
        return Taken(len(fresh) - changed, changed, len(steps) - len(fresh))

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


def _values(key: tuple[str, int, str], amount: int, finished: bool) -> dict[str, Value]:
    member, year, course = key
    return {"member": member, "year": year, "course": course, "amount": amount, "finished": int(finished)}
