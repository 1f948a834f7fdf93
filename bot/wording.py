"""The sentences the bot speaks with: the shipped ones, and before them the unit's own as far as they can be said."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.config.catalogue import Catalogue
from bot.config.fields import printable, shown
from bot.config.load import Problem, facts_of, load, sentences_path
from bot.config.model import SENTENCES, Config
from bot.config.sentences import Written, read_folder
from bot.config.source import decode, parse
from bot.domain.gate import Words, compile_words, scan
from bot.errors import ConfigBroken, Unreadable
from bot.overrides import News, Overrides, Own, filled
from bot.render import LANGUAGES, Renderer

log = logging.getLogger("lianxin.wording")


@dataclass(frozen=True, slots=True)
class Tried:
    """One sentence of the unit's, and how it reads when filled with this sample."""

    written: Written
    sample: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A folder of sentences, read whole and tried with samples."""

    tried: Sequence[Tried]
    problems: Sequence[Problem]

    def spoken(self, shipped: Path) -> Renderer:
        """To speak with; of what cannot be said the admins will hear."""
        for one in self.problems:
            log.warning("own sentence refused at=%s problem=%s", facts_of(one, shipped)["where"], one.key)
        return Renderer(shipped, Overrides(_own(one.written for one in self.tried), map(_news, self.problems)))


def renderer_for(config: Config, file: Path, shipped: Path) -> Renderer:
    """What the bot speaks with, for this configuration read from `file`: the same at start and at every reload."""
    return read_wording(config, file, shipped).spoken(shipped)


def read_wording(config: Config, file: Path, shipped: Path) -> Wording:
    named = config.sentences != SENTENCES
    return _read(sentences_path(config, file), shipped, compile_words(config.gate.words), file if named else None)


def checked(file: Path, shipped: Path) -> tuple[Config, Wording]:
    """The file and its sentences, both whole. Raises ConfigBroken with every problem of both."""
    try:
        config = load(file)
    except ConfigBroken as broken:
        more = _read(file.parent / _named(file), shipped, Words(), None).problems
        raise _with(broken, file, more) from None
    wording = read_wording(config, file, shipped)
    if wording.problems:
        raise _with(None, file, wording.problems)
    return config, wording


def _with(broken: ConfigBroken | None, file: Path, more: Sequence[Problem]) -> ConfigBroken:
    first = cast("tuple[Problem, ...]", broken.facts["problems"]) if broken else ()
    problems = (*first, *more)
    return ConfigBroken("check.broken", path=file, count=len(problems), problems=problems)


def _named(file: Path) -> str:
    """The folder that a file names which is wrong elsewhere."""
    try:
        found = parse(decode(file.read_bytes())).get("sentences")
    except (OSError, Unreadable):
        found = None
    return found.strip() if isinstance(found, str) and found.isprintable() else SENTENCES


def _read(folder: Path, shipped: Path, words: Words, named_in: Path | None) -> Wording:
    """No folder: nothing of the unit's own; which is a mistake only where the file names one (`named_in`)."""
    if not _is_folder(folder):
        missing = Problem("check.own_folder", "", "sentences", None, {"found": shown(folder.name)}, file=named_in)
        return Wording((), (missing,) if named_in else ())
    plain = Renderer(shipped)
    catalogue = Catalogue({language: plain.keys(language) for language in LANGUAGES})
    written, problems = read_folder(folder, catalogue, words)
    own = Renderer(shipped, Overrides(_own(written)))
    tried: list[Tried] = []
    for one in written:
        match _try(one, plain, own, catalogue, words):
            case Tried() as found:
                tried.append(found)
            case problem:
                problems.append(problem)
    return Wording(tried, sorted(problems, key=lambda one: (str(one.file), one.line or 0)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name longer than a disk takes
        return False


def _try(one: Written, plain: Renderer, own: Renderer, catalogue: Catalogue, words: Words) -> Tried | Problem:
    """Say it with each of the samples: it must say something, and nothing that the gate would refuse."""
    text, sample = "", {}
    for sample in reversed(list(catalogue.samples(one.key))):  # the full one last: that is what is shown
        try:
            text = filled(one.lines, sample, own.voice(one.language))
        except Unreadable:
            return one.problem("check.own_nothing")
        if (rule := scan(text, words)) and not scan(plain.say(one.language, one.key, sample), words):
            return one.problem("check.own_secret", rule=rule)
    return Tried(one, sample, text)


def _own(written: Iterable[Written]) -> dict[str, dict[str, Own]]:
    own: dict[str, dict[str, Own]] = {language: {} for language in LANGUAGES}
    for one in written:
        own[one.language][one.key] = Own(one.lines, printable(f"{one.file}:{one.line}"))
    return own


def _news(problem: Problem) -> News:
    """Kept in the store until it is said: nothing but text and numbers, whatever bytes a file is called by."""
    facts = {name: _kept(said) for name, said in facts_of(problem, Path()).items() if said is not None}
    return News("overrides.unusable", str(facts["where"]), {"problem": problem.key, "facts": facts})


def _kept(said: object) -> str | int:
    return said if isinstance(said, int) else printable(str(said))
