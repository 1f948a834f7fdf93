"""The speakers' rota: 讲课表 shows it, 对调 李明 asks for a swap, 同意对调 agrees to it, 材料 … hands in material."""

from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.domain.study import Session
from bot.handling import Answer, Command, Context
from bot.learning import rota
from bot.learning.plan import organised_by, timetable

SHOWN, LONGEST_MATERIAL = 6, 500
AHEAD = rota.MATERIAL_BY * 10


def show(ctx: Context) -> Answer:
    found = rota.schedule_for(ctx.work, ctx.member, SHOWN)
    if not found:
        return ctx.say("rota.none")
    return ctx.say("rota.show", turns=rota.told_names(ctx.work, found, ctx.member.id))


def swap(ctx: Context) -> Answer | None:
    """Ask the one who is named; his yes does it."""
    mine = rota.next_of(ctx.work, ctx.member.id)
    if mine is None:
        return ctx.say("rota.not_yours")
    study = ctx.work.config.study[mine.item]
    able = [one for one in rota.people(ctx.work, mine.item, study) if one != ctx.member.id]
    people = [found for one in able if (found := ctx.tables.members.get(one))]
    named = find_named(ctx.rest, people)
    found = named.people if named else ()
    if len(found) != 1:
        return ctx.ask("rota.swap_whom", "swap_turn", "whom", names=[one.name for one in people])
    return _ask(ctx, mine, next(iter(found)))


def take_whom(ctx: Context) -> Answer | None:
    mine = rota.next_of(ctx.work, ctx.member.id)
    found = find_named(ctx.text, ctx.tables.members.listed()) if mine else None
    return swap(ctx.after(ctx.text)) if found else None


def _ask(ctx: Context, mine: Session, other: Member) -> Answer:
    if other.id in rota.away_then(ctx.work, mine.starts_at):
        return ctx.say("rota.swap_away", who=other.name)
    his = rota.ask_swap(ctx.work, mine, other)
    told = rota.facts(ctx.work, mine, other.id)
    facts = {"by": ctx.member.name, **told, "yours": ctx.work.local(his.starts_at) if his else ""}
    ctx.work.owe("rota.swap_asked", other.id, f"swap:{ctx.id}:{other.id}", expires_at=mine.starts_at, filled_by=facts)
    return ctx.say("rota.swap_waits", who=other.name, **rota.facts(ctx.work, mine, ctx.member.id))


def agree(ctx: Context) -> Answer | None:
    asked = rota.asked_of(ctx.work, ctx.member.id)
    by = ctx.tables.members.get(asked.by) if asked else None
    done = rota.agree(ctx.work, asked, ctx.member.id) if asked and by else None
    if asked is None or by is None or done is None:
        return ctx.say("rota.nothing_asked")
    mine, his = done
    yours = ctx.work.local(his.starts_at) if his else ""
    told = {"who": ctx.member.name, **rota.facts(ctx.work, mine, by.id), "yours": yours}
    ctx.work.owe("rota.swapped", by.id, f"swapped:{ctx.id}:{by.id}", filled_by=told)
    rota.tell_changed(ctx.work, ctx.work.config.study[mine.item], mine, by.id)
    return ctx.say("rota.agreed", who=by.name, **rota.facts(ctx.work, mine, ctx.member.id))


def decline(ctx: Context) -> Answer | None:
    asked = rota.asked_of(ctx.work, ctx.member.id)
    if asked is None:
        return ctx.say("rota.nothing_asked")
    ctx.tables.facts.forget(f"swap:{ctx.member.id}")
    ctx.work.owe("rota.swap_declined", asked.by, f"declined:{ctx.id}", filled_by={"who": ctx.member.name})
    return ctx.say("rota.declined")


def hand_in(ctx: Context) -> Answer | None:
    """To the next occurrence at which she speaks, or that she organises."""
    session = rota.next_of(ctx.work, ctx.member.id) or _organised(ctx)
    if session is None:
        return None if ctx.rest else ctx.say("rota.not_yours")
    if not ctx.rest or len(ctx.rest) > LONGEST_MATERIAL:
        return ctx.say("rota.material_what")
    ctx.tables.sessions.put_material(session, ctx.rest.strip())
    return ctx.say("rota.material_kept", **rota.facts(ctx.work, session, ctx.member.id))


def _organised(ctx: Context) -> Session | None:
    found = [
        one
        for item in organised_by(ctx.work, ctx.member.id)
        for one in timetable(ctx.work, item, ctx.work.config.study[item]).between(
            item, ctx.work.now, ctx.work.now + AHEAD
        )
        if not one.cancelled
    ]
    return min(found, key=lambda one: one.starts_at, default=None)


commands = (
    Command(name="rota", words=("讲课表", "轮值表", "主讲表", "rota"), handle=show),
    Command(name="swap_turn", words=("对调", "换讲", "swap with"), handle=swap, tail="name", steps={"whom": take_whom}),
    Command(name="agree_swap", words=("同意对调", "同意换", "agree to swap"), handle=agree),
    Command(name="decline_swap", words=("不对调", "不换", "decline swap"), handle=decline),
    Command(name="material", words=("材料", "material"), handle=hand_in, tail="words"),
)
