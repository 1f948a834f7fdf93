"""The weekly meeting and the monthly comment: 开过了, 点评了 note that one was held, and nothing of it."""

import re
from collections.abc import Sequence

from bot.domain.branch import Branch
from bot.handling import Answer, Command, Context, Handler
from bot.meetings import MeetingKind, held_today, hold, owned_by

_ALL = ("都", "全部", "都开过了", "都点评了", "all", "both")
_DRESS = re.compile(r"^[\W_]+|[\W_]+$")
_SHORTEST = 2


def weekly(ctx: Context) -> Answer | None:
    return _held(ctx, "weekly", ctx.rest)


def monthly(ctx: Context) -> Answer | None:
    return _held(ctx, "monthly", ctx.rest)


def _which(kind: MeetingKind) -> Handler:
    """The answer to “which one?”; what names no branch of hers is something new."""

    def take(ctx: Context) -> Answer | None:
        return _held(ctx, kind, ctx.text)

    return take


def _held(ctx: Context, kind: MeetingKind, said: str) -> Answer | None:
    """Of the branch named, or of the only one; other words are a sentence like any other."""
    owned = owned_by(ctx.work, ctx.member.id, kind)
    named = _named(ctx, owned, _bare(said))
    if not owned or not named:
        return None
    if len(named) > 1 and not _means_all(said):
        names = [ctx.work.named(one, ctx.member.id) for one in named]
        return ctx.ask(f"meeting.which_{kind}", f"{kind}_held", "which", branches=names)
    fresh = [one for one in named if not held_today(ctx.work, one, kind)]
    for branch in fresh:
        hold(ctx.work, branch, kind, ctx.member.id)
    names = [ctx.work.named(one, ctx.member.id) for one in named]
    return ctx.say(f"meeting.{kind}_held" if fresh else "meeting.held_already", branches=names)


def _means_all(said: str) -> bool:
    return _bare(said) in _ALL


def _bare(said: str) -> str:
    return _DRESS.sub("", said).lower()


def _named(ctx: Context, owned: Sequence[Branch], said: str) -> list[Branch]:
    """All of them where none is named; a piece of two letters is enough."""
    if not said or said in _ALL:
        return list(owned)
    if len(said) < _SHORTEST:
        return []
    return [one for one in owned if said in (name := ctx.work.named(one, ctx.member.id).lower()) or name in said]


commands = (
    Command(
        name="weekly_held",
        words=("开过了", "例会开过了", "已开会", "meeting held"),
        handle=weekly,
        tail="words",
        steps={"which": _which("weekly")},
    ),
    Command(
        name="monthly_held",
        words=("点评了", "点评过了", "已点评", "comment held"),
        handle=monthly,
        tail="words",
        steps={"which": _which("monthly")},
    ),
)
