"""我的记录: what she has reported, newest first; 我的记录 3月 of one month."""

from dataclasses import replace
from datetime import date

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.digest import parts
from bot.domain.months import month_named
from bot.handling import Answer, Command, Context

OF_RECORDS = ("我的记录", "历史记录", "my reports", "my history")


def show(ctx: Context) -> Answer | None:
    """Her own, to herself alone; only what is still kept. 我的报告写完了 is a sentence like any other."""
    month = month_named(ctx.rest, ctx.work.today()) if ctx.rest else None
    if ctx.rest and month is None:
        asked = ctx.text.lower().startswith(OF_RECORDS)
        return replace(ctx.say("mine.history_which"), aside=True) if asked else None
    told = _of_month(ctx, *month) if month else _told(ctx)
    if told is None:
        facts = {"year": month[0].year, "month": month[0].month} if month else {}
        return replace(ctx.say("mine.history_none_in" if month else "mine.history_none", **facts), aside=True)
    return replace(told, aside=True)


def _of_month(ctx: Context, first: date, after: date) -> Answer | None:
    since, until = (instant.text(instant.start_of(day, ctx.work.zone)) for day in (first, after))
    return _told(ctx, since, until)


def _told(ctx: Context, *bounds: str) -> Answer | None:
    """One line an answer; the branch is named where there are several."""
    found = ctx.tables.own_reports.history(ctx.member.id, *bounds)
    branches = {id_: branch for id_ in {one.branch for one in found} if (branch := ctx.tables.branches.get(id_))}
    answer = ctx.say("mine.history_head")
    for one in found:
        branch = branches[one.branch]
        answer = answer.also(
            "mine.history_line",
            at=instant.local(one.ask_at, branch.zone),
            branch=_name(ctx, branch) if len(branches) > 1 else "",
            parts=parts(one.report, branch.kind),
        )
    return answer if found else None


def _name(ctx: Context, branch: Branch) -> str:
    return ctx.work.named(branch, ctx.member.id)


command = Command(
    name="history",
    words=("我的记录", "我的报告", "我的回答", "历史记录", "my reports", "my report", "my history", "my answers"),
    handle=show,
    tail="any",
)
