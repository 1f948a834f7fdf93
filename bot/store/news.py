"""News of home branches: kept until the week's hour, then only that they were sent."""

from datetime import datetime

from bot.domain import instant
from bot.domain.news import Item
from bot.store.tx import Row, Tx


class News:
    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    def keep(self, item: Item, now: datetime) -> None:
        self.tx.run(
            "INSERT INTO news (id, number, home, writer, words, written_at)"
            " SELECT :id, coalesce(max(number), 0) + 1, :home, :writer, :words, :now FROM news",
            id=item.id,
            home=item.home,
            writer=item.writer,
            words=self.tx.vault.seal(_place(item.id), item.words),
            now=instant.text(now),
        )

    def kept(self, home: str) -> list[Item]:
        """What waits for the week's hour, as it was written one after the other."""
        rows = self.tx.all("SELECT * FROM news WHERE home = :home AND sent_at IS NULL ORDER BY number", home=home)
        return [self._item(row) for row in rows]

    def last_of(self, writer: str) -> Item | None:
        """The newest of hers that still waits."""
        row = self.tx.one(
            "SELECT * FROM news WHERE writer = :writer AND sent_at IS NULL ORDER BY number DESC LIMIT 1",
            writer=writer,
        )
        return self._item(row) if row else None

    def drop(self, id: str) -> None:  # noqa: A002
        """Taken back: nothing of it stays."""
        self.tx.run("DELETE FROM news WHERE id = :id", id=id)

    def sent(self, home: str, now: datetime) -> None:
        self.tx.run(
            "UPDATE news SET sent_at = :now, words = '' WHERE home = :home AND sent_at IS NULL",
            home=home,
            now=instant.text(now),
        )

    def forget_words(self, before: datetime) -> None:
        """What has waited since before that time for an hour that never came."""
        self.tx.run("DELETE FROM news WHERE sent_at IS NULL AND written_at < :before", before=instant.text(before))

    def forget(self, before: datetime) -> None:
        self.tx.run("DELETE FROM news WHERE sent_at < :before", before=instant.text(before))

    def _item(self, row: Row) -> Item:
        return Item(row["id"], row["home"], row["writer"], self.tx.vault.open(_place(row["id"]), row["words"]))


def _place(id: str) -> str:  # noqa: A002
    return f"news|{id}|words"
