"""点名: the organiser confirms from a list who took part; whether those who joined online count is hers to say."""

import re

from bot.domain import instant
from bot.domain.roll_call import Attended, called
from bot.domain.study import Session
from bot.handling import Answer, Command, Context
from bot.learning.attendance import confirm, expected, to_call
from bot.learning.plan import organised_by, session_at
from handlers.organising import titles
from handlers.pieces import best_named, without

COUNTS = re.compile(r"(?:算|计入|算出席|算数|是|yes|count(?:s|ed)?)[。.!]?", re.IGNORECASE)
COUNTS_NOT = re.compile(r"(?:不算|不计|不计入|不算出席|否|no|not counted)[。.!]?", re.IGNORECASE)


def begin(ctx: Context) -> Answer | None:
    """The list; with the roll behind it, that is taken at once."""
    mine = organised_by(ctx.work, ctx.member.id)
    if not mine:
        return None if ctx.rest else ctx.say("classes.nothing_organised")
    found = [one for one in best_named(titles(ctx), ctx.rest) if one in mine]
    session = to_call(ctx.work, ctx.member.id, found[0] if found else "")
    if session is None:
        return ctx.say("classes.no_roll")
    said = without(titles(ctx)[found[0]], ctx.rest) if found else ctx.rest
    answer = _taken(ctx, session, said) if said else None
    return answer or _show(ctx, session)


def _show(ctx: Context, session: Session) -> Answer:
    people = expected(ctx.work, session)
    if not people:
        return ctx.say("classes.no_roll")
    listed = [{"who": one.member.name, "answer": one.answer or ""} for one in people]
    return ctx.ask(
        "classes.roll",
        "roll_call",
        "roll",
        keep=_kept(session),
        title=titles(ctx)[session.item],
        at=ctx.work.local(session.starts_at),
        people=listed,
    )


def _kept(session: Session) -> dict[str, str]:
    return {"item": session.item, "starts": instant.text(session.starts_at)}


def _session(ctx: Context) -> Session | None:
    hers = ctx.facts["item"] in organised_by(ctx.work, ctx.member.id)
    return session_at(ctx.work, ctx.facts["item"], instant.parse(ctx.facts["starts"])) if hers else None


def take_roll(ctx: Context) -> Answer | None:
    session = _session(ctx)
    return _taken(ctx, session, ctx.text) if session else None


def _taken(ctx: Context, session: Session, said: str) -> Answer | None:
    people = expected(ctx.work, session)
    try:
        roll = called(said, [one.answer for one in people])
    except ValueError as wrong:
        number, count = str(wrong), len(people)
        return ctx.ask("classes.no_such_number", "roll_call", "roll", keep=_kept(session), number=number, count=count)
    if roll is None or not people:
        return None
    return _note(ctx, session, {one.member.id: how for one, how in zip(people, roll, strict=True)})


def _note(ctx: Context, session: Session, attended: dict[str, Attended]) -> Answer:
    confirm(ctx.work, session, attended, ctx.member.id)
    given = list(attended.values())
    title = titles(ctx)[session.item]
    figures = {"here": given.count("here"), "remote": given.count("remote"), "absent": given.count("absent")}
    if figures["remote"]:
        return ctx.ask("classes.called_remote", "roll_call", "remote", keep=_kept(session), title=title, **figures)
    return ctx.say("classes.called", title=title, **figures)


def take_remote(ctx: Context) -> Answer | None:
    session, said = _session(ctx), ctx.text.strip()
    yes, no = COUNTS.fullmatch(said), COUNTS_NOT.fullmatch(said)
    if session is None or not (yes or no):
        return None
    ctx.tables.sessions.count_remote(session, counts=bool(yes))
    return ctx.say("classes.remote_counts" if yes else "classes.remote_not", title=titles(ctx)[session.item])


def where_to_import(ctx: Context) -> Answer | None:
    """Whoever organises study or looks after a branch is shown the page."""
    holds = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    if not holds and not organised_by(ctx.work, ctx.member.id):
        return None
    return ctx.say("classes.import_where", link=f"{ctx.work.config.server.public_url}/phone/{ctx.member.id}/study-file")


commands = (
    Command(
        name="import_study",
        words=("导入学习", "导入进度", "import study"),
        handle=where_to_import,
    ),
    Command(
        name="roll_call",
        words=("点名", "签到名单", "出席", "roll call", "attendance"),
        handle=begin,
        tail="words",
        steps={"roll": take_roll, "remote": take_remote},
    ),
)
