"""The organiser of a study item: 取消学习 周五课堂, 改期 周五课堂 下周二 15:10; each is read back before it goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import instant
from bot.domain.nod import nods
from bot.domain.study import Session
from bot.domain.sure import sure
from bot.domain.until import read_until
from bot.handling import Answer, Command, Context
from bot.learning.changing import cancel, concerned, move
from bot.learning.plan import organised_by, organisers, session_at, timetable
from handlers.pieces import best_named, without

AHEAD = timedelta(days=366)
JUST_BEGUN = timedelta(hours=12)  # may still be called off: nobody came
SHOWN = 4
HOUR = re.compile(r"\d\s*(?:[:：点]|[ap]\.?m)", re.IGNORECASE)
TO, MARKS = re.compile("改?到|至|(?<![a-z])to(?![a-z])"), " ，,。到至"


@dataclass(frozen=True, slots=True)
class Meant:
    """The occurrence that was named, and what was said after it."""

    session: Session
    rest: str


def begin_cancel(ctx: Context) -> Answer | None:
    return _begin(ctx, "cancel_class", _ask_cancel)


def begin_move(ctx: Context) -> Answer | None:
    return _begin(ctx, "move_class", _ask_move)


def _begin(ctx: Context, command: str, then: Callable[[Context, Meant], Answer]) -> Answer | None:
    """Of the item that is named, or of her only one."""
    mine = organised_by(ctx.work, ctx.member.id)
    found = best_named(titles(ctx), ctx.rest)
    if not mine or (found and not set(found) & set(mine)):
        return _not_hers(ctx, found)
    named = [one for one in found if one in mine] or mine
    if len(named) > 1:
        shown = [ctx.work.config.study[one].named(ctx.member.language) for one in named]
        return ctx.ask("classes.which", command, "which", keep={"rest": ctx.rest}, titles=shown)
    meant = _meant(ctx, named[0], without(titles(ctx)[named[0]], ctx.rest))
    return meant if isinstance(meant, Answer) else then(ctx, meant)


def _not_hers(ctx: Context, found: list[str]) -> Answer | None:
    """Who could do it is named; other words are a sentence like any other."""
    if not found:
        return None if ctx.rest and not organised_by(ctx.work, ctx.member.id) else ctx.say("classes.nothing_organised")
    able = organisers(ctx.work, ctx.work.config.study[found[0]])
    return ctx.say("classes.not_yours", who=[one.name for id_ in able if (one := ctx.tables.members.get(id_))])


def titles(ctx: Context) -> dict[str, str]:
    return {id_: one.named(ctx.member.language) for id_, one in ctx.work.config.study.items()}


def take_which(then: Callable[[Context, Meant], Answer], command: str) -> Callable[[Context], Answer | None]:
    def take(ctx: Context) -> Answer | None:
        found = best_named(titles(ctx), ctx.text)
        return _begin(ctx.after(f"{ctx.text} {ctx.facts['rest']}"), command, then) if len(found) == 1 else None

    return take


def _meant(ctx: Context, item: str, said: str) -> Meant | Answer:
    """The next one, or that of the day which is named first."""
    study = ctx.work.config.study[item]
    table = timetable(ctx.work, item, study)
    ahead = [one for one in table.between(item, ctx.work.now - JUST_BEGUN, ctx.work.now + AHEAD) if not one.cancelled]
    title = study.named(ctx.member.language)
    if not ahead:
        return ctx.say("classes.none_ahead", title=title)
    first, *_ = TO.split(said, maxsplit=1)
    day = _day(ctx, first)
    if day is None or (first == said and (HOUR.search(said) or day not in _days(ctx, ahead))):
        return Meant(ahead[0], said)
    for one in ahead:
        if instant.day_of(one.starts_at, ctx.work.zone).isoformat() == day:
            return Meant(one, TO.sub("", said[len(first) :], count=1))
    return ctx.say("classes.no_such_time", title=title, times=[ctx.work.local(one.starts_at) for one in ahead[:SHOWN]])


def _day(ctx: Context, said: str) -> str | None:
    readings = read_until(said, ctx.work.now, ctx.work.zone).readings
    return instant.day_of(readings[0] - timedelta(seconds=1), ctx.work.zone).isoformat() if readings else None


def _days(ctx: Context, sessions: list[Session]) -> set[str]:
    return {instant.day_of(one.starts_at, ctx.work.zone).isoformat() for one in sessions}


def _ask_cancel(ctx: Context, meant: Meant) -> Answer:
    return _read_back(ctx, "cancel", "cancel_class", meant.session, None)


def _ask_move(ctx: Context, meant: Meant) -> Answer:
    session = meant.session
    to = _moment(ctx, meant.rest)
    title, keep = titles(ctx)[session.item], _kept(session)
    if to is None and not meant.rest.strip(MARKS):
        at = ctx.work.local(session.starts_at)
        return ctx.ask("classes.move_when", "move_class", "when", keep=keep, title=title, at=at)
    if to is None or to <= ctx.work.now:
        return ctx.say("classes.move_passed", title=title)
    if session_at(ctx.work, session.item, to) and _takes_place(ctx, session.item, to):
        return ctx.say("classes.move_taken", title=title, at=ctx.work.local(to))
    return _read_back(ctx, "move", "move_class", session, to)


def _takes_place(ctx: Context, item: str, at: datetime) -> bool:
    second = timedelta(seconds=1)
    table = timetable(ctx.work, item, ctx.work.config.study[item])
    return any(not one.cancelled for one in table.between(item, at - second, at))


def _moment(ctx: Context, said: str) -> datetime | None:
    """A day and an hour: an hour without its half is one of the day."""
    readings = read_until(said.strip(MARKS), ctx.work.now, ctx.work.zone).readings
    return readings[0] if readings else None


def take_when(ctx: Context) -> Answer | None:
    session = _kept_session(ctx)
    return _ask_move(ctx, Meant(session, ctx.text)) if session and _moment(ctx, ctx.text) else None


def _read_back(ctx: Context, kind: str, command: str, session: Session, to: datetime | None) -> Answer:
    count = len(concerned(ctx.work, session.item, ctx.member.id))
    before, at = ctx.work.local(session.starts_at), ctx.work.local(to or session.starts_at)
    keep = {**_kept(session), "to": instant.text(to) if to else ""}
    title = titles(ctx)[session.item]
    return ctx.ask(f"classes.{kind}_sure", command, "sure", keep=keep, title=title, before=before, at=at, count=count)


def _kept(session: Session) -> dict[str, str]:
    return {"item": session.item, "starts": instant.text(session.starts_at)}


def _kept_session(ctx: Context) -> Session | None:
    """As it stands now, if it still takes place and is hers."""
    item = ctx.facts["item"]
    hers = item in organised_by(ctx.work, ctx.member.id)
    return session_at(ctx.work, item, instant.parse(ctx.facts["starts"])) if hers else None


def take_sure(ctx: Context) -> Answer | None:
    said, session = sure(ctx.text), _kept_session(ctx)
    to = instant.parse_or_none(ctx.facts["to"] or None)
    if session and nods(ctx.text):
        kind = "move" if to else "cancel"
        return _read_back(ctx, kind, f"{kind}_class", session, to)
    if said is None or session is None:
        return None
    if not said:
        return ctx.say("classes.dropped")
    return _change(ctx, session, to)


def _change(ctx: Context, session: Session, to: datetime | None) -> Answer:
    title, at = titles(ctx)[session.item], ctx.work.local(to or session.starts_at)
    if to:
        return ctx.say("classes.move_done", title=title, at=at, count=move(ctx.work, session, to, ctx.member))
    return ctx.say("classes.cancel_done", title=title, at=at, count=cancel(ctx.work, session, ctx.member))


commands = (
    Command(
        name="cancel_class",
        words=("取消学习", "取消课", "停课", "取消活动", "cancel class", "cancel study"),
        handle=begin_cancel,
        tail="words",
        steps={"which": take_which(_ask_cancel, "cancel_class"), "sure": take_sure},
    ),
    Command(
        name="move_class",
        words=("改期", "改时间", "课改到", "move class", "move study"),
        handle=begin_move,
        tail="words",
        steps={"which": take_which(_ask_move, "move_class"), "when": take_when, "sure": take_sure},
    ),
)
