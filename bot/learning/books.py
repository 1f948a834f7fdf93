"""One book at a time: the next one begins when its organiser says so, or when none is being read."""

from bot.config.studying import Study
from bot.store.books import Book
from bot.work import Work


def begin(work: Work, item: str, study: Study) -> None:
    """See that the file's books are on the list, and that one is being read."""
    for title in study.books:
        work.tables.books.add(item, title, "listed", "", work.now)
    listed = work.tables.books.of(item)
    if listed and listed[0].state == "listed":
        work.tables.books.put(listed[0], "reading", work.now)


def turn(work: Work, item: str) -> tuple[Book | None, Book | None]:
    """The book that is done with, and the one that begins."""
    listed = work.tables.books.of(item)
    done = next((one for one in listed if one.state == "reading"), None)
    following = next((one for one in listed if one.state == "listed"), None)
    if done and following:
        work.tables.books.put(done, "read", work.now)
    if following:
        work.tables.books.put(following, "reading", work.now)
    return (done if following else None), following


def choose(work: Work, book: Book) -> None:
    """A wish is granted: it comes after what is listed already."""
    work.tables.books.put(book, "listed", work.now)
