"""Needs, from the member's side: ask for help in one line, or say yes when asked “要帮忙吗？”."""

import re
from dataclasses import replace

from bot.domain.branch import Branch
from bot.domain.need_number import last_word
from bot.domain.reading import Reading, read
from bot.domain.report import FIELDS, Report
from bot.handling import Answer, Command, Context
from handlers import my_needs, report

_THANKS = r"(?:[\W_]|谢谢|thanks|thank you)*"
_YES = re.compile(
    rf"(?:要|需要|是|是的|好|好的|行|可以|要的|要帮忙|嗯|yes|y|ok|sure|please|yes please){_THANKS}", re.IGNORECASE
)
_NO = re.compile(
    rf"(?:不要|不用|不用了|不需要|没事|没事了|不|不是|否|不必|算了|no|n|not now|谢谢){_THANKS}(?:不用了?)?",
    re.IGNORECASE,
)


def ask_for_help(ctx: Context) -> Answer | None:
    """困难/求助 and a few words. With other parts in the same message it is a report that names a need."""
    if last_word(ctx.rest):
        return None
    if known := my_needs.about(ctx):
        return known
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        return None
    branch, _ = belongs[-1]
    whole = _read(ctx, branch, ctx.text)
    if not ctx.rest or (whole.wants_help and whole.report == Report() and not whole.work_refused):
        return _ask_what(ctx, branch)
    labelled = f"need: {ctx.rest}"
    said = _read(ctx, branch, labelled)
    if said.report.need and said.report == Report(need=said.report.need) and not said.work_refused:
        return _raise(ctx, branch, said.report.need)
    if said.work_refused and said.report == Report():
        return no_case_words(ctx)
    return report.take(replace(ctx, text=labelled) if said.report.need else ctx)


def take_words(ctx: Context) -> Answer | None:
    """The answer to “what do you need?”; a report or the wish to talk is not meant for it."""
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open or last_word(ctx.text):
        return None
    if _NO.fullmatch(ctx.text):
        return ctx.say("need.not_needed")
    said = _read(ctx, branch, ctx.text)
    parts = sum(said.report.mentions(part) for part in FIELDS)
    if said.all_well or said.unchanged or parts > 1 or said.report.thoughts == "talk":
        return None
    if _YES.fullmatch(ctx.text) or not any(each.isalpha() for each in ctx.text):
        return _ask_what(ctx, branch)
    return no_case_words(ctx) if said.work_refused else _raise(ctx, branch, ctx.text)


def take_offer(ctx: Context) -> Answer | None:
    """The answer to “要帮忙吗？”: yes raises the need with her words, no is the end of it, else it is something new."""
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open:
        return None
    if _NO.fullmatch(ctx.text):
        return ctx.say("need.not_needed")
    if not _YES.fullmatch(ctx.text):
        return None
    words = ctx.facts["words"]
    return _raise(ctx, branch, words) if words else _ask_what(ctx, branch)


def _ask_what(ctx: Context, branch: Branch) -> Answer:
    return ctx.ask("need.what", "need", "what", keep={"branch": branch.id})


def _read(ctx: Context, branch: Branch, text: str) -> Reading:
    return read(text, branch.kind, ctx.work.work_mode(branch))


def _raise(ctx: Context, branch: Branch, words: str) -> Answer:
    return report.note_need(ctx, branch, "words", words)


def speaks_of_case(ctx: Context, branch: Branch, words: str) -> bool:
    """Whether what she adds to a need may be kept no more than a report of case work."""
    return bool(words) and _read(ctx, branch, f"need: {words}").work_refused


def no_case_words(ctx: Context) -> Answer:
    """A need is about life: words about case work are sent back, and kept nowhere."""
    return replace(ctx.say("need.no_case_words"), forget=True)


commands = (
    Command(
        name="need",
        words=("困难", "求助", "need", "help me"),
        handle=ask_for_help,
        tail="words",
        steps={"what": take_words, "offer": take_offer},
    ),
    Command(name="need_numbered", words=("诉求",), handle=ask_for_help, tail="number"),
)
