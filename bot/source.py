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


def read_steadily(file: Path) -> Source:
    """What the files say, read at a moment at which nobody was saving them. Raises ConfigBroken."""
    before, found = list(_stamps([file])), _read(file)
    for _ in range(TRIES):
        if list(_stamps([file])) == before:
            break
        before, found = list(_stamps([file])), _read(file)
    return found


def _read(file: Path) -> Source:
    config = load(file)
    content = {_name(file, one): one.read_bytes() for one in config.sources}
    return Source(config, _mark(content.values()), _packed(file.name, content))


def applied(tx: Tx, file: Path) -> Config | None:
    """The configuration that was applied last; None: it is not known, or no longer valid in this version."""
    packed = Tables(tx).facts.setting(NAME)
    try:
        return _unpacked(tx.vault.open(PLACE, packed), file) if packed else None
    except (LianxinError, ValueError, OSError):
        return None


def remember(tx: Tx, packed: str) -> None:
    Tables(tx).facts.put(NAME, tx.vault.seal(PLACE, packed))


def fingerprint(file: Path, config: Config) -> tuple[Stamp, ...]:
    """Changes with every save in the file's folder, of the files it names, and of sentences of the unit's own."""
    folder = [one for one in file.parent.glob("*") if one.suffix.lower() in WATCHED]
    own = sentences_path(config, file).glob("*/*.toml")
    return tuple(_stamps({file, *folder, *own, *config.sources}))


def mark_of_file(file: Path) -> str:
    return _mark([file.read_bytes()] if file.is_file() else [])


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
        for name, content in found["files"].items():
            if not Path(name).is_absolute():
                place = Path(folder) / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(zlib.decompress(base64.b64decode(content)))
        config = load(Path(folder) / found["main"])
    return replace(config, sources=tuple(file.parent / name for name in found["files"]))
