"""悄悄: a few words for one person alone, whom she chooses; until they are read she can take them back."""

from dataclasses import replace
from datetime import datetime

from bot.domain.choosing import is_not_sure, number_in
from bot.domain.reading import read
from bot.domain.report import FIELDS
from bot.domain.rounds import waiting
from bot.domain.whisper import Reader, Whisper, addressed, apart, choice
from bot.handling import STANDS_FOR, Answer, Command, Context
from bot.summary import name_of
from bot.whispering import others_of, readers_of
from handlers import whisper_reading


def begin(ctx: Context) -> Answer | None:
    """Who is in no branch as a member can only have come to read."""
    if not ctx.tables.branches.open_of_member(ctx.member.id):
        return replace(ctx.say("whisper.no_branch"), forget=True) if ctx.rest else whisper_reading.show(ctx)
    if not ctx.rest:
        return ctx.ask("whisper.what", "whisper", "words")
    return _hear(ctx, ctx.rest)


def take_words(ctx: Context) -> Answer | None:
    """The answer to “what would you like to whisper?”; what is plainly a report is none."""
    if is_not_sure(ctx.text):
        return ctx.say("whisper.dropped")
    for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id):
        said = read(ctx.text, branch.kind, ctx.work.work_mode(branch))
        parts = sum(said.report.mentions(part) for part in FIELDS)
        return None if said.all_well or said.unchanged or parts > 1 else _hear(ctx, ctx.text)
    return None


def take_reader(ctx: Context) -> Answer | None:
    """The answer to “to whom?”. Within the hour anything else is asked again: it may be as private as the rest."""
    readers = readers_of(ctx.work, ctx.member.id)
    same = [one.member.id for one in apart(readers)] == ctx.facts["readers"]
    chosen = choice(ctx.text, readers) if same else None
    if datetime.fromisoformat(ctx.facts["at"]) + STANDS_FOR <= ctx.work.now:
        asked = waiting(ctx.tables.rounds.open_to(ctx.member.id))
        return ctx.say("whisper.dropped") if chosen and not asked else None
    if is_not_sure(ctx.text):
        return ctx.say("whisper.dropped")
    if chosen:
        return _keep(ctx, chosen, ctx.facts["words"], ctx.facts["again"])
    return _ask_whom(ctx, readers, ctx.facts["words"], ctx.facts["again"], lead="whisper.which_again")


def take_back(ctx: Context) -> Answer:
    """As long as nobody has read it, it can be as if it had never been said."""
    found = _own(ctx)
    if not isinstance(found, Whisper):
        return found
    if found.read_at:
        return ctx.say("whisper.too_late", number=found.number, by=name_of(ctx.work, found.reader))
    ctx.tables.whispers.take_back(found.id)
    return ctx.say("whisper.taken_back", number=found.number)


def again(ctx: Context) -> Answer:
    """What its reader left unread, to somebody else."""
    found = _own(ctx)
    if not isinstance(found, Whisper):
        return found
    if found.gone != "left" or not found.words:
        return ctx.say("whisper.not_left", number=found.number)
    return _ask_whom(ctx, readers_of(ctx.work, ctx.member.id), found.words, found.id)


def about_case_work(ctx: Context, branch_id: str, words: str) -> bool:
    """Where only the list is kept of case work, no other words about it are kept either."""
    branch = ctx.tables.branches.get(branch_id)
    return branch is not None and read(words, branch.kind, ctx.work.work_mode(branch)).work_refused


def _hear(ctx: Context, said: str) -> Answer:
    readers = readers_of(ctx.work, ctx.member.id)
    meant = addressed(said, readers, others_of(ctx.work, ctx.member.id))
    if meant.readers and not meant.words:
        return ctx.ask("whisper.what", "whisper", "words")
    if len(meant.readers) == 1:
        return _keep(ctx, meant.readers[0], meant.words, "")
    if meant.other:
        asked = _ask_whom(ctx, readers, meant.words, "")
        return replace(asked, says=(*ctx.say("whisper.not_to", who=meant.other.name).says, *asked.says))
    return _ask_whom(ctx, readers, meant.words, "")


def _ask_whom(
    ctx: Context, readers: list[Reader], words: str, again: str, lead: str = "whisper.which"
) -> Answer:  # `again`: the whisper of hers these words are
    """By name; the words wait, sealed, for the answer."""
    if not readers:
        admins = [found.name for one in ctx.work.config.admins if (found := ctx.tables.members.get(one))]
        return replace(ctx.say("whisper.nobody", admins=admins), forget=True)
    if about_case_work(ctx, readers[0].branch, words):
        return replace(ctx.say("whisper.no_case_words"), forget=True)
    people = apart(readers)
    ids, at = [one.member.id for one in people], ctx.work.now.isoformat()
    keep = {"words": words, "readers": ids, "again": again, "at": at}
    asked = ctx.ask(lead, "whisper", "to", keep=keep)
    for place, one in enumerate(people, 1):
        key = "whisper.choice_secretary" if one.duty == "secretary" else "whisper.choice_liaison"
        asked = asked.also(key, number=place, who=one.member.name)
    return asked.also("whisper.choose")


def _keep(ctx: Context, reader: Reader, words: str, again: str) -> Answer:
    """It waits for its reader, who hears that there is one, and not what is in it."""
    if about_case_work(ctx, reader.branch, words):
        return replace(ctx.say("whisper.no_case_words"), forget=True)
    branch, old = ctx.tables.branches.get(reader.branch), ctx.tables.whispers.get(again) if again else None
    id_ = old.id if old else f"{ctx.id}:whisper"
    if old:
        ctx.tables.whispers.redirect(old, reader, ctx.work.now)
    number = old.number if old else ctx.tables.whispers.put(id_, ctx.member.id, reader, words, ctx.work.now)
    reason = f"whisper:{id_}:{reader.member.id}:{ctx.id}"
    ctx.work.owe("whisper.waits", reader.member.id, reason, branch=branch, whisper=id_, who=ctx.member.name)
    hears = ctx.work.allowed_for(reader.member.id, reader.branch)
    if hears > ctx.work.now:
        at = ctx.work.local(hears, branch)
        return ctx.say("whisper.kept_till_morning", number=number, by=reader.member.name, at=at)
    return ctx.say("whisper.kept", number=number, by=reader.member.name)


def _own(ctx: Context) -> Whisper | Answer:
    """The whisper of hers that the number names; or what to say instead."""
    number, _ = number_in(ctx.rest)
    found = ctx.tables.whispers.numbered(number) if number else None
    if number is None:
        return ctx.say("whisper.which_number")
    return found if found and found.member == ctx.member.id else ctx.say("whisper.not_yours", number=number)


commands = (
    Command(
        name="whisper",
        words=("悄悄", "悄悄话", "悄悄地", "悄悄说", "说句悄悄话", "whisper"),
        handle=begin,
        tail="any",
        steps={"words": take_words, "to": take_reader},
    ),
    Command(
        name="take_back",
        words=("收回悄悄话", "撤回悄悄话", "收回悄悄", "撤回悄悄", "take back whisper"),
        handle=take_back,
        tail="number",
    ),
    Command(name="whisper_again", words=("再悄悄", "再悄悄话", "whisper again"), handle=again, tail="number"),
)
