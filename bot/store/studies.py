"""Who was reminded of which study item, and what she answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.study import fits, open_for_answer
from bot.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """One occurrence of a study item as one member was told of it. `answer`: done | join | remote | excused | None."""

    item: str
    starts_at: datetime
    title: str
    form: str
    answer: str | None


class Studies:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def remember(self, item: str, starts_at: datetime, member: str, title: str, form: str, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO study (item, starts_at, member, title, form, asked_at)"
            " VALUES (:item, :starts_at, :member, :title, :form, :now)"
            " ON CONFLICT (item, starts_at, member) DO UPDATE SET asked_at = excluded.asked_at",
            item=item,
            starts_at=instant.text(starts_at),
            member=member,
            title=title,
            form=form,
            now=instant.text(now),
        )

    def answered(self, item: str, starts_at: datetime) -> set[str]:
        """Who needs no further reminder of the occurrence."""
        rows = self.tx.all(
            "SELECT member FROM study WHERE item = :item AND starts_at = :starts_at AND answer IS NOT NULL",
            item=item,
            starts_at=instant.text(starts_at),
        )
        return {row["member"] for row in rows}

    def open_to(self, member: str, now: datetime, answer: str) -> Asked | None:
        """What a bare answer means: an item it fits, not answered yet, the last reminded of; else one answered last."""
        rows = self.tx.all(
            "SELECT * FROM study WHERE member = :member"
            " ORDER BY answer IS NOT NULL, coalesce(answered_at, asked_at) DESC, asked_at DESC, starts_at",
            member=member,
        )
        asked = (
            Asked(row["item"], instant.parse(row["starts_at"]), row["title"], row["form"], row["answer"])
            for row in rows
        )
        still_open = [one for one in asked if open_for_answer(one.starts_at, now)]
        fitting = [one for one in still_open if fits(one.form, answer)]
        return next(iter([*fitting, *still_open]), None)

    def answer(self, asked: Asked, member: str, answer: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE study SET answer = :answer, answered_at = :now"
            " WHERE item = :item AND starts_at = :starts_at AND member = :member",
            item=asked.item,
            starts_at=instant.text(asked.starts_at),
            member=member,
            answer=answer,
            now=instant.text(now),
        )

    def answers(self, item: str, starts_at: datetime) -> dict[str, str | None]:
        """What each who was asked has answered, if she has."""
        rows = self.tx.all(
            "SELECT member, answer FROM study WHERE item = :item AND starts_at = :starts_at",
            item=item,
            starts_at=instant.text(starts_at),
        )
        return {row["member"]: row["answer"] for row in rows}

    def attend(
        self, item: str, starts_at: datetime, title: str, form: str, attended: Mapping[str, str], now: datetime
    ) -> None:
        """Here, remote or absent, as the organiser has confirmed."""
        same = {"item": item, "starts_at": instant.text(starts_at), "title": title, "form": form}
        self.tx.many(
            "INSERT INTO study (item, starts_at, member, title, form, asked_at, attended)"
            " VALUES (:item, :starts_at, :member, :title, :form, :now, :attended)"
            " ON CONFLICT (item, starts_at, member) DO UPDATE SET attended = excluded.attended",
            [{**same, "member": one, "now": instant.text(now), "attended": how} for one, how in attended.items()],
        )

    def taken_part(self, member: str, since: datetime) -> dict[str, int]:
        """How often she took part or studied since then: `studied` alone, `here`, `remote`, as confirmed, else as
        she said herself."""
        rows = self.tx.all(
            "SELECT CASE WHEN answer = 'done' THEN 'studied' ELSE coalesce(attended,"
            " CASE answer WHEN 'join' THEN 'here' WHEN 'remote' THEN 'remote' END) END AS how, count(*) AS times"
            " FROM study WHERE member = :member AND starts_at >= :since GROUP BY 1",
            member=member,
            since=instant.text(since),
        )
        return {row["how"]: row["times"] for row in rows if row["how"] and row["how"] != "absent"}

    def last_title(self, member: str, since: datetime, until: datetime) -> str:
        """What she was last asked to study in that time; “”: nothing."""
        row = self.tx.one(
            "SELECT title FROM study WHERE member = :member AND starts_at > :since AND starts_at <= :until"
            " ORDER BY starts_at DESC LIMIT 1",
            member=member,
            since=instant.text(since),
            until=instant.text(until),
        )
        return row["title"] if row else ""

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM study WHERE starts_at < :before", before=instant.text(before))
