"""The admin's files as they were read: to notice that they were saved, and to know what was applied last."""

import base64
import hashlib
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.config.load import load, sentences_path
from bot.config.model import Config
from bot.config.places import places
from bot.errors import LianxinError
from bot.store.tables import Tables
from bot.store.tx import Tx

WATCHED = {".toml", ".xlsx", ".xls", ".csv"}
TRIES = 5
NAME, PLACE = "applied_source", "setting|applied_source|value"
Stamp = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A configuration with the very bytes it was read from; `mark` is their digest."""

    config: Config
    mark: str
    sealed: str  # all files as one text, to be sealed by the store


def read_steadily(file: Path, known: Iterable[Path] = ()) -> Source:
    """What the files say, read at a moment at which nobody was saving them. Raises ConfigBroken.

    `known`: the files it was read from last time; where it names others by now it is read once more.
    """
    sources = {file, *known}
    for _ in range(TRIES):
        before, found = list(_stamps(sources)), _read(file)
        if sources.issuperset(found.config.sources) and list(_stamps(sources)) == before:
            return found
        sources.update(found.config.sources)
    return _read(file)


def _read(file: Path) -> Source:
    config = load(file)
    content = {_name(file, one): _content(one) for one in config.sources}
    return Source(config, _mark(content.values()), _packed(file.name, content))


def _content(file: Path) -> bytes:
    """Nothing where it has just gone, or cannot be read: what is wrong with it is said by whoever reads it."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def applied(tx: Tx, file: Path) -> Config | None:
    """The configuration that was applied last; None: it is not known, or no longer valid in this version."""
    packed = Tables(tx).facts.setting(NAME)
    try:
        return _unpacked(tx.vault.open(PLACE, packed), file) if packed else None
    except (LianxinError, ValueError, OSError):
        return None


def remember(tx: Tx, packed: str) -> None:
    Tables(tx).facts.put(NAME, tx.vault.seal(PLACE, packed))


def fingerprint(file: Path, config: Config, named: Iterable[Path] = ()) -> tuple[Stamp, ...]:
    """Changes with every save in the file's folder, of the files it names, and of sentences of the unit's own.

    `config` is in force; `named`: what the file on disk names, which may be another one.
    """
    folder = [one for one in _inside(file.parent, "*") if one.suffix.lower() in WATCHED]
    own = _inside(sentences_path(config, file), "*/*.toml")
    return tuple(_stamps({file, *folder, *own, *config.sources, *named}))


def named_by(file: Path) -> tuple[Path, ...]:
    """The file with the roster it names, as far as that can be read: to notice that the one or the other is mended."""
    try:
        roster = places(file).roster
    except LianxinError:
        return (file,)
    return (file, roster) if roster else (file,)


def mark_of_broken(file: Path, problems: str) -> str:
    """Another one with each version of the file, and with each other thing that is wrong with its roster."""
    return _mark([_content(file), problems.encode()])


def _inside(folder: Path, pattern: str) -> list[Path]:
    """Nothing where it has just gone, or has a name longer than a disk takes."""
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []


def _stamps(files: Iterable[Path]) -> Iterator[Stamp]:
    for one in sorted(files):
        try:
            found = one.stat()
        except OSError:
            continue
        yield str(one), found.st_mtime_ns, found.st_size, found.st_ino


def _name(file: Path, one: Path) -> str:
    return str(one.relative_to(file.parent)) if one.is_relative_to(file.parent) else str(one)


def _mark(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _packed(main: str, content: dict[str, bytes]) -> str:
    files = {name: base64.b64encode(zlib.compress(one)).decode() for name, one in content.items()}
    return json.dumps({"main": main, "files": files})


def _unpacked(packed: str, file: Path) -> Config:
    """Read again as it was then, in a folder of its own; its paths begin at the file's own folder all the same."""
    found = json.loads(packed)
    with tempfile.TemporaryDirectory() as folder:
        copies = [_unpack(Path(folder, str(number)), *one) for number, one in enumerate(found["files"].items())]
        config = load(*copies)
    return replace(config, sources=tuple(file.parent / name for name in found["files"]))


def _unpack(folder: Path, name: str, content: str) -> Path:
    """Under its own name in a folder of its own, wherever it lay."""
    folder.mkdir()
    copy = folder / Path(name).name
    copy.write_bytes(zlib.decompress(base64.b64decode(content)))
    return copy
