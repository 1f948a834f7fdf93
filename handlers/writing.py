"""Writing to one member (给 陈晓 …), and her answer to the writer alone (回周敏 …); never in quiet hours.

It goes also to who takes no part in the asking, and to who is away: it is signed and asks for nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.nod import nods
from bot.domain.people import Member
from bot.domain.reading import names_case_work
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context
from handlers import which
from handlers.whom import Named, is_apart, told_apart, unknown, whom

LONGEST = 500
ANSWERED = "复"
SIGNS = ("liaison", "deputy", "secretary")
_AND = re.compile(r"(?:和|与|跟|及|以及|and\b|&)\s*", re.IGNORECASE)
_BARE = re.compile(r"(?:\[[^\[\]\s]{1,6}\]|[\d\W_])*")
_NO_WORDS = re.compile(r"(?:\[(?:语音|图片|照片|视频|文件|voice|image|photo|video|file)\]\s*)+", re.IGNORECASE)


def write(ctx: Context) -> Answer | None:
    """To one member of the branches she looks after."""
    mine = which.mine(ctx, "write_to")
    if not mine:
        return _not_hers(ctx)
    people = which.members_of(ctx, mine)
    found = whom(ctx, people, "write")
    if found is None:
        return _nobody(ctx) if is_apart(ctx) else None
    if isinstance(found, Named) and (other := _AND.match(found.rest)):
        more = whom(ctx, people, "write", said=found.rest[other.end() :])
        return ctx.say("writing.one_only") if more else _to(ctx, found)
    return found if isinstance(found, Answer) else _to(ctx, found)


def _nobody(ctx: Context) -> Answer:
    """She looks after nobody of that name; but perhaps she did."""
    over = [one for one in which.closed(ctx, "write_to") if whom(ctx, which.members_of(ctx, [one]), "write")]
    return ctx.say("whom.over", branches=which.names(ctx, over)) if over else unknown(ctx, ctx.rest)


def write_in_english(ctx: Context) -> Answer | None:
    """`to chen: …`; “to be honest” of who is a member herself is a sentence like any other."""
    named = which.mine(ctx, "write_to") and whom(ctx, which.members_of(ctx, which.mine(ctx, "write_to")), "write")
    return write(ctx) if named or not ctx.tables.branches.open_of_member(ctx.member.id) else None


def _not_hers(ctx: Context) -> Answer | None:
    """To a member who names another one of her branch: who can. Anything else is a sentence like any other."""
    hers = [branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id)]
    named = whom(ctx, which.members_of(ctx, hers), "write") if hers else None
    return which.not_yours(ctx, "write_to") if named else None


def take_person(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "write")
    return _to(ctx, found) if isinstance(found, Named) else found


def take_words(ctx: Context) -> Answer | None:
    """The answer to “what shall it say?”; a figure or a nod is meant for something else."""
    person = ctx.tables.members.get(ctx.facts["to"])
    if sure(ctx.text) is False:
        return ctx.say("writing.dropped")
    return _to(ctx, Named(person, ctx.text)) if person and not is_no_text(ctx) else None


def text_of(words: str) -> str:
    """What can be passed on; of a voice message or a picture only its mark comes here, and that is nothing."""
    return "" if _NO_WORDS.fullmatch(words.strip()) else words


def is_no_text(ctx: Context) -> bool:
    return nods(ctx.text) or _BARE.fullmatch(ctx.text) is not None


def _to(ctx: Context, found: Named) -> Answer:
    person, words = found.person, text_of(found.rest)
    branch = which.with_member(ctx, which.mine(ctx, "write_to"), person)
    if branch is None:
        return unknown(ctx, person.name)
    if person.id == ctx.member.id:
        return ctx.say("writing.yourself")
    if not words:
        return ctx.ask("writing.what", "write", "words", keep={"to": person.id}, who=person.name)
    if refused := unfit(ctx, branch, words):
        return refused
    facts = {"by": ctx.member.name, "words": words, **signed(ctx, branch, person)}
    ctx.work.owe("writing.personal", person.id, f"note:{ctx.id}:{person.id}", branch=branch, filled_by=facts)
    ctx.tables.facts.note("wrote_to", ctx.work.now, branch.id, ctx.member.id, person.id)
    return _sent(ctx, branch, person)


def unfit(ctx: Context, branch: Branch, words: str) -> Answer | None:
    """Too long for a phone, or about case work where that is not written of: then kept nowhere."""
    if len(words) > LONGEST:
        return replace(ctx.say("writing.too_long", most=LONGEST, letters=len(words)), forget=True)
    if ctx.work.work_mode(branch) == "closed" and names_case_work(words):
        return replace(ctx.say("writing.no_case_words"), forget=True)
    return None


def signed(ctx: Context, branch: Branch, reader: Member) -> dict[str, str]:
    """What the writer is in the branch, and the branch as the reader may read its name."""
    roles = ctx.roles(branch)
    role = next((one for one in SIGNS if one in roles), "member")
    return {"role": role, "branch_name": ctx.work.named(branch, reader.id)}


def _sent(ctx: Context, branch: Branch, person: Member) -> Answer:
    """Where she is, and when it reaches her, if that is not now."""
    away = ctx.tables.aways.now(person.id, ctx.work.now)
    at = ctx.work.allowed_for(person.id, branch.id)
    return ctx.say(
        "writing.sent",
        who=person.name,
        at=ctx.work.local(at, branch) if at > ctx.work.now else None,
        away=away.kind if away else "",
        until=ctx.work.local(away.until, branch) if away else "",
    )


def answer(ctx: Context) -> Answer | None:
    """回周敏 …, 回复周敏 …: back to the writer alone."""
    found = whom(ctx, _writers(ctx), "reply_to", said=ctx.rest.removeprefix(ANSWERED))
    return found if found is None or isinstance(found, Answer) else _back(ctx, found)


def take_writer(ctx: Context) -> Answer | None:
    found = told_apart(ctx, "reply_to")
    return _back(ctx, found) if isinstance(found, Named) else found


def take_answer(ctx: Context) -> Answer | None:
    writer = ctx.tables.members.get(ctx.facts["to"])
    if sure(ctx.text) is False:
        return ctx.say("writing.dropped")
    return _back(ctx, Named(writer, ctx.text)) if writer and not is_no_text(ctx) else None


def _writers(ctx: Context) -> Iterable[Member]:
    """Who has written to her."""
    found = (ctx.tables.members.get(writer) for _, writer in ctx.tables.facts.wrote_to(ctx.member.id))
    return list({one.id: one for one in found if one}.values())


def _back(ctx: Context, found: Named) -> Answer:
    writer, words = found.person, text_of(found.rest)
    branches = [ctx.tables.branches.get(one) for one, by in ctx.tables.facts.wrote_to(ctx.member.id) if by == writer.id]
    branch = next((one for one in branches if one and one.open), None)
    if branch is None or writer.id not in ctx.work.config.people:
        return ctx.say("writing.over", who=writer.name)
    if not words:
        return ctx.ask("writing.what", "reply_to", "words", keep={"to": writer.id}, who=writer.name)
    if refused := unfit(ctx, branch, words):
        return refused
    on = may(ctx.work.roles(branch, writer.id), "write_to")
    facts = {"who": ctx.member.name, "words": words, "branch_name": ctx.work.named(branch, writer.id), "on": on}
    ctx.work.owe("writing.answered", writer.id, f"note:{ctx.id}:{writer.id}", branch=branch, filled_by=facts)
    return _sent(ctx, branch, writer)


commands = (
    Command(
        name="write",
        words=("给", "写给", "发给"),
        handle=write,
        tail="any",
        steps={"whom": take_person, "words": take_words},
    ),
    Command(name="write_english", words=("to", "write to"), handle=write_in_english, tail="words"),
    Command(
        name="reply_to",
        words=("回", "回给", "回话"),
        handle=answer,
        tail="any",
        steps={"whom": take_writer, "words": take_answer},
    ),
    Command(
        name="reply_english",
        words=("reply to", "answer to", "back to"),
        handle=answer,
        tail="words",
    ),
)
