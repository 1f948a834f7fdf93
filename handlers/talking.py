"""Talks and visits: 谈了 陈晓, 谈过 1, 走访了 王静 note that one was held, and on which day; never what was said."""

import re
from dataclasses import replace

from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.naming import find_named
from bot.domain.people import Member
from bot.domain.talk import Talk, TalkKind
from bot.domain.talk_reading import Said, read_said, split_day
from bot.handling import Answer, Command, Context
from bot.noting import Held, note
from bot.radar import facts, roles_towards
from handlers import telling_apart

_NUMBER = re.compile(
    r"(?:待谈|待访|第|[#＃№])?\s*(\d{1,6})(?![\d年月日./-])(?!\s*(?:st|nd|rd|th|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec))\s*号?\s*[:：，,、.。]?\s*(.*)",
    re.DOTALL | re.IGNORECASE,
)
Place = tuple[Branch, Member]


def talked(ctx: Context) -> Answer | None:
    return _note(ctx, "talk")


def visited(ctx: Context) -> Answer | None:
    return _note(ctx, "visit")


def take_whom(ctx: Context) -> Answer | None:
    """The answer to “with whom?”; what names nobody is something new."""
    return _note(replace(ctx, rest=ctx.text), ctx.facts["kind"], asked=True)


def take_which(ctx: Context) -> Answer | None:
    """The answer to “which of them?”."""
    people = [one for id_ in ctx.facts["ids"] if (one := ctx.tables.members.get(id_))]
    chosen = telling_apart.chosen(ctx, people)
    return _note_about(ctx, chosen, ctx.facts["kind"], ctx.facts["words"]) if chosen else None


def _note(ctx: Context, kind: TalkKind, *, asked: bool = False) -> Answer | None:
    """None: it is no talk that is told of, but a sentence like any other."""
    reach = within_reach(ctx)
    if numbered := _NUMBER.fullmatch(ctx.rest):
        return _note_numbered(ctx, int(numbered[1]), numbered[2]) if reach else None
    if not ctx.rest:
        return ctx.ask("talking.whom", "talked", "whom", keep={"kind": kind}, kind=kind) if reach else None
    said = _after_day(ctx, reach)
    named = find_named(said, [member for _, member in reach])
    if named is None:
        return _not_named(ctx, said, asked=asked or not reach)
    words = f"{ctx.rest.removesuffix(said)} {named.rest}"
    one, *others = named.people
    if others:
        wrong = _wrong(ctx, _read(ctx, words))
        return wrong or telling_apart.ask(ctx, "talked", named.people, {"kind": kind, "words": words})
    return _note_about(ctx, one, kind, words)


def _after_day(ctx: Context, reach: list[Place]) -> str:
    """A day may stand before the name; but 周日新 is a name."""
    if find_named(ctx.rest, [member for _, member in reach]):
        return ctx.rest
    return split_day(ctx.rest, ctx.work.today()).rest


def _not_named(ctx: Context, said: str, *, asked: bool) -> Answer | None:
    """Whoever may note something hears why she was not understood; a member's 谈了谈案子 is no command."""
    named = find_named(said, ctx.tables.members.listed())
    branch = next((found for one in named.people if (found := _branch_of(ctx, one))), None) if named else None
    if branch:
        return replace(ctx.refuse("note_talk", branch), forget=True)
    if asked or _ran_on(ctx):
        return None
    return replace(ctx.say("talking.not_away" if named else "talking.unknown"), forget=True)


def _ran_on(ctx: Context) -> bool:
    """Whether the words follow without a gap: 谈了谈 and not 谈了 张三."""
    before = ctx.text[: ctx.text.rfind(ctx.rest)]
    return bool(ctx.tables.branches.open_of_member(ctx.member.id)) and before[-1:].isalnum()


def _branch_of(ctx: Context, member: Member) -> Branch | None:
    """The running branch of hers that the sender has to do with as well."""
    mine = {branch.id for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id)}
    hers = (branch for branch, _ in ctx.tables.branches.open_of_member(member.id) if member.id != ctx.member.id)
    return next((branch for branch in hers if branch.id in mine), None)


