"""One file to carry: the database, its key and the settings, sealed so that any change to it shows."""

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.domain import instant
from bot.errors import LianxinError

FORMAT = 1
MANIFEST, DATABASE, KEY, CONFIG, ROSTER = "manifest.json", "lianxin.db", "lianxin.key", "config.toml", "roster"
# The archive ends with this and the SHA-256 of every byte before the 64 digits, as the remark a zip file may carry.
SEAL = b"lianxin backup sha256 "
DIGITS = 64
NAMES = re.compile(rf"{re.escape(DATABASE)}|{re.escape(KEY)}|{re.escape(CONFIG)}|{ROSTER}(\.\w+)?")
BROKEN = (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError, RuntimeError, zlib.error)


class BackupRefused(LianxinError):
    """Nothing that could be restored from; whoever wanted to has changed nothing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows`: how many each table has. `sums`: the SHA-256 of each file in the archive, by name."""

    made_at: datetime
    program: str
    rows: Mapping[str, int]
    sums: Mapping[str, str]


def pack(archive: Path, files: Mapping[str, Path], made_at: datetime, program: str, rows: Mapping[str, int]) -> None:
    """Write `files` by their names in the archive; only its owner may read it. It is on disk when this returns."""
    sums = {name: _sum(file) for name, file in files.items()}
    manifest = {"format": FORMAT, "program": program, "made_at": instant.text(made_at), "rows": rows, "sums": sums}
    with os.fdopen(os.open(archive, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as packed:
            packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for name, file in files.items():
                packed.write(file, name)
            packed.comment = SEAL + b"0" * DIGITS
        _seal(out)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write what is in the archive into `folder`, each file as it was. Raises BackupRefused, in a sentence."""
    check_seal(archive)
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = _manifest(json.loads(packed.read(MANIFEST)))
            for name in manifest.sums:
                _extract(packed, name, folder / name)
    except BROKEN as error:
        raise BackupRefused("backup.not_ours", path=archive) from error
    if DATABASE not in manifest.sums or any(_sum(folder / name) != told for name, told in manifest.sums.items()):
        raise BackupRefused("backup.damaged", path=archive)
    return manifest


def settings_in(archive: Path) -> bytes:
    """The configuration file in a backup."""
    check_seal(archive)
    try:
        with zipfile.ZipFile(archive) as packed:
            return packed.read(CONFIG)
    except BROKEN as error:
        raise BackupRefused("backup.not_ours", path=archive) from error


def check_seal(archive: Path) -> None:
    """Refuses what is no backup of ours, is cut short, or has changed in any byte."""
    try:
        with archive.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - DIGITS - len(SEAL)))
            if file.read(len(SEAL)) != SEAL:
                raise BackupRefused("backup.not_ours", path=archive)
            if file.read() != _digits(file, size - DIGITS):
                raise BackupRefused("backup.damaged", path=archive)
    except OSError as error:
        raise BackupRefused("backup.unreadable", path=archive, reason=error.strerror) from error


def _seal(out: IO[bytes]) -> None:
    out.flush()
    end = out.seek(0, os.SEEK_END) - DIGITS
    digits = _digits(out, end)
    out.seek(end)
    out.write(digits)
    out.flush()
    os.fsync(out.fileno())


def _digits(file: IO[bytes], end: int) -> bytes:
    """The sum of the first `end` bytes, as it is written down."""
    told, left = hashlib.sha256(), end
    file.seek(0)
    while left > 0 and (piece := file.read(min(left, 1 << 20))):
        told.update(piece)
        left -= len(piece)
    return told.hexdigest().encode()


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _manifest(found: dict[str, Any]) -> Manifest:
    if found["format"] > FORMAT:
        raise BackupRefused("backup.newer", program=str(found["program"]))
    sums = {str(name): str(told) for name, told in found["sums"].items()}
    if not all(NAMES.fullmatch(name) for name in sums):  # a path would be written wherever it points
        raise ValueError(sums)
    rows = {str(name): int(count) for name, count in found["rows"].items()}
    return Manifest(instant.parse(found["made_at"]), str(found["program"]), rows, sums)


def _extract(packed: zipfile.ZipFile, name: str, target: Path) -> None:
    with (
        packed.open(name) as inside,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        shutil.copyfileobj(inside, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
