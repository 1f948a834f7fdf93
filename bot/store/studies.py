"""Who was reminded of which study item, and what she answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.domain.study import fits, open_for_answer
from bot.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """One occurrence of a study item as one member was told of it. `answer`: done | join | excused | None."""

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

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM study WHERE starts_at < :before", before=instant.text(before))
