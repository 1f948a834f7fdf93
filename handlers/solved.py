"""Her last word on a need: 解决了 closes it, 没解决 and a few words reopen it; of several she is asked which."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.need import Need
from bot.domain.need_number import last_word, means_all, number_in, numbered
from bot.handling import Answer, Command, Context, Handler
from bot.moving import reopen, take_step, tell_owner
from handlers import need as needs
from handlers import report
from handlers.my_needs import ask_which, hers, long_settled, owner_of

Act = Callable[[Context, int, str], Answer]


def solved(ctx: Context) -> Answer | None:
    """What waits for her word; or the only one there is, if she says no more than that it is solved."""
    number, words = numbered(ctx.rest)
    if number is not None:
        return _close(ctx, number, words)
    mine = ctx.tables.needs.of_member(ctx.member.id)
    asked = [one for one in mine if one.waits_for_her]
    meant = asked or [one for one in mine if one.with_us and not words]
    lately = [one for one in mine if one.settled and not long_settled(ctx, one) and not words]
    return _meant(ctx, "solved", meant or lately[-1:], words, _close)


def all_solved(ctx: Context) -> Answer | None:
    """都解决了: all that she has been asked about."""
    asked = [one for one in ctx.tables.needs.of_member(ctx.member.id) if one.waits_for_her]
    return _each(ctx, [one.number for one in asked], ctx.rest) if asked else None


def unsolved(ctx: Context) -> Answer | None:
    """What waits for her word; else what is being seen to, or was closed within the week."""
    number, words = numbered(ctx.rest)
    if number is not None:
        return _reopen(ctx, number, words)
    mine = [one for one in ctx.tables.needs.of_member(ctx.member.id) if not long_settled(ctx, one)]
    asked = [one for one in mine if one.waits_for_her]
    return _meant(ctx, "unsolved", asked or [one for one in mine if one.state != "withdrawn"], words, _reopen)


def not_yet(ctx: Context) -> Answer | None:
    """A bare 还没有 is an answer to “解决了吗？” and to nothing else."""
    asked = [one for one in ctx.tables.needs.of_member(ctx.member.id) if one.waits_for_her]
    return unsolved(replace(ctx, rest="")) if asked else None


def number_first(ctx: Context) -> Answer | None:
    """3号解决了, 诉求 3 没解决: the same, as people say it the other way round."""
    said = last_word(ctx.text)
    if said is None:
        return None
    return _close(ctx, said.number, said.words) if said.solved else _reopen(ctx, said.number, said.words)


def _meant(ctx: Context, command: str, meant: Sequence[Need], words: str, act: Act) -> Answer | None:
    """None: there is none, and it is a sentence like any other."""
    if len(meant) > 1:
        return ask_which(ctx, command, meant, words)
    return act(ctx, meant[0].number, words) if meant else None


def _which(act: Act) -> Handler:
    """The answer to “which one?”: a number, or all of them; what names none of them is something new."""

    def take(ctx: Context) -> Answer | None:
        numbers, words = ctx.facts["numbers"], ctx.facts["words"]
        number, _ = number_in(ctx.text)
        if act is _close and means_all(ctx.text):
            return _each(ctx, numbers, words)
        return act(ctx, number, words) if number is not None and number in numbers else None

    return take


def _each(ctx: Context, numbers: Sequence[int], words: str) -> Answer:
    first, *more = [_close(ctx, number, "") for number in numbers]
    for one in more:
        first = first.and_then(one)
    return report.beside(ctx, first, words)


def _close(ctx: Context, number: int, words: str) -> Answer:
    found = hers(ctx, number, "confirmed")
    if isinstance(found, Answer):
        return found
    branch, need = found
    take_step(ctx.work, branch, need, "confirmed", ctx.member.id)
    tell_owner(ctx.work, branch, need, "needs.confirmed", ctx.id)
    return report.beside(ctx, ctx.say("needs.you_confirmed", number=number), words)


def _reopen(ctx: Context, number: int, words: str) -> Answer:
    """Her words become a part of the need; what is still being seen to is only added to."""
    current = ctx.tables.needs.numbered(number)
    found = hers(ctx, number, "added" if current and current.with_us else "reopened")
    if isinstance(found, Answer):
        return found
    branch, need = found
    if needs.speaks_of_case(ctx, branch, words):
        return needs.no_case_words(ctx)
    if need.with_us and not words:
        return ctx.say("needs.still_in_hand", number=number, by=owner_of(ctx, need))
    if words:
        ctx.tables.needs.add_words(need, words)
    if need.with_us:
        take_step(ctx.work, branch, need, "added", ctx.member.id)
        tell_owner(ctx.work, branch, need, "needs.added", ctx.id, words=words)
        return ctx.say("needs.you_added", number=number, by=owner_of(ctx, need))
    after = reopen(ctx.work, branch, need, words, ctx.id)
    return ctx.say("needs.you_reopened", number=number, by=owner_of(ctx, after))


commands = (
    Command(
        name="solved",
        words=("解决了", "已解决", "已经解决", "已经解决了", "可以了", "办好了", "solved", "settled"),
        handle=solved,
        tail="number",
        steps={"which": _which(_close)},
    ),
    Command(name="all_solved", words=("都解决了", "全解决了", "all solved"), handle=all_solved, tail="words"),
    Command(
        name="unsolved",
        words=("没解决", "没有解决", "还没解决", "还没有解决", "未解决", "没办好", "not solved", "unsolved"),
        handle=unsolved,
        tail="number",
        steps={"which": _which(_reopen)},
    ),
    Command(name="not_yet", words=("还没", "还没有", "not yet"), handle=not_yet, tail="none"),
)
