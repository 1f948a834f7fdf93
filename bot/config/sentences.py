"""The unit's own sentences, read from its folder: those that can be said, and what is to be changed in the others."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from bot.config.catalogue import Catalogue
from bot.config.fields import VEIL, closest, shown
from bot.config.lines import Place as Where
from bot.config.lines import line_numbers, line_of
from bot.config.load import Problem
from bot.config.source import decode, parse
from bot.domain import gate
from bot.domain.placeholders import Lines, Place, places, split
from bot.errors import Unreadable

LARGEST_FILE = 64 * 1024
LONGEST = 4096  # bytes
MOST_TIMES = 4  # one place in one sentence, so that nothing blows it up
_UNSEEN = re.compile(r"[^\n\u3000]")
_BESIDE = (".", "~")  # what editors leave beside a file while they save it


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence as the unit wrote it, its places checked and ready to be filled."""

    language: str
    key: str
    lines: Lines
    file: Path
    line: int | None

    def problem(self, key: str, **facts: object) -> Problem:
        return Problem(key, "", self.key.partition(".")[2], self.line, facts, file=self.file)


def read_folder(folder: Path, catalogue: Catalogue, words: gate.Words) -> tuple[list[Written], list[Problem]]:
    written: list[Written] = []
    problems: list[Problem] = []
    for entry in _entries(folder, problems):
        if entry.name in catalogue.languages() and entry.is_dir():
            for file in _entries(entry, problems):
                _read_file(_File(entry.name, file, catalogue, words), written, problems)
        elif entry.is_dir() or ".toml" in entry.suffixes:
            facts = {"found": shown(entry.name), "known": ", ".join(catalogue.languages())}
            problems.append(Problem("check.own_place", "", "", None, facts, file=entry))
    return written, problems


def _entries(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith(_BESIDE))
    except OSError as wrong:
        problems.append(Problem("check.unreadable", "", "", None, {"cause": wrong.strerror}, file=folder))
        return []


@dataclass(frozen=True, slots=True)
class _File:
    """One file of one language: a family."""

    language: str
    path: Path
    catalogue: Catalogue
    words: gate.Words

    def problem(self, refusal: Unreadable, name: str = "", line: int | None = None) -> Problem:
        """Nothing in it that the gate would refuse."""
        facts = {key: self._veiled(said) for key, said in refusal.facts.items()}
        at = refusal.facts.get("line")
        return Problem(
            refusal.key, "", str(self._veiled(name)), at if isinstance(at, int) else line, facts, file=self.path
        )

    def _veiled(self, said: object) -> object:
        return VEIL if isinstance(said, str) and gate.scan(said, self.words) else said


def _read_file(file: _File, written: list[Written], problems: list[Problem]) -> None:
    try:
        text = _text(file)
        found = list(_flat(parse(text))) if text else []
    except Unreadable as refusal:
        problems.append(file.problem(refusal))
        return
    numbers = line_numbers(text)
    for where, value in found:
        name, line = ".".join(where), line_of(where, numbers)
        refusals = list(_refusals(file, name, value))
        problems += [file.problem(one, name, line) for one in refusals]
        if not refusals:
            key = f"{file.path.stem}.{name}"
            ready = _ready(split(cast("str", value)), file.catalogue.places(key))
            written.append(Written(file.language, key, ready, file.path, line))


