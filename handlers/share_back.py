"""学做转训: 选时间 2 chooses when to pass on what one learned; 讲过了, 免讲 end it; 听后 … goes to the speaker."""

from datetime import timedelta

from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.handling import Answer, Command, Context
from bot.learning import sharing
from bot.learning.plan import plans

HEARD_WITHIN, GOOD_FOR = timedelta(days=3), timedelta(days=2)


def choose(ctx: Context) -> Answer | None:
    """By number among the hours that are offered now; bare: these again."""
    waiting = ctx.tables.share_backs.waiting(ctx.member.id)
    if not waiting:
        return ctx.say("share_back.none")
    session = sharing.offered(ctx.work, ctx.member, int(ctx.rest)) if ctx.rest.isdecimal() else None
    if session is None:
        home = ctx.work.config.homes.get(ctx.member.home)
        offered = sharing.offered_facts(ctx.work, ctx.member)
        return ctx.say("share_back.offers", offers=offered, home=home.name if home else "")
    sharing.choose(ctx.work, waiting[0], ctx.member, session)
    facts = {
        "title": ctx.work.config.study[session.item].named(ctx.member.language),
        "at": ctx.work.local(session.starts_at),
    }
    _tell_secretary(ctx, facts)
    return ctx.say("share_back.chosen", **facts)


def _tell_secretary(ctx: Context, facts: dict[str, str]) -> None:
    secretary = sharing.secretary_of(ctx.work, ctx.member)
    if secretary and secretary != ctx.member.id:
        reason = f"share_planned:{ctx.id}:{secretary}"
        ctx.work.owe("share_back.planned", secretary, reason, filled_by={"who": ctx.member.name, **facts})


def was_held(ctx: Context) -> Answer | None:
    return _end(ctx, "held")


def excuse(ctx: Context) -> Answer | None:
    return _end(ctx, "excused")


def _end(ctx: Context, state: str) -> Answer | None:
    """By her home secretary, of the one who is named, or of the only one who owes it."""
    homes = [id_ for id_, home in ctx.work.config.homes.items() if home.secretary == ctx.member.id]
    owing = {one.member: one for home in homes for one in ctx.tables.share_backs.waiting_of_home(home)}
    people = [found for id_ in owing if (found := ctx.tables.members.get(id_))]
    named = find_named(ctx.rest, people)
    if not owing:
        return ctx.say("share_back.nobody_owes") if homes and not ctx.rest else None
    meant = named.people if named else ()
    if len(meant) != 1:
        return ctx.say("share_back.whose", names=[one.name for one in people], state=state)
    member = next(iter(meant))
    sharing.end(ctx.work, owing[member.id], state, ctx.member.id)
    if member.id != ctx.member.id:
        reason = f"share_end:{owing[member.id].branch}:{member.id}"
        ctx.work.owe(f"share_back.{state}", member.id, reason, filled_by={"by": ctx.member.name})
    return ctx.say("share_back.ended", who=member.name, state=state)


def heard(ctx: Context) -> Answer | None:
    """One line to whoever spoke last at what concerned her."""
    speaker, title = _last_speaker(ctx)
    if speaker is None:
        return None if ctx.rest else ctx.say("share_back.nobody_spoke")
    if not ctx.rest:
        return ctx.ask("share_back.line_what", "heard_line", "words", who=speaker.name)
    return _send(ctx, speaker, title, ctx.rest)


def take_line(ctx: Context) -> Answer | None:
    speaker, title = _last_speaker(ctx)
    return _send(ctx, speaker, title, ctx.text) if speaker else None


def _send(ctx: Context, speaker: Member, title: str, words: str) -> Answer:
    facts = {"by": ctx.member.name, "title": title, "words": words.strip()}
    ctx.work.owe("share_back.line", speaker.id, f"line:{ctx.id}:{speaker.id}", filled_by=facts)
    return ctx.say("share_back.line_sent", who=speaker.name)


def _last_speaker(ctx: Context) -> tuple[Member | None, str]:
    since = ctx.work.now - HEARD_WITHIN
    found = plans(ctx.work, [ctx.member], since, ctx.work.now).get(ctx.member.id, ())
    for one in reversed(found):
        if one.session.speaker and one.session.speaker != ctx.member.id and not one.session.cancelled:
            return ctx.tables.members.get(one.session.speaker), one.study.named(ctx.member.language)
    return None, ""


commands = (
    Command(name="choose_hour", words=("选时间", "分享时间", "choose time"), handle=choose, tail="number"),
    Command(name="share_held", words=("讲过了", "已讲", "分享过了", "share held"), handle=was_held, tail="name"),
    Command(name="share_excused", words=("免讲", "不用讲", "excuse share"), handle=excuse, tail="name"),
    Command(
        name="heard_line",
        words=("听后", "听后感", "after hearing"),
        handle=heard,
        tail="words",
        steps={"words": take_line},
    ),
)
