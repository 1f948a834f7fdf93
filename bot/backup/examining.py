"""Whether a backup could be restored from: it is opened as a restore would open it."""

from dataclasses import dataclass
from pathlib import Path

from bot.backup.archive import DATABASE, KEY, BackupRefused, Manifest, unpack
from bot.errors import CannotStart
from bot.store.migrate import migrations_in
from bot.store.sqlite_copy import Contents, look
from bot.store.vault import known_vault


@dataclass(frozen=True, slots=True)
class Examined:
    """A sound backup, unpacked in `folder`."""

    manifest: Manifest
    contents: Contents
    folder: Path

    @property
    def has_key(self) -> bool:
        return KEY in self.manifest.sums


def examine(archive: Path, folder: Path, migrations: Path) -> Examined:
    """Raises BackupRefused with what is wrong: damaged, of a newer version, with the key of another database."""
    manifest = unpack(archive, folder)
    try:
        contents = look(folder / DATABASE)
    except CannotStart as error:
        raise BackupRefused("backup.damaged", path=archive) from error
    if contents.number > max(each.number for each in migrations_in(migrations)):
        raise BackupRefused("backup.newer", program=manifest.program)
    if contents.rows != manifest.rows:
        raise BackupRefused("backup.damaged", path=archive)
    if KEY in manifest.sums and not _own_key(contents, folder / KEY):
        raise BackupRefused("backup.wrong_key", path=archive)
    return Examined(manifest, contents, folder)


def fits(contents: Contents, key_file: Path) -> bool:
    """Whether the database was written with that key. Raises CannotStart if there is none to be read."""
    vault = known_vault(key_file)
    return contents.key_check is None or vault.matches(contents.key_check)


def _own_key(contents: Contents, key_file: Path) -> bool:
    try:
        return fits(contents, key_file)
    except CannotStart:
        return False
