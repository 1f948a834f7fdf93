"""Group chats of branches, as the platform has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.group_chat import GroupChat
from bot.store.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Place:
    """Where a branch talks: the channel and the chat's id there, and who of its members is in it."""

    channel: str
    chat: str
    members: frozenset[str]


class GroupChats:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def look_at(self, branch: str, channel: str, id: str, at: datetime) -> None:  # noqa: A002
        """It is due to be looked after at that hour; whom the platform did not let in is tried again then.

        A branch that has moved to another app begins anew there.
        """
        elsewhere = "DELETE FROM group_chat WHERE branch = :branch AND (channel <> :channel OR id <> :id)"
        if self.tx.run(elsewhere, branch=branch, channel=channel, id=id):
            self.tx.run("DELETE FROM group_chat_member WHERE branch = :branch", branch=branch)
        self.tx.run(
            "INSERT INTO group_chat (branch, channel, id, state, due_at) VALUES (:branch, :channel, :id, 'none', :at)"
            " ON CONFLICT (branch) DO UPDATE SET due_at = excluded.due_at, singly = 0",
            branch=branch,
            channel=channel,
            id=id,
            at=instant.text(at),
        )
        self.tx.run("DELETE FROM group_chat_member WHERE branch = :branch AND shut = 1", branch=branch)

    def due(self, now: datetime, most: int) -> list[tuple[str, str, GroupChat]]:
        """Branch, channel and chat of those that are to be looked after."""
        rows = self.tx.all(
            "SELECT * FROM group_chat WHERE due_at IS NOT NULL AND due_at <= :now ORDER BY due_at, branch LIMIT :most",
            now=instant.text(now),
            most=most,
        )
        return [(row["branch"], row["channel"], self._chat(row)) for row in rows]

    def get(self, branch: str) -> GroupChat | None:
        row = self.tx.one("SELECT * FROM group_chat WHERE branch = :branch", branch=branch)
        return self._chat(row) if row else None

    def put(self, branch: str, chat: GroupChat, people: Mapping[str, str], due_at: datetime | None) -> None:
        """`people`: the member of each address that is known."""
        self.tx.run(
            "UPDATE group_chat SET state = :state, name = :name, owner = :owner, greeted = :greeted, parted = :parted,"
            " singly = :singly, due_at = :due_at WHERE branch = :branch",
            branch=branch,
            state=chat.state,
            name=chat.name,
            owner=chat.owner,
            greeted=int(chat.greeted),
            parted=int(chat.parted),
            singly=int(chat.singly),
            due_at=instant.text(due_at) if due_at else None,
        )
        member = {address.lower(): one for address, one in people.items()}
        self.tx.run("DELETE FROM group_chat_member WHERE branch = :branch", branch=branch)
        self.tx.many(
            "INSERT INTO group_chat_member (branch, address, member, shut) VALUES (:branch, :address, :member, :shut)",
            [
                {"branch": branch, "address": one, "member": member.get(one, ""), "shut": int(one in chat.shut)}
                for one in sorted(chat.people | chat.shut)
            ],
        )

    def put_off(self, branch: str, until: datetime) -> None:
        sql = "UPDATE group_chat SET due_at = :until WHERE branch = :branch"
        self.tx.run(sql, branch=branch, until=instant.text(until))

    def lost(self, id: str, now: datetime) -> None:  # noqa: A002
        """The platform knows it no more: somebody has dissolved it."""
        self.tx.run(
            "UPDATE group_chat SET state = 'none', name = '', greeted = 0, due_at = :now WHERE id = :id",
            id=id,
            now=instant.text(now),
        )

    def places(self) -> dict[str, Place]:
        """By branch, where a running branch can be spoken to as a whole."""
        rows = self.tx.all(
            "SELECT g.branch, g.channel, g.id, m.member FROM group_chat g JOIN branch b ON b.id = g.branch"
            " JOIN group_chat_member m ON m.branch = g.branch AND m.shut = 0"
            " WHERE g.state = 'there' AND g.greeted = 1 AND b.state IN ('running', 'closing')"
            " ORDER BY g.branch, m.address"
        )
        found: dict[str, Place] = {}
        for row in rows:
            before = found.get(row["branch"], Place(row["channel"], row["id"], frozenset()))
            found[row["branch"]] = Place(before.channel, before.chat, before.members | {row["member"]})
        return found

    def next_at(self) -> datetime | None:
        row = self.tx.one("SELECT min(due_at) AS next FROM group_chat WHERE due_at IS NOT NULL")
        return instant.parse_or_none(row["next"]) if row else None

    def _chat(self, row: Row) -> GroupChat:
        members = self.tx.all(
            "SELECT address, shut FROM group_chat_member WHERE branch = :branch ORDER BY address", branch=row["branch"]
        )
        return GroupChat(
            row["id"],
            row["state"],
            row["name"],
            row["owner"],
            frozenset(one["address"] for one in members if not one["shut"]),
            frozenset(one["address"] for one in members if one["shut"]),
            bool(row["greeted"]),
            bool(row["parted"]),
            bool(row["singly"]),
        )