def within_reach(ctx: Context) -> list[Place]:
    """The members about whom she may note a talk, and in which branch."""
    me = ctx.member.id
    due = {(talk.branch, talk.member) for talk in ctx.tables.talks.due_to(me)}
    homes = {id_ for id_, home in ctx.work.config.homes.items() if home.secretary == me}
    found: list[Place] = []
    for branch in ctx.tables.branches.running():
        here = ctx.may("note_talk", branch)
        for one in (one.member for one in ctx.tables.members.of_branch(branch.id)):
            at_home = one.home in homes and may_note(ctx, branch, one.id)
            if (here or at_home or (branch.id, one.id) in due) and one.id != me:
                found.append((branch, one))
    return found


def may_note(ctx: Context, branch: Branch, member: str) -> bool:
    return may(roles_towards(ctx.work, branch, member, ctx.member.id), "note_talk")


def _note_numbered(ctx: Context, number: int, words: str) -> Answer:
    talk = ctx.tables.talks.numbered(number)
    branch = ctx.tables.branches.get(talk.branch) if talk else None
    if talk is None or branch is None or not (talk.holder == ctx.member.id or may_note(ctx, branch, talk.member)):
        return replace(ctx.say("talking.no_number", number=number), forget=bool(words))
    if not branch.open:
        return replace(ctx.say("talking.closed", number=number), forget=bool(words))
    member = ctx.tables.members.get(talk.member)
    assert member is not None
    named = find_named(words, [member])
    said = _read(ctx, named.rest if named else words)
    if wrong := _wrong(ctx, said):
        return wrong
    if not talk.due:
        return ctx.say("talking.held_already", number=number, on=str(talk.held_on))
    return _hold(
        ctx, Held(talk.kind, branch, member, ctx.member.id, said.on or ctx.work.today(branch), said.next_on), [talk]
    )


def _note_about(ctx: Context, member: Member, kind: TalkKind, words: str) -> Answer:
    said = _read(ctx, words)
    if wrong := _wrong(ctx, said):
        return wrong
    branches = [branch for branch, one in within_reach(ctx) if one.id == member.id]
    about = [talk for talk in ctx.tables.talks.due_about(member.id) if talk.kind == kind]
    mine = [talk for talk in about if talk.holder == ctx.member.id and ctx.work.today() >= talk.opens_on]
    branch = next((one for one in branches if one.id in {talk.branch for talk in mine}), branches[0])
    if kind == "visit" and ctx.tables.visit_consents.of(member.id) != "given":
        return ctx.say("talking.no_consent", who=member.name)
    on = said.on or ctx.work.today(branch)
    held = ctx.tables.talks.held_on(member.id, ctx.member.id, on)
    if not mine and any(talk.kind == kind for talk in held):
        return ctx.say("talking.twice", who=member.name, kind=kind, on=on.isoformat())
    others = [talk for talk in about if talk.holder != ctx.member.id and may_note(ctx, branch, talk.member)]
    answer = _hold(
        ctx,
        Held(kind, branch, member, ctx.member.id, on, said.next_on),
        [one for one in mine if one.branch == branch.id],
    )
    if mine or not others:
        return answer
    told = facts(ctx.work, ctx.member.id, others[0])
    return answer.also("talking.others", holder=told["holder"], kind=kind, number=told["number"])


def _read(ctx: Context, words: str) -> Said:
    return read_said(words, ctx.work.today(), ctx.work.now, ctx.work.zone)


def _wrong(ctx: Context, said: Said) -> Answer | None:
    """What cannot be noted like that is kept nowhere."""
    return replace(ctx.say(f"talking.wrong_{said.wrong}"), forget=True) if said.wrong else None


def _hold(ctx: Context, held: Held, due: list[Talk]) -> Answer:
    note(ctx.work, held, due, ctx.id)
    answer = ctx.say(
        "talking.noted",
        who=held.member.name,
        kind=held.kind,
        on=held.on.isoformat(),
        numbers=[talk.number for talk in due],
        next_on=held.next_on.isoformat() if held.next_on else "",
    )
    needs = ctx.tables.needs.unsettled(held.branch.id)
    waiting = {need.number for need in needs if need.state in ("open", "claimed")}
    need = next((talk.need for talk in due if talk.need in waiting), None)
    return answer.also("talking.need_waits", number=need) if need else answer


TALKED = ("谈了", "谈过", "谈过了", "已谈", "谈话了", "talked", "talked to", "talked with")
VISITED = ("走访了", "走访过", "走访过了", "已走访", "家访了", "家访过", "慰问了", "visited")
commands = (
    Command(name="talked", words=TALKED, handle=talked, tail="name", steps={"whom": take_whom, "which": take_which}),
    Command(name="visited", words=VISITED, handle=visited, tail="name"),
)
