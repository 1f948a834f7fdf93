"""Writing to all of a branch: 通知 …; it is read back with how many it reaches, and goes at 确认."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.branch import Branch
from bot.domain.nod import nods
from bot.domain.people import Member
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context
from handlers import which, writing

GOOD_FOR = timedelta(days=1)
_HEAD = re.compile(r"\s*([^:：，,。\s]{2,30})[:：，,\s]\s*(.+)", re.DOTALL)
_ALL = re.compile(r"^(?:全体(?:成员|同志)?|大家|所有人|everybody|everyone|all)[\s:：，,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Readers:
    """Whom a notice reaches, and who is left alone, by reason."""

    reached: list[Member]
    away: list[str]
    refused: int
    full: list[str]  # who has had as many messages today as may be


def begin(ctx: Context) -> Answer | None:
    mine = which.mine(ctx, "write_to")
    if not mine:
        return which.not_yours(ctx, "write_to")
    head = _HEAD.fullmatch(ctx.rest)
    named = which.named(ctx, mine, head[1]) if head else []
    if head and len(named) == 1 and which.without_name(ctx, named[0], head[1]) == "":
        return _read_back(ctx, named[0], head[2])
    found = which.one_of(ctx, mine, "", "notice", {"words": ctx.rest})
    return found if isinstance(found, Answer) else _read_back(ctx, found, ctx.rest)


def take_branch(ctx: Context) -> Answer | None:
    branch = which.chosen(ctx, which.mine(ctx, "write_to"))
    return _read_back(ctx, branch, ctx.facts["words"]) if branch else None


def take_words(ctx: Context) -> Answer | None:
    if sure(ctx.text) is False:
        return ctx.say("writing.dropped")
    branch = _still_hers(ctx)
    return _read_back(ctx, branch, ctx.text) if branch and not writing.is_no_text(ctx) else None


def take_sure(ctx: Context) -> Answer | None:
    said, branch = sure(ctx.text), _still_hers(ctx)
    if branch and nods(ctx.text):
        return _read_back(ctx, branch, ctx.facts["words"])
    if said is None or branch is None:
        return None
    return _send(ctx, branch, ctx.facts["words"]) if said else ctx.say("writing.dropped")


def _still_hers(ctx: Context) -> Branch | None:
    return next((one for one in which.mine(ctx, "write_to") if one.id == ctx.facts["branch"]), None)


def _read_back(ctx: Context, branch: Branch, said: str) -> Answer:
    words, name = writing.text_of(_ALL.sub("", said, count=1)), ctx.work.named(branch, ctx.member.id)
    if not words:
        return ctx.ask("writing.notice_what", "notice", "words", keep={"branch": branch.id}, branch=name)
    if refused := writing.unfit(ctx, branch, words):
        return refused
    readers = _readers(ctx, branch)
    facts = {"branch": name, "count": len(readers.reached), "away": readers.away, "refused": readers.refused}
    if not readers.reached:
        return ctx.say("writing.nobody", **facts, full=readers.full)
    keep = {"branch": branch.id, "words": words}
    return ctx.ask("writing.notice_sure", "notice", "sure", keep=keep, words=words, **facts, full=readers.full)


def _readers(ctx: Context, branch: Branch) -> _Readers:
    """It is a message nobody asked for: not to who refused or is away, nor beyond the day's cap."""
    belongs = [one for one in ctx.tables.members.of_branch(branch.id) if one.member.id != ctx.member.id]
    reachable = {one.id for one in ctx.work.reachable(branch)}
    here = [one.member for one in belongs if one.member.id in reachable]
    today = ctx.work.allowed(branch.zone) <= ctx.work.now
    full = [one for one in here if today and ctx.work.prompts_left(one.id) <= 0]
    return _Readers(
        reached=[one for one in here if one not in full],
        away=[one.member.name for one in belongs if one.willing and one.member.id not in reachable],
        refused=sum(not one.willing for one in belongs),
        full=[one.name for one in full],
    )


def _send(ctx: Context, branch: Branch, words: str) -> Answer:
    readers, at = _readers(ctx, branch).reached, ctx.work.allowed(branch.zone)
    for one in readers:
        facts = {"by": ctx.member.name, "words": words, **writing.signed(ctx, branch, one)}
        reason = f"notice:{ctx.id}:{one.id}"
        ctx.work.owe("writing.notice", one.id, reason, branch=branch, expires_at=at + GOOD_FOR, filled_by=facts)
        ctx.tables.facts.note("wrote_to", ctx.work.now, branch.id, ctx.member.id, one.id)
    ctx.tables.facts.note("notice", ctx.work.now, branch.id, ctx.member.id, str(len(readers)))
    return ctx.say(
        "writing.notice_sent",
        branch=ctx.work.named(branch, ctx.member.id),
        count=len(readers),
        at=ctx.work.local(at, branch) if at > ctx.work.now else None,
    )


commands = (
    Command(
        name="notice",
        words=("通知", "通知大家", "通知全体", "告诉大家", "tell all", "notice"),
        handle=begin,
        tail="words",
        steps={"which": take_branch, "words": take_words, "sure": take_sure},
    ),
)
