"""Her own hour: 提醒时间 19:30; 恢复默认 is the way back."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.span import clock_times
from bot.domain.when import next_allowed
from bot.handling import Answer, Command, Context
from bot.hours import reset_hours
from handlers import away

LEADS = re.compile(r"^(?:改成|改为|改到|换成|设为|设成|是|为|在|到|=|to\b|is\b|\s)+", re.IGNORECASE)
FIRST = re.compile(r"(?:第?[1一①]个?|早上?|上午|前一?个|morning|a\.?m\.?|first)[\s。.!！]*", re.IGNORECASE)
SECOND = re.compile(r"(?:第?[2二②]个?|晚上?|下午|后一?个|evening|p\.?m\.?|second)[\s。.!！]*", re.IGNORECASE)
OF_HOURS = re.compile(r"我?的?提[醒问]|reminder|my hour|\d|[点时钟]", re.IGNORECASE)
USUAL = ("默认", "default", "usual")
BEFORE = timedelta(minutes=30)


def hour(ctx: Context) -> Answer | None:
    """提醒时间 19:30; bare it says what it is now; 我的时间很紧 is a sentence like any other."""
    said = LEADS.sub("", ctx.rest)
    now = ctx.tables.preferences.of(ctx.member.id).hour
    if not said:
        answer = ctx.say("mine.hour_now", time=f"{now:%H:%M}") if now else ctx.say("mine.hour_usual")
        return replace(answer, aside=True)
    if said.lower() in USUAL:
        return usual(ctx)
    times = clock_times(said)
    loud = [one for one in times if not _is_quiet(ctx, one)]
    if not times:
        return ctx.say("mine.hour_how") if OF_HOURS.match(ctx.text) or OF_HOURS.search(said) else None
    if not loud:
        return _in_quiet_hours(ctx, times[0])
    return _which(ctx, loud) if len(loud) > 1 else _set_hour(ctx, loud[0])


def _which(ctx: Context, times: list[time]) -> Answer:
    nearer, further = (f"{one:%H:%M}" for one in sorted(times))
    keep = {"times": [nearer, further]}
    return ctx.ask("mine.hour_which", "hour", "which", keep=keep, nearer=nearer, further=further)


def take_hour(ctx: Context) -> Answer | None:
    """1 or 2, 早上 or 晚上; or an hour said anew."""
    first, second = (time.fromisoformat(one) for one in ctx.facts["times"])
    for telling, meant in ((FIRST, first), (SECOND, second)):
        if telling.fullmatch(ctx.text):
            return _set_hour(ctx, meant)
    return hour(replace(ctx, rest=ctx.text)) if clock_times(ctx.text) else None


def _set_hour(ctx: Context, chosen: time) -> Answer:
    ctx.tables.preferences.put(ctx.member.id, replace(ctx.tables.preferences.of(ctx.member.id), hour=chosen))
    reset_hours(ctx.work, ctx.member.id)
    return ctx.say("mine.hour_set", time=f"{chosen:%H:%M}")


def _is_quiet(ctx: Context, clock: time) -> bool:
    zone = away.zone(ctx)
    moment = datetime.combine(ctx.work.now.astimezone(zone).date(), clock, zone)
    return next_allowed(moment, ctx.work.config.limits.quiet, zone) != moment


def _in_quiet_hours(ctx: Context, clock: time) -> Answer:
    quiet = ctx.work.config.limits.quiet
    assert quiet is not None, "without quiet hours none is quiet"
    before = (datetime.combine(date.max, quiet.start) - BEFORE).time()
    hours = {"start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}
    return ctx.say("mine.hour_quiet", time=f"{clock:%H:%M}", **hours, before=f"{before:%H:%M}")


def usual(ctx: Context) -> Answer:
    """Hour and channel as her branch has them; the style has its own way back."""
    kept = ctx.tables.preferences.of(ctx.member.id)
    ctx.tables.preferences.put(ctx.member.id, replace(kept, hour=None, channel=""))
    reset_hours(ctx.work, ctx.member.id)
    return ctx.say("mine.usual")


commands = (
    Command(
        name="hour",
        words=("提醒时间", "我的时间", "提问时间", "我的提醒时间", "my hour", "my time", "reminder time"),
        handle=hour,
        tail="any",
        steps={"which": take_hour},
    ),
    Command(
        name="usual",
        words=("恢复默认", "恢复默认时间", "恢复支部时间", "默认时间", "usual hour", "default"),
        handle=usual,
    ),
)
