"""The reading list: 书单 shows it, 荐书 《…》 wishes for one, 选书 3 puts it on the list, 下一本 turns to the next."""

import re

from bot.handling import Answer, Command, Context
from bot.learning import books
from bot.learning.plan import is_for, organised_by, organisers

TITLE = re.compile(r"《([^《》]{1,40})》")
LONGEST = 40


def _lists(ctx: Context) -> list[str]:
    """The reading items that concern her, or that she organises."""
    readings = [id_ for id_, one in ctx.work.config.study.items() if one.form == "reading"]
    hers = organised_by(ctx.work, ctx.member.id)
    return [one for one in readings if one in hers or is_for(ctx.work, one, ctx.member.id)]


def show(ctx: Context) -> Answer:
    lists = _lists(ctx)
    for item in lists:
        books.begin(ctx.work, item, ctx.work.config.study[item])
    listed = [
        {"number": one.number, "title": one.title, "state": one.state}
        for item in lists
        for one in ctx.tables.books.of(item)
    ]
    if not lists:
        return ctx.say("study.no_reading")
    return ctx.say("study.books", books=listed, chooses=bool(set(lists) & set(organised_by(ctx.work, ctx.member.id))))


def wish(ctx: Context) -> Answer | None:
    lists, found = _lists(ctx), TITLE.search(ctx.rest)
    title = f"《{found[1]}》" if found else ctx.rest.strip()
    if not lists:
        return ctx.say("study.no_reading")
    if not title or len(title) > LONGEST:
        return ctx.say("study.book_what")
    item = lists[0]
    books.begin(ctx.work, item, ctx.work.config.study[item])
    book = ctx.tables.books.add(item, title, "wished", ctx.member.id, ctx.work.now)
    if book is None:
        return ctx.say("study.book_known", title=title)
    for organiser in organisers(ctx.work, ctx.work.config.study[item]):
        if organiser != ctx.member.id:
            facts = {"who": ctx.member.name, "title": title, "number": book.number}
            ctx.work.owe("classes.book_wished", organiser, f"book:{item}:{title}:{organiser}", filled_by=facts)
    return ctx.say("study.book_wished", title=title)


def choose(ctx: Context) -> Answer | None:
    book = ctx.tables.books.numbered(int(ctx.rest)) if ctx.rest.isdecimal() else None
    if book is None or book.item not in organised_by(ctx.work, ctx.member.id):
        return ctx.say("classes.no_such_book")
    if book.state in ("wished", "read"):
        books.choose(ctx.work, book)
    return ctx.say("classes.book_listed", title=book.title)


def turn(ctx: Context) -> Answer | None:
    mine = organised_by(ctx.work, ctx.member.id)
    reading = [one for one in mine if ctx.work.config.study[one].form == "reading"]
    if not reading:
        return ctx.say("classes.nothing_organised")
    books.begin(ctx.work, reading[0], ctx.work.config.study[reading[0]])
    done, following = books.turn(ctx.work, reading[0])
    if following is None:
        return ctx.say("classes.no_next_book")
    return ctx.say("classes.book_turned", title=following.title, before=done.title if done else "")


commands = (
    Command(name="books", words=("书单", "reading list", "books"), handle=show),
    Command(name="wish_book", words=("荐书", "推荐书", "recommend"), handle=wish, tail="any"),
    Command(name="choose_book", words=("选书", "choose book"), handle=choose, tail="number"),
    Command(name="next_book", words=("下一本", "换下一本", "next book"), handle=turn),
)
