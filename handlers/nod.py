"""收到, 好的, 👍 to what asks for nothing is answered in a word; what does ask goes on waiting, and is named.

A voice message, a picture, a sticker cannot be read: she hears what to type instead.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain.nod import nods
from bot.domain.rounds import waiting
from bot.domain.wordless import wordless
from bot.handling import Answer, Context
from handlers import report, solved, until
from handlers.study import title_of

STUDY_WAITS_FOR = timedelta(hours=2)


def take(ctx: Context) -> Answer:
    """Whatever is no command: a nod, what has no words, a need and how it stands, a day, or else her report."""
    if kind := wordless(ctx.text):
        belongs = ctx.tables.branches.open_of_member(ctx.member.id)
        return replace(ctx.say(f"wordless.{kind}" if belongs else "wordless.elsewhere"), aside=True)
    heard = _heard(ctx) if nods(ctx.text) else None
    return heard or solved.number_first(ctx) or until.span_first(ctx) or report.take(ctx)


def _heard(ctx: Context) -> Answer | None:
    """None: a question is open, and it is not for us to guess what her nod says to it. Whoever is away, has put
    it off or takes no part is asked nothing."""
    asked = (one.round.id for one in waiting(ctx.tables.rounds.open_to(ctx.member.id)))
    if any(ctx.tables.rounds.silent(round_, ctx.work.now, ctx.member.id) for round_ in asked):
        return None
    return _to_study(ctx) or _to_closing(ctx) or _to_need(ctx) or _plain(ctx)


def _to_study(ctx: Context) -> Answer | None:
    asked = ctx.tables.studies.open_to(ctx.member.id, ctx.work.now, "join")
    if asked is None or asked.answer or ctx.work.now > asked.starts_at + STUDY_WAITS_FOR:
        return None
    return ctx.say("nod.study", title=title_of(ctx, asked.item, asked.title), form=asked.form)


def _to_closing(ctx: Context) -> Answer | None:
    """“Extend or close?” is the liaison's to answer in so many words."""
    mine = ctx.tables.branches.open_of_liaison(ctx.member.id, on_duty=True)
    asked = [one for one in mine if one.state == "closing" and not one.closing_settled]
    if not asked:
        return None
    return ctx.say("nod.closing", branch=ctx.work.named(asked[0], ctx.member.id), closes=asked[0].closes.isoformat())


def _to_need(ctx: Context) -> Answer | None:
    """“解决了吗？” is hers to answer in so many words: a nod closes nothing."""
    asked = [one.number for one in ctx.tables.needs.of_member(ctx.member.id) if one.waits_for_her]
    return ctx.say("needs.asked", number=asked[0], of_several=len(asked) > 1) if asked else None


def _plain(ctx: Context) -> Answer:
    """Of needs that wait for somebody, a nod claims none."""
    holds = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    open_needs = [need for one in holds for need in ctx.tables.needs.unsettled(one.id) if need.state == "open"]
    claimable = next((need.number for need in open_needs if need.member != ctx.member.id), None)
    return ctx.say("nod.needs", number=claimable) if claimable else ctx.say("nod.heard")
