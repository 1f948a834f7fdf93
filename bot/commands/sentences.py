"""The unit's own wording: what can be reworded, how what was reworded reads, and what nobody could answer to it."""

import json
import re
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.commands.terminal import Terminal, Verbs
from bot.config.catalogue import Catalogue
from bot.domain.placeholders import plain, split
from bot.domain.reading import read
from bot.domain.span import split_span
from bot.errors import CannotStart, Unreadable
from bot.flow.router import find
from bot.render import LANGUAGES, SENTENCES, Renderer
from bot.wording import Tried, Wording
from handlers import COMMANDS

OFFERED = re.compile(r"回“([^”{]+)”|(?:say|reply|answer)s? “([^”{]+)”", re.IGNORECASE)
PARTY = re.compile(r"党支部|Party branch", re.IGNORECASE)
ANSWERS_TO_A_STEP = ("要", "不用", "不", "确认", "yes", "no", "confirm")


def add_verbs(verbs: Verbs) -> None:
    added = verbs.add("sentences", listing)
    added.add_argument("family", nargs="*", help=verbs.explained("family"))
    added.add_argument("--language", choices=LANGUAGES, help=verbs.explained("language"))


def listing(terminal: Terminal, chosen: Namespace) -> int:
    """What can be reworded, as lines to be copied into a file of one's own."""
    renderer = Renderer(SENTENCES)
    catalogue = Catalogue({language: renderer.keys(language) for language in LANGUAGES})
    families: list[str] = chosen.family or catalogue.families()
    for unknown in (one for one in families if one not in catalogue.families()):
        raise CannotStart("overrides.no_family", found=unknown, known=", ".join(catalogue.families()))
    language: str = chosen.language or terminal.language
    for key in (one for one in catalogue.own() if one.partition(".")[0] in families and not catalogue.lays_out(one)):
        family, _, name = key.partition(".")
        sample = renderer.say(language, key, next(catalogue.samples(key))).replace("\n", "\n# ")
        known, must = (
            ", ".join(f"{{{{ {one} }}}}" for one in each(key)) for each in (catalogue.places, catalogue.must)
        )
        terminal.say("overrides.listed", file=f"{language}/{family}.toml", sample=sample, known=known, must=must)
        text = renderer.keys(language)[key].strip()
        written = f'"{name}"' if "." in name else name
        print(f"#{written} = {_quoted(text if _as_it_is(text) else '')}\n")  # noqa: T201
    return 0


def _as_it_is(text: str) -> bool:
    """Whether the shipped text could stand in a file of the unit's own."""
    try:
        return bool(split(text))
    except Unreadable:
        return False


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def say_fine(terminal: Terminal, wording: Wording, *, show: bool) -> None:
    """How many there are, on demand each beside the shipped one; and what is no mistake but seldom meant."""
    if wording.tried:
        terminal.say("overrides.fine", count=len(wording.tried))
    for one in wording.tried:
        where, name = f"{one.written.file}:{one.written.line}", one.written.key
        if show:
            before = Renderer(SENTENCES).say(one.written.language, name, one.sample)
            terminal.say("overrides.shown", where=where, sentence=name, before=before, after=one.text)
        for phrase in unread(one, clocks.real()):
            terminal.say("overrides.unread", where=where, phrase=phrase)
        if name != "words.group.party" and PARTY.search(plain(one.written.lines)):
            terminal.say("overrides.party", where=where)


def unread(one: Tried, now: datetime) -> Iterator[str]:
    """What the sentence asks to reply with, where the bot would not understand it."""
    for found in OFFERED.finditer(one.text):
        phrase = found[1] or found[2]
        bare = phrase.rstrip("… ")
        until, _ = split_span(bare, now, ZoneInfo("Asia/Shanghai"))
        understood = find(COMMANDS, bare) or until or read(bare, "case", "closed").understood
        if not understood and bare.lower() not in ANSWERS_TO_A_STEP:
            yield phrase
