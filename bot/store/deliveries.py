"""Deliveries: the bytes of one call and its recipients, claimed with a lease and a fence."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.domain import instant
from bot.errors import LianxinError
from bot.message import Card
from bot.store.tx import Row, Tx

LEASE = timedelta(seconds=60)
LONGEST_ON_THE_WAY = timedelta(hours=3)
# The first condition is that of the index over what is not over: without it, all that was ever sent would be read.
WAITS = "state IN ('due', 'sending')"
FREE = (
    "SELECT * FROM delivery WHERE " + WAITS + " AND next_at <= :now"
    " AND (state = 'due' OR lease_until < :real_now) ORDER BY next_at, id LIMIT :most"
)
NEXT = "SELECT min(next_at) AS next FROM delivery WHERE " + WAITS + " AND state = 'due'"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One claimed call. `fence` tells this claim from any later one; `to` is (member, address).

    Who is no longer in the file is not in `to` either. No `text`: it cannot be read any more.
    """

    id: str
    channel: str
    text: str
    fence: int
    attempts: int
    made_at: datetime
    to: tuple[tuple[str, str], ...]
    card: Card | None = None
    chat: str = ""  # a group chat: one message there reaches them all


class Deliveries:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def make(
        self,
        id: str,  # noqa: A002
        channel: str,
        text: str,
        to: list[tuple[str, str, bool]],
        now: datetime,
        next_at: datetime | None = None,
        *,
        card: Card | None = None,
        chat: str = "",
    ) -> None:
        """`to`: member, address, and whether it counts as a prompt. It goes at `next_at`, without one now."""
        self.tx.run(
            "INSERT INTO delivery (id, channel, body, card, chat, state, made_at, next_at)"
            " VALUES (:id, :channel, :body, :card, :chat, 'due', :now, :next_at)",
            chat=chat,
            id=id,
            channel=channel,
            body=self.tx.vault.seal(f"delivery|{id}|body", text),
            card=self.tx.vault.seal(f"delivery|{id}|card", _packed(card)) if card else "",
            now=instant.text(now),
            next_at=instant.text(next_at or now),
        )
        self.add(id, to, now)

    def add(self, id: str, to: list[tuple[str, str, bool]], now: datetime) -> None:  # noqa: A002
        """More recipients of what is not on its way yet."""
        self.tx.many(
            "INSERT INTO delivery_to (delivery, member, address, prompt, made_at)"
            " VALUES (:delivery, :member, :address, :prompt, :now)",
            [
                {"delivery": id, "member": member, "address": address, "prompt": int(prompt), "now": instant.text(now)}
                for member, address, prompt in to
            ],
        )

    def claim(self, now: datetime, real_now: datetime, most: int) -> list[Delivery]:
        """Take what is due, or was taken by somebody whose lease has run out. Leases live by real time."""
        rows = self.tx.all(FREE, now=instant.text(now), real_now=instant.text(real_now), most=most)
        self.tx.many(
            "UPDATE delivery SET state = 'sending', fence = fence + 1, attempts = attempts + 1, lease_until = :until"
            " WHERE id = :id",
            [{"id": row["id"], "until": instant.text(real_now + LEASE)} for row in rows],
        )
        return [
            Delivery(
                row["id"],
                row["channel"],
                self._text(row),
                row["fence"] + 1,
                row["attempts"] + 1,
                instant.parse(row["made_at"]),
                self._to(row["id"]),
                self._card(row),
                row["chat"],
            )
            for row in rows
        ]

    def settle(self, delivery: Delivery, errors: dict[str, str], now: datetime, *, dead: bool = False) -> bool:
        """It is over: sent, but for the addresses in `errors`. False: the claim had been lost, nothing is changed."""
        touched = self.tx.run(
            "UPDATE delivery SET state = :state, lease_until = NULL, body = '', card = ''"
            " WHERE id = :id AND fence = :fence",
            id=delivery.id,
            fence=delivery.fence,
            state="dead" if dead else "sent",
        )
        if touched:
            self.tx.many(
                "UPDATE delivery_to SET sent_at = :sent_at, error = :error WHERE delivery = :id AND address = :address",
                [
                    {
                        "id": delivery.id,
                        "address": address,
                        "error": errors.get(address, ""),
                        "sent_at": None if address in errors else instant.text(now),
                    }
                    for _, address in delivery.to
                ],
            )
        return touched == 1

    def postpone(self, delivery: Delivery, until: datetime) -> None:
        self.tx.run(
            "UPDATE delivery SET state = 'due', lease_until = NULL, next_at = :until WHERE id = :id AND fence = :fence",
            id=delivery.id,
            fence=delivery.fence,
            until=instant.text(until),
        )

    def release_all(self) -> None:
        """At start: this process is the only one, so nobody is sending."""
        self.tx.run("UPDATE delivery SET state = 'due', lease_until = NULL WHERE state = 'sending'")

    def reword(self, change: Callable[[str], str]) -> None:
        """The bytes of what has not arrived yet, changed."""
        for row in self.tx.all("SELECT id, body FROM delivery WHERE " + WAITS + " AND body <> ''"):
            text = self._text(row)
            if text and (changed := change(text)) != text:
                body = self.tx.vault.seal(f"delivery|{row['id']}|body", changed)
                self.tx.run("UPDATE delivery SET body = :body WHERE id = :id", id=row["id"], body=body)

    def state(self, id: str) -> str:  # noqa: A002
        """due, sending, sent or dead; empty if there is no such delivery."""
        row = self.tx.one("SELECT state FROM delivery WHERE id = :id", id=id)
        return row["state"] if row else ""

    def reached(self, channel: str, errors: tuple[str, str]) -> tuple[set[str], set[str]]:
        """Addresses that something has reached, and those that for one of these reasons nothing has since."""
        rows = self.tx.all(
            "SELECT t.address, max(t.made_at) AS last, max(CASE WHEN t.error IN (:one, :other) THEN t.made_at END) AS"
            " failed FROM delivery_to t JOIN delivery d ON d.id = t.delivery WHERE d.channel = :channel"
            " AND d.state IN ('sent', 'dead') GROUP BY t.address",
            channel=channel,
            one=errors[0],
            other=errors[1],
        )
        failed = {row["address"] for row in rows if row["failed"] == row["last"]}
        return {row["address"] for row in rows} - failed, failed

    def sent_since(self, channel: str, since: datetime) -> dict[str, list[datetime]]:
        """By address, when something went out to it; what was said in a group chat is not there."""
        rows = self.tx.all(
            "SELECT t.address, t.sent_at FROM delivery d JOIN delivery_to t ON t.delivery = d.id"
            " WHERE d.channel = :channel AND d.chat = '' AND d.made_at >= :made AND t.sent_at >= :since",
            channel=channel,
            made=instant.text(since - LONGEST_ON_THE_WAY),
            since=instant.text(since),
        )
        found: dict[str, list[datetime]] = {}
        for row in rows:
            found.setdefault(row["address"], []).append(instant.parse(row["sent_at"]))
        return found

    def prompts_since(self, member: str, since: datetime) -> int:
        row = self.tx.one(
            "SELECT count(*) AS prompts FROM delivery_to WHERE member = :member AND made_at >= :since AND prompt = 1",
            member=member,
            since=instant.text(since),
        )
        return row["prompts"] if row else 0

    def oldest_undelivered(self) -> datetime | None:
        row = self.tx.one("SELECT min(made_at) AS oldest FROM delivery WHERE " + WAITS)
        return instant.parse_or_none(row["oldest"]) if row else None

    def next_at(self) -> datetime | None:
        row = self.tx.one(NEXT)
        return instant.parse_or_none(row["next"]) if row else None

    def forget(self, before: datetime) -> None:
        old = "SELECT id FROM delivery WHERE state IN ('sent', 'dead') AND made_at < :before"
        self.tx.run("DELETE FROM delivery_to WHERE delivery IN (" + old + ")", before=instant.text(before))
        self.tx.run(
            "DELETE FROM delivery WHERE state IN ('sent', 'dead') AND made_at < :before", before=instant.text(before)
        )

    def _text(self, row: Row) -> str:
        try:
            return self.tx.vault.open(f"delivery|{row['id']}|body", row["body"])
        except LianxinError:
            return ""

    def _card(self, row: Row) -> Card | None:
        try:
            found = self.tx.vault.open(f"delivery|{row['id']}|card", row["card"])
        except LianxinError:
            return None
        return _unpacked(found) if found else None

    def _to(self, id: str) -> tuple[tuple[str, str], ...]:  # noqa: A002
        rows = self.tx.all(
            "SELECT t.member, t.address FROM delivery_to t JOIN member m ON m.id = t.member"
            " WHERE t.delivery = :id AND m.listed = 1 ORDER BY t.member",
            id=id,
        )
        return tuple((row["member"], row["address"]) for row in rows)


def _packed(card: Card) -> str:
    return json.dumps(asdict(card), ensure_ascii=False)


def _unpacked(text: str) -> Card:
    found = json.loads(text)
    return Card(found["title"], found["hint"], tuple(found["taps"]), found["branch"], found["about"])
