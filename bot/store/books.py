"""Reading lists: one book at a time, what comes next, and what members wish for."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import instant
from bot.store.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Book:
    """`state`: wished (by `member`) | listed | reading | read."""

    number: int
    item: str
    title: str
    state: str
    member: str


class Books:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def of(self, item: str) -> list[Book]:
        """What is read now, what comes next in its order, what is wished for, what was read."""
        rows = self.tx.all(
            "SELECT * FROM book WHERE item = :item ORDER BY CASE state WHEN 'reading' THEN 0 WHEN 'listed' THEN 1"
            " WHEN 'wished' THEN 2 ELSE 3 END, at, number",
            item=item,
        )
        return [_book(row) for row in rows]

    def numbered(self, number: int) -> Book | None:
        row = self.tx.one("SELECT * FROM book WHERE number = :number", number=number)
        return _book(row) if row else None

    def reading(self, item: str) -> str:
        """The title of the book of the hour; “”: none."""
        return next((one.title for one in self.of(item) if one.state == "reading"), "")

    def add(self, item: str, title: str, state: str, member: str, now: datetime) -> Book | None:
        """None: it is on the list already."""
        added = self.tx.run(
            "INSERT INTO book (number, item, title, state, member, at)"
            " SELECT coalesce(max(number), 0) + 1, :item, :title, :state, :member, :now FROM book WHERE true"
            " ON CONFLICT (item, title) DO NOTHING",
            item=item,
            title=title,
            state=state,
            member=member or None,
            now=instant.text(now),
        )
        row = self.tx.one("SELECT * FROM book WHERE item = :item AND title = :title", item=item, title=title)
        return _book(row) if row and added else None

    def put(self, book: Book, state: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE book SET state = :state, at = :now WHERE number = :number",
            state=state,
            now=instant.text(now),
            number=book.number,
        )

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM book WHERE state = 'read' AND at < :before", before=instant.text(before))


def _book(row: Row) -> Book:
    return Book(row["number"], row["item"], row["title"], row["state"], row["member"] or "")