def _text(file: _File) -> str:
    """Empty for what is no file of sentences. Raises Unreadable for one that cannot be used at all."""
    path = file.path
    if path.name.endswith(".toml.txt"):
        _refuse("own_txt", found=shown(path.name))
    if path.suffix != ".toml":
        return ""
    families = file.catalogue.families()
    if path.stem not in families:
        hint = closest(path.stem, families)
        key = "own_closed" if file.catalogue.keys(path.stem) else "own_family_like" if hint else "own_family"
        _refuse(key, found=shown(path.stem), hint=hint, known=", ".join(families))
    try:
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            _refuse("own_large", most=LARGEST_FILE // 1024)
        return decode(path.read_bytes()).replace("\r\n", "\n") if path.is_file() else ""
    except OSError as wrong:
        _refuse("unreadable", cause=wrong.strerror)


def _flat(table: Mapping[str, Any], base: Where = ()) -> Iterator[tuple[Where, object]]:
    """`work.tight` may be written with quotation marks or without."""
    for name, value in table.items():
        if isinstance(value, dict) and value and len(base) < 2:
            yield from _flat(cast("dict[str, Any]", value), (*base, name))
        else:
            yield (*base, name), value


def _refusals(file: _File, name: str, value: object) -> Iterator[Unreadable]:
    """What is wrong with one sentence: one thing about the whole, or each of its places."""
    key = f"{file.path.stem}.{name}"
    try:
        lines = _whole(file, key, name, value)
    except Unreadable as refusal:
        yield refusal
        return
    known = file.catalogue.places(key)
    listed = ", ".join(_shown(one) for one in known)
    misplaced = list(_misplaced(lines, known, listed))
    yield from misplaced
    used = Counter(place.name for place in places(lines))
    for one, times in used.items():
        if times > MOST_TIMES:
            yield Unreadable("check.own_often", found=_shown(one), times=times, most=MOST_TIMES)
    missing = [one for one in file.catalogue.must(key) if one not in used]
    if missing and not misplaced:  # it may well be there, misspelt
        yield Unreadable("check.own_missing", names=", ".join(map(_shown, missing)))


def _whole(file: _File, key: str, name: str, value: object) -> Lines:
    names = file.catalogue.keys(file.path.stem)
    if name not in names:
        hint = closest(name, names)
        _refuse("own_key_like" if hint else "own_key", found=shown(name), hint=hint, family=file.path.stem)
    if file.catalogue.is_fixed(key):
        _refuse("own_fixed")
    if file.catalogue.lays_out(key):
        _refuse("own_lays_out")
    if not isinstance(value, str):
        _refuse("own_not_text", found=shown(value), name=name)
    if not value.strip():
        _refuse("own_empty")
    if len(value.encode()) > LONGEST:
        _refuse("own_long", length=len(value.encode()), most=LONGEST)
    if unseen := next((one for one in value if not one.isprintable() and _UNSEEN.match(one)), ""):
        _refuse("own_unseen", found=f"U+{ord(unseen):04X}")
    if rule := gate.scan(value, file.words):
        _refuse("own_secret", rule=rule)
    try:
        return split(value)
    except Unreadable as refusal:
        listed = ", ".join(map(_shown, file.catalogue.places(key)))
        _refuse("own_code", found=shown(refusal.facts["found"]), known=listed)


def _misplaced(lines: Lines, known: Mapping[str, tuple[str, ...]], listed: str) -> Iterator[Unreadable]:
    for one in dict.fromkeys(places(lines)):
        if one.name not in known:
            hint = closest(one.name, list(known))
            key = "check.own_name_like" if hint else "check.own_name"
            yield Unreadable(key, found=_shown(one.name), hint=_shown(hint or ""), known=listed)
        elif one.form and one.form not in known[one.name]:
            forms = [_shown(one.name), *(_shown(f"{one.name} | {form}") for form in known[one.name] if form in _SAID)]
            yield Unreadable("check.own_form", found=_shown(f"{one.name} | {one.form}"), known=", ".join(forms))


_SAID = ("day", "moment", "until", "schedule", "join")


def _ready(lines: Lines, known: Mapping[str, tuple[str, ...]]) -> Lines:
    """Each place in the form it is written in, the usual one if the unit named none."""
    return tuple(
        tuple(part if isinstance(part, str) else Place(part.name, part.form or known[part.name][0]) for part in line)
        for line in lines
    )


def _shown(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _refuse(key: str, **facts: object) -> NoReturn:
    raise Unreadable(f"check.{key}", **facts)
