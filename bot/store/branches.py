"""Branches, their liaison officers, and which of them a person has to do with."""

from collections.abc import Container
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.domain.branch import Branch, State
from bot.domain.people import Member
from bot.store.tx import Row, Tx

_COLUMNS = "SELECT b.* FROM branch b"
# The liaison officers in the order in which they are on duty: a stand-in comes before the file's first.
_DUTY = (
    "(SELECT q.branch, q.member, CASE WHEN q.member = s.member THEN 0 WHEN s.member IS NULL THEN q.place"
    " ELSE q.place + 1 END AS place FROM branch_liaison q LEFT JOIN stand_in s ON s.branch = q.branch) l"
)


class Branches:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def get(self, id: str) -> Branch | None:  # noqa: A002
        row = self.tx.one(_COLUMNS + " WHERE b.id = :id", id=id)
        return _branch(row) if row else None

    def all(self) -> list[Branch]:
        return [_branch(row) for row in self.tx.all(_COLUMNS + " ORDER BY b.opens, b.id")]

    def running(self) -> list[Branch]:
        rows = self.tx.all(_COLUMNS + " WHERE b.state IN ('running', 'closing') ORDER BY b.opens, b.id")
        return [_branch(row) for row in rows]

    def not_over(self, besides: Container[str]) -> list[Branch]:
        """Those that are not closed, but for the ones named."""
        ids = self.tx.all("SELECT id FROM branch WHERE state <> 'closed' ORDER BY opens, id")
        return [branch for row in ids if row["id"] not in besides and (branch := self.get(row["id"]))]

    def open_of_member(self, member: str) -> list[tuple[Branch, str]]:
        """The running branches she belongs to, each with her consent."""
        rows = self.tx.all(
            "SELECT b.*, q.consent FROM membership q JOIN branch b ON b.id = q.branch"
            " WHERE q.member = :member AND q.left_at IS NULL AND b.state IN ('running', 'closing')"
            " ORDER BY b.opens, b.id",
            member=member,
        )
        return [(_branch(row), row["consent"]) for row in rows]

    def open_of_liaison(self, member: str, *, on_duty: bool = False) -> list[Branch]:
        """The running branches she answers for; `on_duty`: only where she is first."""
        rows = self.tx.all(
            "SELECT b.* FROM " + _DUTY + " JOIN branch b ON b.id = l.branch"
            " WHERE l.member = :member AND b.state IN ('running', 'closing') AND l.place <= :last"
            " ORDER BY b.opens, b.id",
            member=member,
            last=0 if on_duty else 1000,
        )
        return [_branch(row) for row in rows]

    def open_of_duty_holder(self, member: str) -> list[Branch]:
        """The running branches where she is a liaison officer or the secretary."""
        rows = self.tx.all(
            _COLUMNS + " WHERE b.state IN ('running', 'closing') AND (b.secretary = :member OR EXISTS"
            " (SELECT 1 FROM branch_liaison l WHERE l.branch = b.id AND l.member = :member)) ORDER BY b.opens, b.id",
            member=member,
        )
        return [_branch(row) for row in rows]

    def ran_since(self, since: datetime, secretary: str | None = None) -> list[Branch]:
        """The running branches and those closed since then; one that was found over has never run."""
        rows = self.tx.all(
            _COLUMNS + " WHERE (CAST(:secretary AS TEXT) IS NULL OR b.secretary = :secretary)"
            " AND (b.state IN ('running', 'closing') OR (b.state = 'closed' AND b.closed_at >= :since AND ("
            "EXISTS (SELECT 1 FROM ledger l WHERE l.branch = b.id AND l.kind = 'running')"
            " OR EXISTS (SELECT 1 FROM round r WHERE r.branch = b.id)))) ORDER BY b.opens, b.id",
            secretary=secretary,
            since=instant.text(since),
        )
        return [_branch(row) for row in rows]

    def on_duty(self) -> list[str]:
        """Every liaison officer who is first in a running branch."""
        rows = self.tx.all(
            "SELECT DISTINCT l.member FROM " + _DUTY + " JOIN branch b ON b.id = l.branch"
            " WHERE l.place = 0 AND b.state IN ('running', 'closing') ORDER BY l.member"
        )
        return [row["member"] for row in rows]

    def liaisons(self, branch: str) -> list[Member]:
        """Whoever is on duty first."""
        rows = self.tx.all(
            "SELECT m.* FROM " + _DUTY + " JOIN member m ON m.id = l.member WHERE l.branch = :branch ORDER BY l.place",
            branch=branch,
        )
        return [Member(row["id"], row["name"], row["status"], row["home"], row["language"]) for row in rows]

    def liaisons_by_file(self, branch: str) -> list[str]:
        """In the file's own order, to which they return."""
        rows = self.tx.all("SELECT member FROM branch_liaison WHERE branch = :branch ORDER BY place", branch=branch)
        return [row["member"] for row in rows]

    def zone_of(self, member: str, branch: str | None = None) -> ZoneInfo | None:
        """Where she is: with this branch if she belongs to it, else with one that runs; None: at home."""
        row = self.tx.one(
            "SELECT b.zone FROM membership p JOIN branch b ON b.id = p.branch"
            " WHERE p.member = :member AND p.left_at IS NULL AND (b.id = :branch OR b.state IN ('running', 'closing'))"
            " ORDER BY CASE WHEN b.id = :branch THEN 0 ELSE 1 END, b.opens, b.id LIMIT 1",
            member=member,
            branch=branch,
        )
        return ZoneInfo(row["zone"]) if row else None

    def put(self, branch: Branch) -> None:
        """A new branch, as the file describes it."""
        self.tx.run(
            "INSERT INTO branch (id, name, kind, state, opens, closes, zone, channel, secretary,"
            " approval_by, approval_number, approval_day)"
            " VALUES (:id, :name, :kind, :state, :opens, :closes, :zone, :channel, :secretary, '', '', '')",
            id=branch.id,
            name=branch.name,
            kind=branch.kind,
            state=branch.state,
            opens=branch.opens.isoformat(),
            closes=branch.closes.isoformat(),
            zone=branch.zone.key,
            channel=branch.channel,
            secretary=branch.secretary,
        )

    def describe(self, id: str, name: str, kind: str, zone: str, channel: str, secretary: str) -> None:  # noqa: A002
        self.tx.run(
            "UPDATE branch SET name = :name, kind = :kind, zone = :zone, channel = :channel, secretary = :secretary"
            " WHERE id = :id",
            id=id,
            name=name,
            kind=kind,
            zone=zone,
            channel=channel,
            secretary=secretary,
        )

    def approve(self, id: str, by: str, number: str, day: str) -> None:  # noqa: A002
        self.tx.run(
            "UPDATE branch SET approval_by = :by, approval_number = :number, approval_day = :day WHERE id = :id",
            id=id,
            by=by,
            number=number,
            day=day,
        )

    def count_full_members(self, id: str | None = None) -> None:  # noqa: A002
        """Somebody joined, left, or has another status: what the branch (None: any) may call itself hangs on it."""
        self.tx.run(
            "UPDATE branch SET full_members = (SELECT count(*) FROM membership p JOIN member m ON m.id = p.member"
            " WHERE p.branch = branch.id AND p.left_at IS NULL AND m.status = 'full')"
            " WHERE CAST(:id AS TEXT) IS NULL OR id = :id",
            id=id,
        )

    def set_state(self, id: str, state: State, now: datetime) -> None:  # noqa: A002
        self.tx.run(
            "UPDATE branch SET state = :state, closed_at = CASE WHEN :state = 'closed' THEN :now END WHERE id = :id",
            id=id,
            state=state,
            now=instant.text(now),
        )

    def set_opens(self, id: str, day: date) -> None:  # noqa: A002
        self.tx.run("UPDATE branch SET opens = :day WHERE id = :id", id=id, day=day.isoformat())

    def set_closes(self, id: str, day: date) -> None:  # noqa: A002
        """A new last day; whether it shall close then is open again."""
        self.tx.run("UPDATE branch SET closes = :day, closing_settled = 0 WHERE id = :id", id=id, day=day.isoformat())

    def settle_closing(self, id: str) -> None:  # noqa: A002
        self.tx.run("UPDATE branch SET closing_settled = 1 WHERE id = :id", id=id)

    def set_liaisons(self, id: str, members: tuple[str, ...]) -> None:  # noqa: A002
        self.tx.run("DELETE FROM branch_liaison WHERE branch = :id", id=id)
        self.tx.many(
            "INSERT INTO branch_liaison (branch, member, place) VALUES (:branch, :member, :place)",
            [{"branch": id, "member": member, "place": place} for place, member in enumerate(members)],
        )
        self.tx.run(  # whoever stood in and is no deputy any more does not
            "DELETE FROM stand_in WHERE branch = :id AND member NOT IN"
            " (SELECT member FROM branch_liaison WHERE branch = :id AND place > 0)",
            id=id,
        )

    def forget(self, before: datetime) -> None:
        """Who belonged to the branches that closed before that time, and who answered for them."""
        for_them = "SELECT id FROM branch WHERE closed_at < :before"
        self.tx.run("DELETE FROM branch_liaison WHERE branch IN (" + for_them + ")", before=instant.text(before))
        self.tx.run("DELETE FROM group_chat_member WHERE branch IN (" + for_them + ")", before=instant.text(before))
        self.tx.run("DELETE FROM group_chat WHERE branch IN (" + for_them + ")", before=instant.text(before))
        self.tx.run("UPDATE branch SET secretary = '' WHERE closed_at < :before", before=instant.text(before))
        self.tx.run(
            "DELETE FROM membership WHERE branch IN (SELECT id FROM branch WHERE closed_at < :before)",
            before=instant.text(before),
        )


def _branch(row: Row) -> Branch:
    return Branch(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        state=row["state"],
        opens=date.fromisoformat(row["opens"]),
        closes=date.fromisoformat(row["closes"]),
        zone=ZoneInfo(row["zone"]),
        channel=row["channel"],
        secretary=row["secretary"],
        approval_by=row["approval_by"],
        approval_number=row["approval_number"],
        approval_day=row["approval_day"],
        full_members=row["full_members"],
        closing_settled=bool(row["closing_settled"]),
        closed_at=instant.parse_or_none(row["closed_at"]),
    )
