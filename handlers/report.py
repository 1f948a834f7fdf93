"""The ten-second report: whatever a member says that is no command is read as her answer."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain import instant
from bot.domain.answering import declared, meant
from bot.domain.branch import Branch
from bot.domain.cadence import next_after
from bot.domain.digest import parts, plain
from bot.domain.need import Need, NeedKind
from bot.domain.nod import nods
from bot.domain.reading import Reading, read
from bot.domain.report import Report
from bot.domain.rounds import Expected, choose, waiting
from bot.handling import Answer, Command, Context
from bot.raising import hearers, raise_need
from handlers import help  # noqa: A004


def take(ctx: Context) -> Answer:
    """Read it, keep it, read it back."""
    belongs = ctx.tables.branches.open_of_member(ctx.member.id)
    if not belongs:
        on_duty = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
        return ctx.say("help.not_read") if on_duty else help.no_branch(ctx)
    asking = _willing(belongs)
    if not asking:
        return replace(ctx.say("consent.refused_before"), forget=True)
    expected = [one for one in ctx.tables.rounds.open_to(ctx.member.id) if one.round.branch in asking]
    if ctx.about:
        expected = [one for one in expected if one.round.id == ctx.about]
    chosen = choose(expected, ctx.work.now)
    if chosen is None and ctx.about:
        return ctx.say("card.over")
    if chosen is None:
        return _nothing_asked(ctx, next(iter(asking.values())))
    unasked = (chosen.round.branch, "unasked") in {(branch.id, consent) for branch, consent in belongs}
    return _answer(ctx, asking[chosen.round.branch], chosen, expected, unasked=unasked)


def willing(ctx: Context) -> dict[str, Branch]:
    """The branches that may ask her, by id."""
    return _willing(ctx.tables.branches.open_of_member(ctx.member.id))


def _willing(belongs: Iterable[tuple[Branch, str]]) -> dict[str, Branch]:
    return {branch.id: branch for branch, consent in belongs if consent != "refused"}


def take_rest(ctx: Context) -> Answer | None:
    """What she said beside a command, where it can be read as a report."""
    return take(replace(ctx, text=ctx.rest)) if understood(ctx) else None


def understood(ctx: Context) -> bool:
    """Whether what follows the command word can be read as a report."""
    branches = [branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id)]
    return bool(ctx.rest) and any(_read(ctx, branch, ctx.rest).understood for branch in branches)


def _nothing_asked(ctx: Context, branch: Branch) -> Answer:
    reading = _read(ctx, branch, ctx.text)
    rule = ctx.work.report_rule(branch)
    ask = next_after(rule.ask, ctx.work.now, branch.zone, ctx.work.config.calendar, rule.holidays)
    asks = instant.local(ask, branch.zone) if ask and instant.day_of(ask, branch.zone) <= branch.closes else None
    return _instead(ctx, branch, reading, ctx.say("report.nothing_asked", asks=asks))


def _answer(ctx: Context, branch: Branch, chosen: Expected, expected: list[Expected], *, unasked: bool) -> Answer:
    """`unasked`: she has not agreed yet; her first answer is her consent."""
    reading = _read(ctx, branch, ctx.text)
    report = _meant(ctx, branch, chosen, reading)
    if report is None:
        return _ask_back(ctx, branch, reading)
    late = chosen.answered_at is None and ctx.work.now > chosen.round.due_at
    ctx.tables.rounds.answer(chosen.round.id, ctx.member.id, report, ctx.work.now, late=late, message=ctx.id)
    if unasked:
        ctx.tables.members.consent_by_answer(branch.id, ctx.member.id, ctx.work.now)
    several = len({one.round.branch for one in expected}) > 1
    answer = _read_back(ctx, branch, chosen, report, late=late, several=several)
    if reading.work_refused:
        answer = answer.and_then(_work_list(ctx))
    elif reading.left_out:
        answer = answer.also("report.left_out")
    for one in waiting([other for other in expected if other.round.branch != branch.id]):
        answer = answer.also("report.also_asked", branch=_branch_name(ctx, one.round.branch))
    return _with_needs(ctx, branch, reading, answer)


def _meant(ctx: Context, branch: Branch, chosen: Expected, reading: Reading) -> Report | None:
    """What she says, put together with what she said before; None: it cannot be read."""
    rounds = ctx.tables.rounds
    before = rounds.report(chosen.round.id, ctx.member.id) if chosen.answered_at else Report()
    last = rounds.last_before(branch.id, ctx.member.id, chosen.round.ask_at) if reading.unchanged else None
    return meant(reading, before, last)


def _ask_back(ctx: Context, branch: Branch, reading: Reading) -> Answer:
    key = "report.no_previous" if reading.unchanged else "nod.asked" if nods(ctx.text) else "report.ask_back"
    return _instead(ctx, branch, reading, ctx.say(key, kind=branch.kind))


def _instead(ctx: Context, branch: Branch, reading: Reading, answer: Answer) -> Answer:
    """What is said when nothing was noted: of work the list; to a need or a cry for help its own answer alone."""
    if reading.work_refused:
        return _with_needs(ctx, branch, reading, _work_list(ctx))
    follows = _with_needs(ctx, branch, reading, Answer(()))
    alone = any(say.key != "need.offer" for say in follows.says)
    return follows if alone else answer.and_then(follows)


def beside(ctx: Context, answer: Answer, words: str) -> Answer:
    """The answer to a command, and the needs named in the words beside it; about case work they are kept nowhere."""
    said = [(one, _read(ctx, one, words)) for one, _ in ctx.tables.branches.open_of_member(ctx.member.id) if words]
    raised = _raise_needs(ctx, *said[-1]) if said else None
    forget = answer.forget or any(reading.work_refused for _, reading in said)
    return replace(answer.and_then(raised) if raised else answer, forget=forget)


def _read(ctx: Context, branch: Branch, words: str) -> Reading:
    return read(words, branch.kind, ctx.work.work_mode(branch))


def _work_list(ctx: Context) -> Answer:
    """The list of what may be said of case work; her own words about it are kept nowhere."""
    return replace(ctx.say("report.work_list"), forget=True)


def _read_back(ctx: Context, branch: Branch, chosen: Expected, report: Report, *, late: bool, several: bool) -> Answer:
    """The branch is named only to those who belong to several; to the menu of numbers belongs a word or two."""
    if ctx.tables.preferences.of(ctx.member.id).style == "numbers" and not several:
        well, said = plain(report), parts(report, branch.kind)
        return ctx.say("numbers.noted_well") if well else ctx.say("numbers.noted", parts=said)
    return ctx.say(
        "report.noted",
        parts=parts(report, branch.kind),
        late=late,
        amended=chosen.answered_at is not None,
        early_for=None if chosen.asked else instant.local(chosen.round.ask_at, branch.zone),
        branch=ctx.work.named(branch, ctx.member.id) if several else "",
    )


def _branch_name(ctx: Context, id: str) -> str:  # noqa: A002
    branch = ctx.tables.branches.get(id)
    return ctx.work.named(branch, ctx.member.id) if branch else id


def _with_needs(ctx: Context, branch: Branch, reading: Reading, answer: Answer) -> Answer:
    """After the answer, what became of the needs she named; or the question whether she has one."""
    raised = _raise_needs(ctx, branch, reading)
    if raised:
        return answer.and_then(raised)
    if reading.wants_help:
        return answer.and_then(ctx.ask("need.what", "need", "what", keep={"branch": branch.id}))
    if reading.trouble:
        said = "；".join(filter(None, (reading.report.thoughts_words, reading.report.living_words)))
        words = said or ("" if reading.work_refused else ctx.text)
        return answer.and_then(ctx.ask("need.offer", "need", "offer", keep={"branch": branch.id, "words": words}))
    return answer


def _raise_needs(ctx: Context, branch: Branch, reading: Reading) -> Answer | None:
    """What was declared as a need: words after 困难, a case that needs support, the wish to talk."""
    said: Answer | None = None
    for kind, words in declared(reading.report):
        noted = note_need(ctx, branch, kind, words)
        said = said.and_then(noted) if said else noted
    return said


def note_need(ctx: Context, branch: Branch, kind: NeedKind, words: str) -> Answer:
    """Raise it, and say its number and who hears of it."""
    need = raise_need(ctx.work, branch, ctx.member, kind, words, f"{ctx.id}:{kind}")
    hearer = next(iter(hearers(ctx.work, branch, ctx.member)), None)
    hears = ctx.work.allowed_for(hearer.id, branch.id) if hearer else ctx.work.now
    noted = ctx.say(
        "need.noted",
        number=need.number,
        need_kind=kind,
        hearer=hearer.name if hearer else "",
        hears_at=ctx.work.local(hears, branch) if hears > ctx.work.now else None,
    )
    return _with_kind(ctx, need, noted) if kind == "words" else noted


def _with_kind(ctx: Context, need: Need, noted: Answer) -> Answer:
    """Under which kind her words were filed, and how to say that it is another: any other, for example."""
    kinds = ctx.work.config.need_kinds
    other = next(kind for id_, kind in kinds.items() if id_ != need.kind)
    language = ctx.member.language
    named = ctx.work.config.kind_of_need(need.kind).named(language)
    return noted.also("needs.filed_under", number=need.number, kind_name=named, other=other.named(language))


command = Command(name="report", words=("报告", "report"), handle=take, tail="words")
