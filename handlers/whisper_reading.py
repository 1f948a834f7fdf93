"""看悄悄话: what was whispered to her; shown is read, and its writer hears when. 我的悄悄话: what became of her own."""

from dataclasses import replace

from bot.domain.choosing import number_in
from bot.domain.digest import one_line
from bot.domain.whisper import Whisper
from bot.handling import Answer, Command, Context
from bot.message import Say
from bot.summary import name_of
from bot.whispering import may_read

AT_ONCE = 1200  # characters: on a phone, and within what a channel takes
MOST_SHOWN, BEGINNING = 8, 16


def show(ctx: Context) -> Answer:
    """The oldest that wait; with a number one of those shown before."""
    number, _ = number_in(ctx.rest)
    if number is not None:
        return _show_again(ctx, number)
    waiting = [one for one in ctx.tables.whispers.unread_by(ctx.member.id) if may_read(ctx.work, one)]
    if not waiting:
        return _nothing_new(ctx)
    shown = waiting[: _how_many(waiting)]
    says = [_shown(ctx, one) for one in shown]
    for one in shown:
        _note_read(ctx, one)
    left = len(waiting) - len(shown)
    says.append(
        Say("whisper.more_wait", {"count": left}) if left else Say("whisper.answer_how", {"number": shown[-1].number})
    )
    return Answer(tuple(says), aside=True)


def reply(ctx: Context) -> Answer:
    """回悄悄话 3 …; it reaches nobody but who whispered."""
    number, words = number_in(ctx.rest)
    if number is None:
        return ctx.say("whisper.which_number")
    found = ctx.tables.whispers.numbered(number)
    branch = ctx.tables.branches.get(found.branch) if found else None
    if found is None or branch is None or found.reader != ctx.member.id or found.gone or not may_read(ctx.work, found):
        return replace(ctx.say("whisper.not_for_you", number=number), forget=bool(words))
    if found.unread:
        return ctx.say("whisper.read_first", number=number)
    if not branch.open:
        return ctx.say("whisper.branch_closed", number=number)
    if not words:
        return ctx.say("whisper.answer_how", number=number)
    ctx.tables.whispers.answer(found, words, ctx.work.now)
    reason = f"whisper:{found.id}:answered:{ctx.id}"
    ctx.work.owe("whisper.answered", found.member, reason, branch=branch, number=number, by=ctx.member.name)
    return ctx.say("whisper.you_answered", number=number, who=name_of(ctx.work, found.member))


def mine(ctx: Context) -> Answer:
    """The newest of hers, with what became of each."""
    hers = ctx.tables.whispers.of_member(ctx.member.id, MOST_SHOWN)
    says = tuple(say for one in hers for say in _standing_of(ctx, one).says)
    return Answer(says, aside=True) if says else replace(ctx.say("whisper.none_of_yours"), aside=True)


def _how_many(waiting: list[Whisper]) -> int:
    """As many as are read at one look; one in any case, since what is cut off would count as read."""
    length, many = 0, 0
    for one in waiting:
        length += len(one.words)
        if many and length > AT_ONCE:
            break
        many += 1
    return many


def _shown(ctx: Context, one: Whisper) -> Say:
    at = ctx.work.local(one.said_at, ctx.tables.branches.get(one.branch))
    return Say(
        "whisper.shown", {"number": one.number, "who": name_of(ctx.work, one.member), "at": at, "words": one.words}
    )


def _note_read(ctx: Context, one: Whisper) -> None:
    """Its writer hears of it once, not in her quiet hours."""
    ctx.tables.whispers.read(one.id, ctx.work.now)
    branch = ctx.tables.branches.get(one.branch)
    at = ctx.work.local(ctx.work.now, branch)
    reason = f"whisper:{one.id}:read"
    ctx.work.owe("whisper.read", one.member, reason, branch=branch, number=one.number, by=ctx.member.name, at=at)


def _show_again(ctx: Context, number: int) -> Answer:
    found = ctx.tables.whispers.numbered(number)
    if found is None or found.reader != ctx.member.id or found.gone or not may_read(ctx.work, found):
        return replace(ctx.say("whisper.not_for_you", number=number), aside=True)
    if not found.words:
        return replace(ctx.say("whisper.words_gone", number=number), aside=True)
    if found.unread:
        _note_read(ctx, found)
    return Answer((_shown(ctx, found),), aside=True)


def _nothing_new(ctx: Context) -> Answer:
    """Whoever reads for nobody means her own."""
    if ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        return replace(ctx.say("whisper.nothing_new"), aside=True)
    return mine(ctx)


def _standing_of(ctx: Context, one: Whisper) -> Answer:
    words = one_line(one.words)
    facts = {
        "number": one.number,
        "by": name_of(ctx.work, one.reader),
        "words": words[:BEGINNING] + "…" * (len(words) > BEGINNING),
    }
    if one.read_at:
        at = ctx.work.local(one.read_at, ctx.tables.branches.get(one.branch))
        read_it = ctx.say("whisper.mine_read", at=at, **facts)
        return read_it.also("whisper.mine_answer", words=one.answer) if one.answer else read_it
    keys = {"": "whisper.mine_unread", "left": "whisper.mine_left", "taken_back": "whisper.mine_taken_back"}
    return ctx.say(keys[one.gone], **facts)


commands = (
    Command(
        name="read_whispers",
        words=("看悄悄话", "读悄悄话", "看悄悄", "read whispers", "read whisper"),
        handle=show,
        tail="number",
    ),
    Command(name="my_whispers", words=("我的悄悄话", "我的悄悄", "my whispers"), handle=mine),
    Command(
        name="answer_whisper",
        words=("回悄悄话", "回复悄悄话", "答悄悄话", "回悄悄", "answer whisper", "reply whisper"),
        handle=reply,
        tail="number",
    ),
)
