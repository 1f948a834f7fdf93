"""家里消息 …: a few lines of the home branch for its members who are away, once a week; 撤回消息 before it goes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import home_news
from bot.domain.access import may
from bot.domain.news import Item
from bot.domain.sure import sure
from bot.handling import Answer, Command, Context
from bot.summary import name_of
from handlers import which, writing

LONGEST, MOST = 300, 5
_HEAD = re.compile(r"\s*([^:：，,。\s]{2,30})[:：，,\s]+(.*)", re.DOTALL)
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[号个]?[。.]?\s*")


def write(ctx: Context) -> Answer | None:
    homes = _homes(ctx)
    if not homes:
        return _not_yours(ctx)
    if ctx.work.config.digest.news is None:
        return ctx.say("news.off")
    head = _HEAD.fullmatch(f"{ctx.rest} ")
    named = _named(ctx, homes, head[1]) if head else []
    if head and len(named) == 1:
        return _keep(ctx, named[0], head[2].strip())
    return _keep(ctx, homes[0], ctx.rest) if len(homes) == 1 else _ask_which(ctx, homes, ctx.rest)


def take_home(ctx: Context) -> Answer | None:
    """By number or by name."""
    homes, number = [one for one in ctx.facts["homes"] if one in _homes(ctx)], _NUMBER.fullmatch(ctx.text)
    if number:
        chosen = homes[int(number[1]) - 1 : int(number[1])] if int(number[1]) else []
        return _keep(ctx, chosen[0], ctx.facts["words"]) if chosen else _ask_which(ctx, homes, ctx.facts["words"])
    named = _named(ctx, homes, ctx.text)
    return _keep(ctx, named[0], ctx.facts["words"]) if len(named) == 1 else None


def take_words(ctx: Context) -> Answer | None:
    if sure(ctx.text) is False:
        return ctx.say("writing.dropped")
    if writing.is_no_text(ctx) or ctx.facts["home"] not in _homes(ctx):
        return None
    return _keep(ctx, ctx.facts["home"], ctx.text)


def take_back(ctx: Context) -> Answer:
    """The newest of hers that waits; said again, the one before."""
    item = ctx.tables.news.last_of(ctx.member.id)
    if item is None:
        return ctx.say("news.none_kept")
    ctx.tables.news.drop(item.id)
    home = ctx.work.config.homes.get(item.home)
    return ctx.say("news.taken_back", home=home.name if home else item.home, words=item.words)


def _homes(ctx: Context) -> list[str]:
    """Those whose news she may write: her own as its secretary, and the homes of the members she looks after."""
    roles = {one: home_news.roles(ctx.work, one, ctx.member.id) for one in ctx.work.config.homes}
    return [one for one, held in roles.items() if may(held, "send_news")]


def _not_yours(ctx: Context) -> Answer:
    """Of whoever belongs to a home, its secretary is the first to ask."""
    own = ctx.work.config.homes.get(ctx.member.home)
    if own and own.secretary:
        return ctx.say("ways.not_yours", deed="send_news", who=[name_of(ctx.work, own.secretary)])
    return which.not_yours(ctx, "send_news")


def _named(ctx: Context, homes: Sequence[str], said: str) -> list[str]:
    plain = said.strip(" 。.：:，,")
    names = {one: ctx.work.config.homes[one].name for one in homes}
    return [one for one, name in names.items() if len(plain) > 1 and (plain in name or name in plain or plain == one)]


def _ask_which(ctx: Context, homes: Sequence[str], words: str) -> Answer:
    names = [ctx.work.config.homes[one].name for one in homes]
    places = [{"number": number, "place": name} for number, name in enumerate(names, 1)]
    return ctx.ask("news.which", "news", "home", keep={"homes": list(homes), "words": words}, places=places)


def _keep(ctx: Context, home: str, words: str) -> Answer:
    """Kept until the week's hour, and read back with when it goes and to how many."""
    words = writing.text_of(words)
    name, kept = ctx.work.config.homes[home].name, ctx.tables.news.kept(home)
    readers = home_news.readers(ctx.work, home)
    if not words:
        return ctx.ask("news.what", "news", "words", keep={"home": home}, home=name, most=LONGEST)
    if refused := _unfit(ctx, words, [branch.id for branch, _ in readers]):
        return refused
    at = home_news.next_hour(ctx.work)
    if not readers or at is None:
        return ctx.say("news.nobody", home=name)
    if len(kept) >= MOST:
        return ctx.say("news.enough", home=name, most=MOST)
    ctx.tables.news.keep(Item(ctx.id, home, ctx.member.id, words), ctx.work.now)
    ctx.tables.facts.note("news", ctx.work.now, None, ctx.member.id, home)
    others = len(kept)
    return ctx.say("news.kept", home=name, at=ctx.work.local(at), count=len(readers), words=words, others=others)


def _unfit(ctx: Context, words: str, branches: Sequence[str]) -> Answer | None:
    if len(words) > LONGEST:
        return replace(ctx.say("writing.too_long", most=LONGEST, letters=len(words)), forget=True)
    found = (ctx.tables.branches.get(one) for one in dict.fromkeys(branches))
    return next((refused for one in found if one and (refused := writing.unfit(ctx, one, words))), None)


commands = (
    Command(
        name="news",
        words=("家里消息", "原支部消息", "home news"),
        handle=write,
        tail="words",
        steps={"home": take_home, "words": take_words},
    ),
    Command(name="take_back_news", words=("撤回消息", "收回消息", "take back news"), handle=take_back),
)
