"""Small things the bot remembers: settings, what the file last said, and who did what when."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Tx


class Facts:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def setting(self, name: str) -> str | None:
        row = self.tx.one("SELECT value FROM setting WHERE name = :name", name=name)
        return row["value"] if row else None

    def put(self, name: str, value: str) -> None:
        self.tx.run(
            "INSERT INTO setting (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name=name,
            value=value,
        )

    def forget(self, name: str) -> None:
        self.tx.run("DELETE FROM setting WHERE name = :name", name=name)

    def moment(self, name: str) -> datetime | None:
        return instant.parse_or_none(self.setting(name))

    def applied(self) -> dict[str, str]:
        """What the file said when it was last applied, by path."""
        return {row["name"]: row["value"] for row in self.tx.all("SELECT name, value FROM applied")}

    def set_applied(self, values: dict[str, str]) -> None:
        self.tx.many(
            "INSERT INTO applied (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [{"name": name, "value": value} for name, value in values.items()],
        )

    def forget_applied(self, names: Iterable[str]) -> None:
        self.tx.many("DELETE FROM applied WHERE name = :name", [{"name": name} for name in names])

    def note(
        self, kind: str, now: datetime, branch: str | None = None, member: str | None = None, note: str = ""
    ) -> None:
        """A line of the ledger: a deed, never anyone's words."""
        self.tx.run(
            "INSERT INTO ledger (number, at, kind, branch, member, note)"
            " SELECT coalesce(max(number), 0) + 1, :at, :kind, :branch, :member, :note FROM ledger",
            at=instant.text(now),
            kind=kind,
            branch=branch,
            member=member,
            note=note,
        )

    def members_noted(self, kind: str, branch: str, note: str) -> set[str]:
        """Whom the ledger names in such a line of the branch."""
        rows = self.tx.all(
            "SELECT member FROM ledger WHERE branch = :branch AND kind = :kind AND note = :note AND member IS NOT NULL",
            branch=branch,
            kind=kind,
            note=note,
        )
        return {row["member"] for row in rows}

    def wrote_to(self, member: str) -> list[tuple[str, str]]:
        """Branch and writer of every message written to her in the branches she belongs to, the newest first."""
        rows = self.tx.all(
            "SELECT l.branch, l.member FROM membership p JOIN ledger l ON l.branch = p.branch"
            " WHERE p.member = :member AND p.left_at IS NULL AND l.kind = 'wrote_to' AND l.note = :member"
            " AND l.member IS NOT NULL ORDER BY l.number DESC",
            member=member,
        )
        return list(dict.fromkeys((row["branch"], row["member"]) for row in rows))

    def forget_ledger(self, before: datetime) -> None:
        self.tx.run("DELETE FROM ledger WHERE at < :before", before=instant.text(before))
