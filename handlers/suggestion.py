"""建议, 吐槽: a word to the secretary, signed or not (匿名建议); 答建议 answers a signed one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.choosing import bare, is_not_sure, is_sure, number_in, place_of
from bot.domain.people import Member
from bot.domain.reading import read
from bot.domain.suggestion import Suggestion
from bot.handling import STANDS_FOR, Answer, Command, Context
from bot.message import Say
from bot.suggesting import pass_on, pass_on_tomorrow
from bot.summary import name_of
from handlers.whisper import about_case_work

UNSIGNED = ("匿名", "仍要匿名", "unsigned", "anonymous")
SIGNED = ("署名", "实名", "signed", "sign it")
SHOWN_FOR = timedelta(days=30)


def suggest(ctx: Context) -> Answer | None:
    return _begin(ctx, unsigned=False)


def suggest_unsigned(ctx: Context) -> Answer | None:
    """In each step her phone keeps none of her words either."""
    return _begin(ctx, unsigned=True)


def take_words(ctx: Context) -> Answer | None:
    """The answer to “what would you suggest?”; what is plainly a report is none."""
    if is_not_sure(ctx.text):
        return ctx.say("suggestion.dropped")
    for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id):
        said = read(ctx.text, branch.kind, ctx.work.work_mode(branch))
        return None if said.all_well or said.unchanged else _hear(ctx, ctx.text, unsigned=ctx.facts["unsigned"])
    return None


def take_secretary(ctx: Context) -> Answer | None:
    """The answer to “which secretary?”, by number or by name."""
    choices = _secretaries(ctx)
    names = [bare(one.name) for one, _ in choices]
    said = bare(ctx.text)
    place = names.index(said) if names.count(said) == 1 else place_of(ctx.text, len(choices))
    if [one.id for one, _ in choices] != ctx.facts["secretaries"]:
        place = None
    return _or_again(ctx, "to", lambda: None if place is None else _mind_size(ctx, choices[place]))


def take_sure(ctx: Context) -> Answer | None:
    """The answer to “in so small a group?”: 匿名 all the same, 署名, or not at all."""
    choice = next((each for each in _secretaries(ctx) if each[0].id == ctx.facts["secretary"]), None)
    said = bare(ctx.text)
    unsigned = is_sure(ctx.text) or said in UNSIGNED
    if choice is None or not (unsigned or said in SIGNED):
        return _or_again(ctx, "sure", lambda: None)
    return _or_again(ctx, "sure", lambda: _keep(ctx, *choice, ctx.facts["words"], unsigned=unsigned))


def show(ctx: Context) -> Answer | None:
    """What waits for the secretary, in all her branches."""
    branches = _answered_by(ctx)
    if not branches:
        return _refused(ctx)
    since = ctx.work.today() - SHOWN_FOR
    found = [one for branch in branches for one in ctx.tables.suggestions.waiting(branch.id, since)]
    says = tuple(_shown(ctx, one) for one in found)
    return Answer(says, aside=True) if says else replace(ctx.say("suggestion.none"), aside=True)


def answer(ctx: Context) -> Answer | None:
    branches = {one.id: one for one in _answered_by(ctx)}
    if not branches:
        return _refused(ctx)
    number, words = number_in(ctx.rest)
    if number is None:
        return ctx.say("suggestion.which_number")
    found = ctx.tables.suggestions.numbered(number)
    branch = branches.get(found.branch) if found else None
    if found is None or branch is None:
        return ctx.say("suggestion.unknown", number=number)
    if found.member is None:
        return ctx.say("suggestion.is_unsigned", number=number)
    if found.answered:
        return ctx.say("suggestion.answered_already", number=number)
    if not words:
        return ctx.say("suggestion.answer_how", number=number)
    ctx.tables.suggestions.answer(number, words, ctx.work.now)
    reason = f"suggestion:{number}:answered:{found.member}"
    facts = {"number": number, "by": ctx.member.name, "words": words}
    ctx.work.owe("suggestion.answered", found.member, reason, branch=branch, filled_by=facts)
    return ctx.say("suggestion.you_answered", number=number, who=name_of(ctx.work, found.member))


def _begin(ctx: Context, *, unsigned: bool) -> Answer | None:
    if not ctx.tables.branches.open_of_member(ctx.member.id):
        on_duty = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
        return None if on_duty else _nobody(ctx, "suggestion.no_branch")
    if not ctx.rest:
        key = "suggestion.what_unsigned" if unsigned else "suggestion.what"
        return ctx.ask(key, "suggest", "words", keep={"unsigned": unsigned})
    return _hear(ctx, ctx.rest, unsigned=unsigned)


def _hear(ctx: Context, words: str, *, unsigned: bool) -> Answer:
    choices = _secretaries(ctx)
    if not choices:
        return _nobody(ctx, "suggestion.nobody")
    if about_case_work(ctx, choices[0][1].id, words):
        return replace(ctx.say("suggestion.no_case_words"), forget=True)
    kept = {"words": words, "unsigned": unsigned}
    if len(choices) == 1:
        return _mind_size(ctx, choices[0], kept)
    return replace(_ask_whom(ctx, choices, kept), forget=unsigned)


def _ask_whom(ctx: Context, choices: list[tuple[Member, Branch]], kept: Mapping[str, object]) -> Answer:
    facts = {**kept, "secretaries": [one.id for one, _ in choices], "at": ctx.work.now.isoformat()}
    asked = ctx.ask("suggestion.which", "suggest", "to", keep=facts)
    for place, (one, branch) in enumerate(choices, 1):
        name = ctx.work.named(branch, ctx.member.id)
        asked = asked.also("suggestion.choice", number=place, who=one.name, branch_name=name)
    return asked.also("suggestion.choose")


def _mind_size(ctx: Context, choice: tuple[Member, Branch], kept: Mapping[str, object] | None = None) -> Answer:
    """In a small group an unsigned word may be guessed: she hears so first."""
    secretary, branch = choice
    words, unsigned = str((kept or ctx.facts)["words"]), bool((kept or ctx.facts)["unsigned"])
    size = len(ctx.tables.members.of_branch(branch.id))
    if not unsigned or size >= ctx.work.config.keep.group_of_at_least:
        return _keep(ctx, secretary, branch, words, unsigned=unsigned)
    facts = {"words": words, "secretary": secretary.id, "unsigned": True, "at": ctx.work.now.isoformat()}
    asked = ctx.ask("suggestion.small_group", "suggest", "sure", keep=facts, count=size)
    return replace(asked, forget=True)


def _keep(ctx: Context, secretary: Member, branch: Branch, words: str, *, unsigned: bool) -> Answer:
    today = ctx.work.today(branch)
    if not unsigned:
        number = ctx.tables.suggestions.put(branch.id, ctx.member.id, words, today)
        pass_on(ctx.work, number)
        return ctx.say("suggestion.kept", number=number, by=secretary.name)
    number = ctx.tables.suggestions.put(branch.id, None, words, today)
    pass_on_tomorrow(ctx.work, number, branch)
    return replace(ctx.say("suggestion.kept_unsigned", by=secretary.name), forget=True)


def _or_again(ctx: Context, step: str, taken: Callable[[], Answer | None]) -> Answer | None:
    """Within the hour what is no answer is asked again; later it is something new."""
    over = instant.parse(ctx.facts["at"]) + STANDS_FOR <= ctx.work.now
    if is_not_sure(ctx.text) and not over:
        return ctx.say("suggestion.dropped")
    answer = taken()
    if answer or over:
        return answer
    again = ctx.ask(f"suggestion.again_{step}", "suggest", step, keep=ctx.facts)
    return replace(again, forget=bool(ctx.facts["unsigned"]))


def _secretaries(ctx: Context) -> list[tuple[Member, Branch]]:
    """Of her running branches, each once, never she herself."""
    found: dict[str, tuple[Member, Branch]] = {}
    for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id):
        for one in ctx.work.holders(branch)["secretary"]:
            member = ctx.tables.members.get(one)
            if member and one != ctx.member.id:
                found.setdefault(one, (member, branch))
    return list(found.values())


def _nobody(ctx: Context, key: str) -> Answer:
    """Whom she can speak to instead; her words are kept nowhere."""
    admins = [found.name for one in ctx.work.config.admins if (found := ctx.tables.members.get(one))]
    return replace(Answer((Say(key, {"admins": admins}),)), forget=True)


def _answered_by(ctx: Context) -> list[Branch]:
    mine = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return [one for one in mine if ctx.may("answer_suggestion", one)]


def _refused(ctx: Context) -> Answer | None:
    """Somebody else's to answer; to who looks after no branch it is a sentence like any other."""
    mine = ctx.tables.branches.open_of_duty_holder(ctx.member.id)
    return ctx.refuse("answer_suggestion", mine[0]) if mine else None


def _shown(ctx: Context, one: Suggestion) -> Say:
    facts = {"number": one.number, "words": one.words, "day": one.said_on}
    if one.member is None:
        return Say("suggestion.shown_unsigned", facts)
    return Say("suggestion.shown", {**facts, "who": name_of(ctx.work, one.member)})


commands = (
    Command(
        name="suggest",
        words=("建议", "吐槽", "提建议", "提意见", "意见建议", "suggest", "suggestion", "complain"),
        handle=suggest,
        tail="any",
        steps={"words": take_words, "to": take_secretary, "sure": take_sure},
    ),
    Command(
        name="suggest_unsigned",
        words=("匿名建议", "匿名吐槽", "匿名提建议", "suggest unsigned", "unsigned suggestion"),
        handle=suggest_unsigned,
        tail="any",
    ),
    Command(name="suggestions", words=("看建议", "建议列表", "suggestions", "show suggestions"), handle=show),
    Command(
        name="answer_suggestion",
        words=("答建议", "答复建议", "回建议", "回复建议", "answer suggestion", "reply suggestion"),
        handle=answer,
        tail="number",
    ),
)
