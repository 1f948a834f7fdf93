"""Needs, from the member's side: ask for help in one line, or say yes when asked “要帮忙吗？”."""

import re
from dataclasses import replace

from bot.domain.branch import Branch
from bot.domain.reading import read
from bot.domain.report import Report
from bot.handling import Answer, Command, Context
from bot.raising import raise_need
from handlers import report

_YES = re.compile(r"(要|需要|是|是的|好|好的|行|可以|要的|嗯|yes|y|ok|please|yes please|1)[。.!！~]*", re.IGNORECASE)
_NO = re.compile(
    r"(不要|不用|不用了|不需要|没事|没事了|不|不是|否|不必|谢谢不用|no|n|no thanks|not now)[。.!！~]*", re.IGNORECASE
)


def ask_for_help(ctx: Context) -> Answer | None:
    """困难/求助 and a few words. With other parts in the same message it is a report that names a need."""
    branch = _branch(ctx)
    if branch is None:
        return None
    said = read(ctx.text, branch.kind, ctx.work.work_mode(branch)).report
    if said != Report() and said != Report(need=said.need):
        return report.take(ctx)
    words = said.need or ctx.rest
    if not words:
        return ctx.ask("need.what", "need", "what", keep={"branch": branch.id})
    return _raise(ctx, branch, words)


def take_words(ctx: Context) -> Answer | None:
    """The answer to “what do you need?”."""
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open:
        return None
    if _NO.fullmatch(ctx.text):
        return ctx.say("need.not_needed")
    return _raise(ctx, branch, ctx.text)


def take_offer(ctx: Context) -> Answer | None:
    """The answer to “要帮忙吗？”: yes raises the need with her words, no is the end of it, else it is something new."""
    branch = ctx.tables.branches.get(ctx.facts["branch"])
    if branch is None or not branch.open:
        return None
    if _NO.fullmatch(ctx.text):
        return ctx.say("need.not_needed")
    return _raise(ctx, branch, ctx.facts["words"]) if _YES.fullmatch(ctx.text) else None


def _raise(ctx: Context, branch: Branch, words: str) -> Answer:
    """A need is about life: words about case work are sent back, and kept nowhere."""
    if report.speaks_of_cases(ctx, words):
        return replace(ctx.say("need.no_case_words"), forget=True)
    need = raise_need(ctx.work, branch, ctx.member, "words", words, f"{ctx.id}:words")
    liaisons = ctx.tables.branches.liaisons(branch.id)
    return ctx.say("need.noted", number=need.number, need_kind="words", liaison=liaisons[0].name if liaisons else "")


def _branch(ctx: Context) -> Branch | None:
    """Where the need belongs: the branch she joined last of those that run."""
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    return belongs[-1][0] if belongs else None


command = Command(
    name="need",
    words=("困难", "求助", "诉求", "need", "help me"),
    handle=ask_for_help,
    tail="words",
    steps={"what": take_words, "offer": take_offer},
)
