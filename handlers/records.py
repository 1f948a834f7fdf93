"""我的数据: all that is held about her, as a file; 删除: her words go, and what stays is named with its reason."""

from dataclasses import replace

from bot.domain.branch import Branch
from bot.domain.choosing import is_not_sure, is_sure
from bot.handling import Answer, Command, Context

PAGE, TABLE = "my-records.html", "my-records.json"


def show(ctx: Context) -> Answer:
    """Two links to the same, for an hour and for her alone."""
    answer = ctx.say("records.here", page=ctx.link(PAGE), table=ctx.link(TABLE))
    return replace(answer, aside=True)


def ask_to_erase(ctx: Context) -> Answer:
    """First what goes and what stays."""
    return _what_stays(ctx, ctx.ask("records.erase", "erase", "sure"), "records.erase_how")


def take_sure(ctx: Context) -> Answer | None:
    """确认 does it; what is neither yes nor no is something new."""
    if is_not_sure(ctx.text):
        return ctx.say("records.not_erased")
    return _erase(ctx) if is_sure(ctx.text) else None


def _erase(ctx: Context) -> Answer:
    """She takes part no more; her words go in the tick that follows at once, and the liaison hears of it once."""
    for branch, consent in ctx.tables.branches.open_of_member(ctx.member.id):
        if consent != "refused":
            ctx.tables.facts.note("consent_refused", ctx.work.now, branch.id, ctx.member.id)
        _tell_liaison(ctx, branch)
    ctx.tables.members.refuse_all(ctx.member.id, ctx.work.now)
    ctx.tables.facts.note("words_erased", ctx.work.now, None, ctx.member.id)
    ctx.tables.alarms.put("erase", ctx.member.id, ctx.work.now)
    return _what_stays(ctx, ctx.say("records.erased"), "records.erased_how")


def _what_stays(ctx: Context, answer: Answer, last: str) -> Answer:
    days = ctx.work.config.keep.facts.days
    answer = answer.also("records.stays", facts_days=days)
    waiting = [
        need
        for one, _ in ctx.tables.branches.open_of_member(ctx.member.id)
        for need in ctx.tables.needs.unsettled(one.id)
    ]
    numbers = [str(need.number) for need in waiting if need.member == ctx.member.id]
    if numbers:
        answer = answer.also("records.stays_need", numbers=numbers)
    if ctx.tables.branches.open_of_duty_holder(ctx.member.id):
        answer = answer.also("records.stays_duty")
    return answer.also("records.stays_elsewhere").also(last)


def _tell_liaison(ctx: Context, branch: Branch) -> None:
    liaison = ctx.work.on_duty(branch)
    if liaison and liaison != ctx.member.id:
        reason = f"erased:{branch.id}:{ctx.member.id}"
        name = ctx.work.named(branch, liaison)
        facts = {"who": ctx.member.name, "branch_name": name}
        ctx.work.owe("consent.member_erased", liaison, reason, branch=branch, filled_by=facts)


commands = (
    Command(
        name="my_records",
        words=("我的数据", "导出我的数据", "下载我的数据", "my data", "export my data"),
        handle=show,
        tail="words",
    ),
    Command(
        name="erase",
        words=("删除", "删除我的数据", "删除我的记录", "删掉我的数据", "清除我的数据", "delete my data", "delete"),
        handle=ask_to_erase,
        tail="none",
        steps={"sure": take_sure},
    ),
)
