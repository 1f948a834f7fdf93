"""代报: a member without signal has phoned in, and her liaison officer enters what she said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.domain import instant
from bot.domain.access import who_may
from bot.domain.apart import told_apart
from bot.domain.branch import Branch
from bot.domain.digest import parts
from bot.domain.naming import find_named
from bot.domain.need import Need
from bot.domain.people import Member
from bot.domain.proxy_lines import Line, lines_of
from bot.domain.report import Report
from bot.handling import Answer, Command, Context
from bot.proxying import Entry, Weighed, enter, raise_needs, tell, weigh

MOST_NAMES, LONGEST_NAME = 12, 20
_YES = re.compile(r"(?:要|改|要改|是|是的|好|好的|对|确认|嗯|yes|y|ok|change it)[\W_]*", re.IGNORECASE)
_NO = re.compile(r"(?:不|不要|不用|不用了|不改|不是|算了|no|n|leave it)[\W_]*", re.IGNORECASE)


def begin(ctx: Context) -> Answer:
    """代报 陈晓 1, or several lines of it; bare, it asks for whom."""
    mine = _mine(ctx)
    if not mine:
        return _not_liaison(ctx)
    return _enter_all(ctx, mine, ctx.rest) if ctx.rest else ctx.ask("proxy.whom", "proxy", "whom", name=mine[0].name)


def begin_in_english(ctx: Context) -> Answer | None:
    """“Report for today: all well” is a report."""
    named = ctx.rest and find_named(ctx.rest, _known(ctx, [], ctx.rest))
    return begin(ctx) if not ctx.rest or named or _mine(ctx) else None


def take_whom(ctx: Context) -> Answer | None:
    mine = _mine(ctx)
    return _enter_all(ctx, mine, ctx.text) if mine else None


def take_which(ctx: Context) -> Answer | None:
    """The answer to “which of the two?”; what fits neither is something new."""
    people = [one for id_ in ctx.facts["people"] if (one := ctx.tables.members.get(id_))]
    homes = {one.id: _home(ctx, one) for one in people}
    person = told_apart(ctx.text, people, homes)
    return _enter(ctx, _mine(ctx), person, ctx.facts["words"]) if person else None


def take_words(ctx: Context) -> Answer | None:
    person = ctx.tables.members.get(ctx.facts["member"])
    return _enter(ctx, _mine(ctx), person, f"{ctx.facts['before']}{ctx.text}") if person else None


def take_sure(ctx: Context) -> Answer | None:
    """The answer to “she has answered herself, change it?”; if she has changed it since, it is asked again."""
    person = ctx.tables.members.get(ctx.facts["member"])
    if person is None or not (_YES.fullmatch(ctx.text) or _NO.fullmatch(ctx.text)):
        return None
    if _NO.fullmatch(ctx.text):
        return ctx.say("proxy.left", who=_called(ctx, person))
    return _enter(ctx, _mine(ctx), person, ctx.facts["words"], seen=Report(**ctx.facts["seen"]))


def _enter_all(ctx: Context, mine: Sequence[Member], said: str) -> Answer:
    lines = lines_of(said, _known(ctx, mine, said))
    if len(lines) == 1:
        return _enter_line(ctx, mine, lines[0], 0)
    answer = Answer(())
    for number, line in enumerate(lines, 1):
        answer = answer.and_then(_enter_line(ctx, mine, line, number))
    return answer


def _enter_line(ctx: Context, mine: Sequence[Member], line: Line, number: int) -> Answer:
    """`number` 0: it stands alone, and she can be asked back."""
    hers = [one for one in line.people if one in mine] or list(line.people)
    if not hers:
        names = [one.name for one in mine]
        facts = {"said": line.text[:LONGEST_NAME], "names": names[:MOST_NAMES], "more": len(names) - MOST_NAMES}
        return _asking(ctx, number, "proxy.unknown", "whom", {}, **facts)
    if len(hers) > 1:
        people = sorted(hers, key=lambda one: one.id)
        listed = [{"number": place, "home": _home(ctx, one), "id": one.id} for place, one in enumerate(people, 1)]
        keep = {"people": [one.id for one in people], "words": line.words}
        return _asking(ctx, number, "proxy.which", "which", keep, name=people[0].name, people=listed)
    return _enter(ctx, mine, hers[0], line.words, number)


def _enter(
    ctx: Context, mine: Sequence[Member], person: Member, words: str, number: int = 0, seen: Report | None = None
) -> Answer:
    """`seen`: she has answered that herself, and the liaison officer has said to change it all the same."""
    branches = _open_to(ctx, person, number)
    if isinstance(branches, Answer):
        return branches
    who = _called(ctx, person)
    if not words.strip():
        return _asking(ctx, number, "proxy.words", "words", {"member": person.id, "before": ""}, who=who)
    named = find_named(words, _known(ctx, mine, words))
    if named and person not in named.people:
        return _asking(ctx, number, "proxy.two", "whom", {}, who=who, other=named.people[0].name)
    words = named.rest if named and named.rest else words
    found = weigh(ctx.work, person, branches, words)
    answer = _weighed(ctx, who, words, found, number, seen)
    return replace(answer, forget=answer.forget or found.reading.work_refused)


def _weighed(ctx: Context, who: str, words: str, found: Weighed, number: int, seen: Report | None) -> Answer:
    entry = found.entry
    if entry is None:
        return _not_noted(ctx, who, found, number)
    if found.verdict == "same":
        return ctx.say("proxy.same", line=number, who=who, parts=_parts(ctx, found, entry))
    if found.verdict == "hers" and seen != entry.before:
        keep = {"member": found.member.id, "words": words, "seen": asdict(entry.before)}
        stands = _parts(ctx, found, replace(entry, report=entry.before), said=False)
        would = _parts(ctx, found, entry)
        veiled = entry.before.mentions("thoughts") and not ctx.may("see_thoughts", found.branch)
        return _asking(ctx, number, "proxy.hers", "sure", keep, who=who, stands=stands, would=would, veiled=veiled)
    needs = enter(ctx.work, entry, ctx.member.id, "phone", ctx.id)
    tell(ctx.work, [entry], ctx.member, "phone", f"proxy:{entry.expected.round.id}:{found.member.id}:{ctx.id}")
    return _and_what_else(ctx, who, found, _noted(ctx, who, found, entry), needs, number)


def _not_noted(ctx: Context, who: str, found: Weighed, number: int) -> Answer:
    """Nothing is asked of her, or it cannot be read; what she needs is raised all the same."""
    needs = raise_needs(ctx.work, found.branch, found.member, found.reading.report, ctx.id)
    if needs or found.verdict == "nothing_asked":
        return _and_what_else(ctx, who, found, ctx.say("proxy.nothing_asked", line=number, who=who), needs, number)
    if found.reading.wants_help:
        return _what_help(ctx, who, found, number)
    key = "proxy.work_list" if found.reading.work_refused else "proxy.unread"
    keep = {"member": found.member.id, "before": ""}
    return _asking(ctx, number, key, "words", keep, who=who, kind=found.branch.kind)


def _noted(ctx: Context, who: str, found: Weighed, entry: Entry) -> Answer:
    round_, branch = entry.expected.round, entry.branch
    return ctx.say(
        "proxy.noted",
        who=who,
        parts=_parts(ctx, found, entry),
        amended=entry.expected.answered_at is not None,
        late=entry.expected.answered_at is None and ctx.work.now > round_.due_at,
        early_for=None if entry.expected.asked else instant.local(round_.ask_at, branch.zone),
    )


def _parts(ctx: Context, found: Weighed, entry: Entry, *, said: bool = True) -> list[dict[str, str]]:
    """What of it the sender may see: her thoughts are for some only, but for what was just `said` of them."""
    own = said and found.reading.report.mentions("thoughts")
    veiled = not (own or ctx.may("see_thoughts", found.branch))
    return [one for one in parts(entry.report, found.branch.kind) if not (veiled and one["name"] == "thoughts")]


def _and_what_else(
    ctx: Context, who: str, found: Weighed, answer: Answer, needs: Sequence[Need], number: int
) -> Answer:
    """What became of the needs, what could not be kept, and whether to ask for help in her name."""
    reading = found.reading
    for need in needs:
        answer = answer.also("proxy.need", who=who, number=need.number, need_kind=need.kind)
    if reading.work_refused:
        answer = answer.also("proxy.no_case_words", who=who)
    elif reading.left_out:
        answer = answer.also("proxy.left_out", who=who)
    if reading.wants_help and not reading.report.need:
        return answer.and_then(_what_help(ctx, who, found, number))
    return answer.also("proxy.trouble", who=who) if reading.trouble and not needs else answer


def _what_help(ctx: Context, who: str, found: Weighed, number: int) -> Answer:
    """What follows is read as words of her need."""
    keep = {"member": found.member.id, "before": "need: "}
    return _asking(ctx, number, "proxy.need_what", "words", keep, who=who)


def _asking(ctx: Context, number: int, key: str, step: str, keep: Mapping[str, Any], **facts: Any) -> Answer:
    """A question, where the line stands alone; in a list of several it only says what is missing."""
    if number:
        return ctx.say(key, line=number, **facts)
    return ctx.ask(key, "proxy", step, keep=keep, line=0, **facts)


def _open_to(ctx: Context, person: Member, number: int) -> list[Branch] | Answer:
    """The branches in which her answer may be entered, or why there is none."""
    if person.id == ctx.member.id:
        return ctx.say("proxy.self", line=number)
    who, belongs = _called(ctx, person), ctx.tables.branches.open_of_member(person.id)
    mine = [(branch, consent) for branch, consent in belongs if ctx.may("report_for", branch)]
    willing = [branch for branch, consent in mine if consent != "refused"]
    if not belongs:
        return ctx.say("proxy.no_branch", line=number, who=who)
    if not mine:
        return ctx.say("proxy.not_yours", line=number, who=who, able=_able(ctx, [branch for branch, _ in belongs]))
    return willing or ctx.say("proxy.refused", line=number, who=who)


def _mine(ctx: Context) -> list[Member]:
    """All for whom she may enter an answer."""
    branches = [one for one in ctx.tables.branches.open_of_duty_holder(ctx.member.id) if ctx.may("report_for", one)]
    found = {one.member.id: one.member for branch in branches for one in ctx.tables.members.of_branch(branch.id)}
    return list(found.values())


def _not_liaison(ctx: Context) -> Answer:
    hers = [branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id)]
    branches = hers or ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return ctx.say("proxy.not_liaison", able=_able(ctx, branches), own=bool(hers))


def _able(ctx: Context, branches: Sequence[Branch]) -> list[str]:
    roles = who_may("report_for")
    return list(dict.fromkeys(name for one in branches for role in roles for name in ctx.work.names_of(one, role)))


def _known(ctx: Context, mine: Sequence[Member], said: str) -> list[Member]:
    """Those she may mean, and whoever else bears a name that stands where a person would be named."""
    heads = [head.strip() for head in re.split(r"[\n;；]", said)]
    others = [one for head in heads if head for one in ctx.tables.members.at_head(head)]
    return list({one.id: one for one in [*mine, *others]}.values())


def _called(ctx: Context, person: Member) -> str:
    """Her name; with her home branch, where somebody else bears it too."""
    alike = [one for one in ctx.tables.members.at_head(person.name) if one.name == person.name]
    return f"{person.name}（{_home(ctx, person) or person.id}）" if len(alike) > 1 else person.name


def _home(ctx: Context, person: Member) -> str:
    found = ctx.work.config.homes.get(person.home)
    return found.name if found else person.home


commands = (
    Command(
        name="proxy",
        words=("代报", "电话代报", "代为报告"),
        handle=begin,
        tail="any",
        steps={"whom": take_whom, "which": take_which, "words": take_words, "sure": take_sure},
    ),
    Command(name="report_for", words=("report for",), handle=begin_in_english, tail="words"),
)
