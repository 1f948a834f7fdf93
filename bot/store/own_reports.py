"""What a member does with her rounds besides answering: taking back, skipping, looking up, being asked at her hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.report import Report
from bot.store.rounds import Rounds
from bot.store.tx import Row, Tx

MOST = 100


@dataclass(frozen=True, slots=True)
class Own:
    """An answer of hers: to which round of which branch."""

    branch: str
    ask_at: datetime
    late: bool
    report: Report


@dataclass(frozen=True, slots=True)
class Skip:
    """That a round was skipped, and why, if she said so."""

    at: datetime
    why: str


class OwnReports:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def withdraw(self, round_: str, member: str) -> tuple[str, ...]:
        """Her answer is gone from the store as if it had not been given; the messages it was made of."""
        row = self.tx.one(
            "SELECT messages FROM report WHERE round = :round AND member = :member", round=round_, member=member
        )
        self.tx.run(
            "UPDATE report SET said = '', messages = '', late = 0, answered_at = NULL, amended_at = NULL"
            " WHERE round = :round AND member = :member",
            round=round_,
            member=member,
        )
        return tuple(row["messages"].split()) if row else ()

    def skip(self, round_: str, member: str, why: str, now: datetime) -> None:
        self._skip(round_, member, instant.text(now), self.tx.vault.seal(_place(round_, member), why))

    def unskip(self, round_: str, member: str) -> None:
        self._skip(round_, member, None, "")

    def _skip(self, round_: str, member: str, at: str | None, why: str) -> None:
        self.tx.run(
            "UPDATE report SET skipped_at = :at, skipped_why = :why, later_until = NULL"
            " WHERE round = :round AND member = :member",
            round=round_,
            member=member,
            at=at,
            why=why,
        )

    def skipped(self, round_: str) -> dict[str, Skip]:
        """Who has skipped the round and not answered it after all."""
        rows = self.tx.all(
            "SELECT member, skipped_at, skipped_why FROM report WHERE round = :round AND skipped_at IS NOT NULL"
            " AND answered_at IS NULL ORDER BY member",
            round=round_,
        )
        return {row["member"]: self._skipped(round_, row) for row in rows}

    def _skipped(self, round_: str, row: Row) -> Skip:
        why = self.tx.vault.open(_place(round_, row["member"]), row["skipped_why"])
        return Skip(instant.parse(row["skipped_at"]), why)

    def history(self, member: str, since: str = "", until: str = "9") -> list[Own]:
        """Her answers whose words are still kept, newest first; the bounds are moments as they are written down."""
        rows = self.tx.all(
            "SELECT p.round, p.ask_at, p.late, p.said, r.branch FROM report p JOIN round r ON r.id = p.round"
            " WHERE p.member = :member AND p.said <> '' AND p.ask_at >= :since AND p.ask_at < :until"
            " ORDER BY p.ask_at DESC, p.round LIMIT :most",
            member=member,
            since=since,
            until=until,
            most=MOST,
        )
        return [self._own(member, row) for row in rows]

    def _own(self, member: str, row: Row) -> Own:
        said = Rounds(self.tx).said(row["round"], member, row["said"])
        return Own(row["branch"], instant.parse(row["ask_at"]), bool(row["late"]), said)

    def set_hour(self, round_: str, member: str, at: datetime | None) -> None:
        """She is asked then, and not at the hour of the round; None: at that."""
        self.tx.run(
            "UPDATE report SET hour_at = :at WHERE round = :round AND member = :member",
            round=round_,
            member=member,
            at=instant.text(at) if at else None,
        )

    def ask(self, round_: str, members: Iterable[str], now: datetime) -> None:
        """They have been asked at hours of their own."""
        self.tx.many(
            "UPDATE report SET hour_at = NULL, asked_at = :now WHERE round = :round AND member = :member",
            [{"round": round_, "member": member, "now": instant.text(now)} for member in members],
        )

    def with_hour(self, round_: str) -> set[str]:
        """Whose own hour is still to come in the round."""
        rows = self.tx.all(
            "SELECT member FROM report WHERE round = :round AND hour_at IS NOT NULL ORDER BY member", round=round_
        )
        return {row["member"] for row in rows}


def _place(round_: str, member: str) -> str:
    return f"report|{round_}|{member}|skipped_why"
