"""Members, their addresses, and their places in branches."""

from datetime import datetime

from bot.domain import instant
from bot.domain.people import Belonging, Member
from bot.store.tx import Row, Tx


class Members:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def get(self, id: str) -> Member | None:  # noqa: A002
        row = self.tx.one("SELECT * FROM member WHERE id = :id", id=id)
        return _member(row) if row else None

    def listed(self) -> list[Member]:
        return [_member(row) for row in self.tx.all("SELECT * FROM member WHERE listed = 1 ORDER BY id")]

    def listed_ids(self) -> set[str]:
        """Whoever the file lists, by id alone."""
        return {row["id"] for row in self.tx.all("SELECT id FROM member WHERE listed = 1")}

    def at_head(self, said: str) -> list[Member]:
        """Everybody in the file whose name the text begins with."""
        rows = self.tx.all(
            "SELECT * FROM member WHERE listed = 1 AND substr(:said, 1, length(name)) = name ORDER BY id", said=said
        )
        return [_member(row) for row in rows]

    def at(self, channel: str, address: str) -> Member | None:
        """Whose address it is; None for a stranger, and for whoever is no longer in the file."""
        row = self.tx.one(
            "SELECT m.* FROM address a JOIN member m ON m.id = a.member"
            " WHERE a.channel = :channel AND a.address = :address AND m.listed = 1",
            channel=channel,
            address=address,
        )
        return _member(row) if row else None

    def address(self, member: str, channel: str) -> tuple[str, str] | None:
        """Channel and address to reach her by: the one she has chosen, else the branch's, else the first that works."""
        row = self.tx.one(
            "SELECT a.channel, a.address FROM address a LEFT JOIN preference p ON p.member = a.member"
            " WHERE a.member = :member ORDER BY CASE WHEN a.channel = p.channel THEN 0"
            " WHEN a.channel = :channel THEN 1 ELSE 2 END, a.channel",
            member=member,
            channel=channel,
        )
        return (row["channel"], row["address"]) if row else None

    def addresses_on(self, channel: str) -> dict[str, str]:
        """By member, of everybody who is in the file."""
        rows = self.tx.all(
            "SELECT a.member, a.address FROM address a JOIN member m ON m.id = a.member"
            " WHERE a.channel = :channel AND m.listed = 1 ORDER BY a.member",
            channel=channel,
        )
        return {row["member"]: row["address"] for row in rows}

    def channels(self, member: str) -> list[str]:
        """On which channels she can be reached."""
        rows = self.tx.all(
            "SELECT DISTINCT channel FROM address WHERE member = :member ORDER BY channel", member=member
        )
        return [row["channel"] for row in rows]

    def put(self, member: Member) -> None:
        """As the file describes her; whoever is known goes on hearing the language she hears."""
        self.tx.run(
            "INSERT INTO member (id, name, status, home, language, listed)"
            " VALUES (:id, :name, :status, :home, :language, 1)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status,"
            " home = excluded.home, listed = 1, gone_at = NULL, words_gone_at = NULL",
            id=member.id,
            name=member.name,
            status=member.status,
            home=member.home,
            language=member.language,
        )

    def speak(self, id: str, language: str) -> None:  # noqa: A002
        """From here on she hears everything in this language."""
        self.tx.run("UPDATE member SET language = :language WHERE id = :id", id=id, language=language)

    def unlist(self, id: str, now: datetime) -> None:  # noqa: A002
        """She is no longer in the file: not reached, not asked, in no branch any more."""
        self.tx.run("UPDATE member SET listed = 0, gone_at = :now WHERE id = :id", id=id, now=instant.text(now))
        self.tx.run(
            "UPDATE membership SET left_at = :now WHERE member = :id AND left_at IS NULL",
            id=id,
            now=instant.text(now),
        )
        self.tx.run("DELETE FROM address WHERE member = :id", id=id)

    def mark_gone(self, now: datetime) -> None:
        """Whoever left the file before it was noted when: from now on."""
        sql = "UPDATE member SET gone_at = :now WHERE listed = 0 AND gone_at IS NULL"
        self.tx.run(sql, now=instant.text(now))

    def gone_before(self, before: datetime, *, with_words: bool = False) -> list[Member]:
        """Who has not been in the file since; `with_words`: and whose words are still here."""
        rows = self.tx.all(
            "SELECT * FROM member WHERE listed = 0 AND gone_at <= :before"
            " AND (:all = 1 OR words_gone_at IS NULL) ORDER BY id",
            before=instant.text(before),
            all=int(not with_words),
        )
        return [_member(row) for row in rows]

    def words_gone(self, id: str, now: datetime) -> None:  # noqa: A002
        self.tx.run("UPDATE member SET words_gone_at = :now WHERE id = :id", id=id, now=instant.text(now))

    def put_addresses(self, member: str, addresses: dict[str, str]) -> None:
        self.tx.run("DELETE FROM address WHERE member = :member", member=member)
        self.tx.many(
            "INSERT INTO address (channel, address, member) VALUES (:channel, :address, :member)"
            " ON CONFLICT (channel, address) DO UPDATE SET member = excluded.member",
            [{"channel": channel, "address": one, "member": member} for channel, one in addresses.items()],
        )

    def of_branch(self, branch: str) -> list[Belonging]:
        """Who belongs to the branch now, in the order of joining."""
        rows = self.tx.all(
            "SELECT p.branch, p.consent, m.* FROM membership p JOIN member m ON m.id = p.member"
            " WHERE p.branch = :branch AND p.left_at IS NULL ORDER BY p.joined_at, m.id",
            branch=branch,
        )
        return [Belonging(row["branch"], _member(row), row["consent"]) for row in rows]

    def ids_of_branch(self, branch: str) -> set[str]:
        rows = self.tx.all("SELECT member FROM membership WHERE branch = :branch AND left_at IS NULL", branch=branch)
        return {row["member"] for row in rows}

    def joined(self, branch: str) -> dict[str, datetime]:
        """Since when each of its members belongs to the branch."""
        rows = self.tx.all(
            "SELECT member, joined_at FROM membership WHERE branch = :branch AND left_at IS NULL ORDER BY member",
            branch=branch,
        )
        return {row["member"]: instant.parse(row["joined_at"]) for row in rows}

    def places(self) -> set[tuple[str, str]]:
        """Branch and member of every place in a branch that runs."""
        rows = self.tx.all(
            "SELECT p.branch, p.member FROM membership p JOIN branch b ON b.id = p.branch"
            " WHERE p.left_at IS NULL AND b.state IN ('running', 'closing')"
        )
        return {(row["branch"], row["member"]) for row in rows}

    def join(self, branch: str, member: str, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO membership (branch, member, joined_at, consent) VALUES (:branch, :member, :now, 'unasked')"
            " ON CONFLICT (branch, member) DO UPDATE SET left_at = NULL, joined_at = excluded.joined_at",
            branch=branch,
            member=member,
            now=instant.text(now),
        )

    def leave(self, branch: str, member: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE membership SET left_at = :now WHERE branch = :branch AND member = :member AND left_at IS NULL",
            branch=branch,
            member=member,
            now=instant.text(now),
        )

    def set_consent(self, branch: str, member: str, consent: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE membership SET consent = :consent, consent_at = :now WHERE branch = :branch AND member = :member",
            branch=branch,
            member=member,
            consent=consent,
            now=instant.text(now),
        )

    def refuse_all(self, member: str, now: datetime) -> None:
        """In every branch, also those that are over."""
        self.tx.run(
            "UPDATE membership SET consent = 'refused', consent_at = :now"
            " WHERE member = :member AND consent <> 'refused'",
            member=member,
            now=instant.text(now),
        )

    def consent_by_answer(self, branch: str, member: str, now: datetime) -> None:
        """A first answer is her consent; a later one changes nothing."""
        self.tx.run(
            "UPDATE membership SET consent = 'given', consent_at = :now"
            " WHERE branch = :branch AND member = :member AND consent = 'unasked'",
            branch=branch,
            member=member,
            now=instant.text(now),
        )


def _member(row: Row) -> Member:
    return Member(row["id"], row["name"], row["status"], row["home"], row["language"])
