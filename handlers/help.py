"""?: what can be said here and now, in short lines; ?请假 and the like say more of one thing."""

import re
from collections.abc import Mapping

from bot.domain.rounds import waiting
from bot.handling import Answer, Command, Context

# By what they are asked for; the first word of a language is the one that is offered.
MEMBER_TOPICS: Mapping[str, tuple[str, ...]] = {
    "report": ("回答", "报告", "跳过", "撤回", "answer", "answers", "report", "skip", "withdraw"),
    "away": ("请假", "静默", "离开", "稍后", "平安", "leave", "silence", "away", "later", "safe"),
    "needs": ("诉求", "求助", "困难", "need", "needs"),
    "study": ("学习", "study"),
    "whisper": ("悄悄", "悄悄话", "建议", "吐槽", "whisper", "suggest"),
    "mine": ("我的", "设置", "数据", "结对", "家访", "删除", "mine", "settings", "data", "buddy", "delete"),
}
DUTY_TOPICS: Mapping[str, tuple[str, ...]] = {
    "settle": ("诉求", "认领", "答复", "办结", "need", "needs", "claim"),
    "roll": ("名单", "摘要", "催", "代报", "list", "digest", "nudge", "report for"),
    "write": ("联系", "通知", "给", "家里消息", "悄悄话", "建议", "write", "tell", "news", "whisper", "suggest"),
    "talks": ("谈话", "谈心", "走访", "待谈", "例会", "责任链", "talks", "talk", "visit", "meeting", "chain"),
    "classes": ("组织学习", "点名", "课堂", "classes", "class", "roll call"),
    "duty": ("值班", "交班", "成员", "加人", "移出", "延期", "结束", "结对", "duty", "people", "extend", "close"),
}
_DRESS = " 　。.!！?？,，:：、"
_HOW = re.compile(r"^(?:怎么样?|如何|怎样|how (?:do i|to))\s*|(?:怎么说|怎么用|怎么办|怎么写)$")


def show(ctx: Context) -> Answer | None:
    """Bare: the shortest list. With the name of a topic, that; any other question is a sentence like any other."""
    is_member, holds_duty = _sides(ctx)
    if ctx.rest:
        asked = _HOW.sub("", ctx.rest.strip(_DRESS).lower())
        return _topic(ctx, asked, is_member=is_member, holds_duty=holds_duty)
    answers = _now(ctx)
    if is_member:
        answers.append(ctx.say("help.member", kind=_kind(ctx)))
    if holds_duty:
        answers.append(ctx.say("help.duty"))
    if homes := [one.name for one in ctx.work.config.homes.values() if one.secretary == ctx.member.id]:
        answers.append(ctx.say("help.home", homes=homes))
    if not is_member and not holds_duty and not homes:
        answers.append(no_branch(ctx))
    return _joined([*answers, ctx.say("language.offer")])


def _sides(ctx: Context) -> tuple[bool, bool]:
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    return bool(belongs), bool(ctx.tables.branches.open_of_duty_holder(ctx.member.id))


def _now(ctx: Context) -> list[Answer]:
    """What waits for a word of hers."""
    if ctx.tables.standings.waits(ctx.member.id, ctx.work.now):
        return [ctx.say("help.going_on")]
    return [ctx.say("help.asked")] if waiting(ctx.tables.rounds.open_to(ctx.member.id)) else []


def _topic(ctx: Context, asked: str, *, is_member: bool, holds_duty: bool) -> Answer | None:
    is_secretary = any(one.secretary == ctx.member.id for one in ctx.work.config.homes.values())
    sides = ((is_member, MEMBER_TOPICS), (holds_duty or is_secretary, DUTY_TOPICS))
    found = [name for belongs, topics in sides if belongs for name, words in topics.items() if asked in words]
    return _joined([_about(ctx, name) for name in found]) if found else None


def _about(ctx: Context, topic: str) -> Answer:
    kind = {"kind": _kind(ctx)} if topic == "report" else {}
    return ctx.say(f"help.topic_{topic}", **kind)


def _kind(ctx: Context) -> str:
    return ctx.tables.branches.open_of_member(ctx.member.id)[-1][0].kind


def _joined(answers: list[Answer]) -> Answer:
    return Answer(tuple(say for answer in answers for say in answer.says), aside=True)


def no_branch(ctx: Context) -> Answer:
    """She is in no running branch; whom she can ask, unless she is the one to be asked."""
    found = (ctx.tables.members.get(admin) for admin in ctx.work.config.admins)
    return ctx.say("help.no_branch", admins=[one.name for one in found if one and one.id != ctx.member.id])


command = Command(
    name="help",
    words=("?", "帮助", "帮助?", "怎么用", "怎么用?", "菜单", "说明", "help", "help?", "menu"),
    handle=show,
    tail="any",
)
