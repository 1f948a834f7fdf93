"""心得 …: a note on what one has studied. It is its author's; others see it only when she shares it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Member
from bot.domain.reading import names_case_work
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context

ABOUT_WITHIN, GOOD_FOR, SHOWN = timedelta(days=7), timedelta(days=2), 8
LONGEST_SHOWN = 30


def write(ctx: Context) -> Answer:
    if not ctx.rest:
        return ctx.ask("study.note_what", "note", "words")
    return _keep(ctx, ctx.rest)


def take_words(ctx: Context) -> Answer | None:
    return ctx.say("study.note_dropped") if sure(ctx.text) is False else _keep(ctx, ctx.text)


def _keep(ctx: Context, words: str) -> Answer:
    """Not where it is about case work, in a branch where that is not written of."""
    belongs = (branch for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id))
    if names_case_work(words) and any(ctx.work.work_mode(one) == "closed" for one in belongs):
        return replace(ctx.say("writing.no_case_words"), forget=True)
    now = ctx.work.now
    about = ctx.tables.studies.last_title(ctx.member.id, now - ABOUT_WITHIN, now)
    number = ctx.tables.notes.add(ctx.id, ctx.member.id, about, words.strip(), now)
    return ctx.say("study.note_kept", number=number, about=about)


def mine(ctx: Context) -> Answer:
    notes = ctx.tables.notes.of(ctx.member.id)
    shown = [
        {
            "number": one.number,
            "on": ctx.work.local(one.written_at),
            "about": one.about,
            "words": one.words[:LONGEST_SHOWN] + ("…" if len(one.words) > LONGEST_SHOWN else ""),
            "shared": one.shared_at is not None,
        }
        for one in notes[:SHOWN]
    ]
    return ctx.say("study.notes", notes=shown, more=max(len(notes) - SHOWN, 0)) if shown else ctx.say("study.no_notes")


def share(ctx: Context) -> Answer | None:
    note = ctx.tables.notes.hers(ctx.member.id, int(ctx.rest)) if ctx.rest.isdecimal() else None
    readers, where = _readers(ctx)
    if note is None:
        return ctx.say("study.no_such_note")
    if not readers:
        return ctx.say("study.note_nobody")
    return ctx.ask(
        *("study.note_sure", "share_note", "sure"),
        keep={"number": note.number},
        words=note.words,
        count=len(readers),
        where=where,
    )


def take_sure(ctx: Context) -> Answer | None:
    said, note = sure(ctx.text), ctx.tables.notes.hers(ctx.member.id, ctx.facts["number"])
    if said is None or note is None:
        return None
    if not said:
        return ctx.say("study.note_unshared")
    readers, _ = _readers(ctx)
    for one in readers:
        facts = {"by": ctx.member.name, "about": note.about, "words": note.words}
        reason = f"note:{note.id}:{ctx.id}:{one.id}"
        ctx.work.owe("study.note_shared", one.id, reason, expires_at=ctx.work.now + GOOD_FOR, filled_by=facts)
    ctx.tables.notes.share(note, ctx.work.now)
    return ctx.say("study.note_sent", number=note.number, count=len(readers))


def _readers(ctx: Context) -> tuple[list[Member], str]:
    """Those of her branch who take part; of whoever is in none, those of her home branch."""
    for branch, _ in ctx.tables.branches.open_of_member(ctx.member.id):
        others = [one for one in ctx.work.reachable(branch) if one.id != ctx.member.id]
        return others, ctx.work.named(branch, ctx.member.id)
    home = ctx.work.config.homes.get(ctx.member.home)
    listed = ctx.tables.members.listed()
    others = [one for one in listed if home and one.home == ctx.member.home and one.id != ctx.member.id]
    return [one for one in others if not ctx.tables.aways.now(one.id, ctx.work.now)], home.name if home else ""


def drop(ctx: Context) -> Answer:
    note = ctx.tables.notes.hers(ctx.member.id, int(ctx.rest)) if ctx.rest.isdecimal() else None
    if note is None:
        return ctx.say("study.no_such_note")
    ctx.tables.notes.drop(note)
    return ctx.say("study.note_deleted", number=note.number, shared=note.shared_at is not None)


commands = (
    Command(name="my_notes", words=("我的心得", "my notes"), handle=mine),
    Command(
        name="share_note", words=("分享心得", "share note"), handle=share, tail="number", steps={"sure": take_sure}
    ),
    Command(name="drop_note", words=("删除心得", "删心得", "delete note"), handle=drop, tail="number"),
    Command(name="note", words=("心得", "学习心得", "note"), handle=write, tail="words", steps={"words": take_words}),
)
