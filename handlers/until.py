"""Which moment was meant: the answer to “今晚还是明早？”, and 改到 …, which puts right what was said last."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain import instant
from bot.domain.until import Until, chosen, read_until
from bot.handling import STANDS_FOR, Answer, Command, Context
from handlers import away, report

YES = re.compile(r"(对|对的|是|是的|好|好的|嗯|行|没错|确认|yes|y|ok|right|correct|sure)[。.!！~ ]*", re.IGNORECASE)
NO = re.compile(r"(不|不对|不是|都不是|不用|不用了|算了|no|n|neither|never mind)[。.!！~ ]*", re.IGNORECASE)
KINDS: tuple[tuple[away.Kind, re.Pattern[str]], ...] = (
    ("leave", re.compile(r"(?:我?要?请假|休假|(?:on )?leave)[\s。.!！]*", re.IGNORECASE)),
    ("silence", re.compile(r"(?:我?要?静默|(?:of )?silence)[\s。.!！]*", re.IGNORECASE)),
    (
        "later",
        re.compile(r"(?:以?后|再|稍后)?再?(?:问我?|提醒我?|答|回答|回复)[\s。.!！吧]*|ask (?:me )?(?:then|again)"),
    ),
)
OF_TIME = ("改到", "改至", "change to")  # the other words may as well be about her report
LEADS = re.compile(r"^[到至为成\s:：]+|^(?:until|to)\s+", re.IGNORECASE)


def take_which(ctx: Context) -> Answer | None:
    """1, 2, 今晚, 明早; a moment said anew is read anew; anything else is something new."""
    readings = [instant.parse(one) for one in ctx.facts["readings"]]
    if NO.fullmatch(ctx.text):
        return ctx.say("until.not_noted")
    said_yes = YES.fullmatch(ctx.text) is not None
    if said_yes and len(readings) > 1:
        return away.ask_which(ctx, ctx.facts["kind"], Until(tuple(readings), "", ctx.facts["doubt"]))
    meant = readings[0] if said_yes else chosen(ctx.text, readings, ctx.work.now, away.zone(ctx))
    if meant:
        return _count(ctx, ctx.facts["kind"], meant)
    anew = read_until(ctx.text, ctx.work.now, away.zone(ctx))
    return _again(ctx, ctx.facts["kind"], ctx.text) if anew.readings else None


def change(ctx: Context) -> Answer | None:
    """改到 周五18:00; 改成 思想一般 is about her report."""
    rest = LEADS.sub("", ctx.rest)
    found = read_until(rest, ctx.work.now, away.zone(ctx))
    if not found.readings:
        of_time = not rest or ctx.text.lower().startswith(OF_TIME)
        return report.take_rest(ctx) or (ctx.say("until.change_how") if of_time else None)
    kind = _said_last(ctx)
    return _again(ctx, kind, rest) if kind else ctx.say("until.nothing_to_change")


def span_first(ctx: Context) -> Answer | None:
    """48小时静默: the words in the other order."""
    if not any(words.search(ctx.text) for _, words in KINDS):
        return None
    found = read_until(ctx.text, ctx.work.now, away.zone(ctx))
    for kind, words in KINDS:
        if found.readings and words.fullmatch(found.rest):
            return _again(ctx, kind, ctx.text[: len(ctx.text) - len(found.rest)])
    return None


def _again(ctx: Context, kind: away.Kind, text: str) -> Answer:
    return away.later(replace(ctx, rest=text)) if kind == "later" else away.declare(ctx, kind, text)


def _count(ctx: Context, kind: away.Kind, until: datetime) -> Answer:
    if until <= ctx.work.now:
        return ctx.say("until.gone")
    return away.postpone(ctx, until) if kind == "later" else away.note(ctx, kind, until)


def _said_last(ctx: Context) -> away.Kind | None:
    """What was declared or put off last, while it lasts or was only just said."""
    kind, _, at = (ctx.tables.facts.setting(f"until:{ctx.member.id}") or "").partition("|")
    now_away = ctx.tables.aways.now(ctx.member.id, ctx.work.now)
    for one in ("leave", "silence", "later"):
        if one == kind and (ctx.work.now - instant.parse(at) < STANDS_FOR or (now_away and now_away.kind == one)):
            return one
    return None


command = Command(
    name="until",
    words=("改到", "改至", "改成", "改为", "change to", "change it to", "make it"),
    handle=change,
    tail="any",
    steps={"which": take_which},
)
