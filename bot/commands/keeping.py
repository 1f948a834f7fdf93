"""Keeping what there is: backups, and going back to one."""

import argparse
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.app import VERSION
from bot.backup.examining import Examined
from bot.backup.making import back_up
from bot.backup.restoring import Restore, prepared, put_in_place
from bot.commands.terminal import Terminal, Verbs
from bot.config.places import places
from bot.domain import instant
from bot.errors import CannotStart
from bot.store.migrate import MIGRATIONS

AGREED = ("确认", "是", "yes", "y")
KEPT = 14


def add_verbs(verbs: Verbs) -> None:
    made = verbs.add("backup", backup)
    made.add_argument("file", type=Path, help=verbs.explained("file"))
    made.add_argument("--to", type=Path, metavar="FOLDER", help=verbs.explained("backup_to"))
    made.add_argument("--keep", type=_count, default=KEPT, metavar="N", help=verbs.explained("backup_keep"))
    made.add_argument("--without-key", action="store_true", help=verbs.explained("backup_without_key"))
    put_back = verbs.add("restore", restore)
    put_back.add_argument("backup", type=Path, help=verbs.explained("restore_backup"))
    put_back.add_argument("--config", type=Path, default=Path("config.toml"), help=verbs.explained("config"))
    put_back.add_argument("--yes", action="store_true", help=verbs.explained("restore_yes"))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def backup(terminal: Terminal, chosen: Namespace) -> int:
    found = places(chosen.file)
    terminal.language = found.language
    folder = chosen.to or chosen.file.parent / "backups"
    with_key = not chosen.without_key
    made = back_up(found, MIGRATIONS, VERSION, folder, clocks.real(), keep=chosen.keep, with_key=with_key)
    terminal.say("backup.made", path=made.file, size=_size(made.size))
    _say_contents(terminal, made.examined, found.zone)
    terminal.say("backup.guard" if with_key else "backup.keyless", key_file=found.key_file)
    if made.roster_missing:
        terminal.aside("backup.no_roster", path=found.roster)
    for old in made.dropped:
        terminal.say("backup.dropped", path=old)
    terminal.say("backup.how_to_restore", path=made.file, config=chosen.file)
    return 0


def restore(terminal: Terminal, chosen: Namespace) -> int:
    with prepared(chosen.backup, chosen.config, MIGRATIONS) as ready:
        terminal.language = ready.places.language
        _say_what_would_be(terminal, chosen, ready)
        if not (chosen.yes or _agreed(terminal)):
            terminal.say("backup.not_restored")
            return 2
        aside = put_in_place(ready, clocks.real())
        terminal.say("backup.put_back", database=ready.places.database, config=chosen.config)
        if aside:
            terminal.say("backup.aside", paths=[str(file) for file in aside])
    return 0


def _agreed(terminal: Terminal) -> bool:
    if not sys.stdin.isatty():
        raise CannotStart("backup.wants_yes")
    terminal.say("backup.sure")
    return sys.stdin.readline().strip().lower() in AGREED


def _say_what_would_be(terminal: Terminal, chosen: Namespace, ready: Restore) -> None:
    zone = ready.places.zone
    size = _size(chosen.backup.stat().st_size)
    made_at = instant.local(ready.examined.manifest.made_at, zone)
    terminal.say(
        "backup.found", path=chosen.backup, size=size, made_at=made_at, program=ready.examined.manifest.program
    )
    _say_contents(terminal, ready.examined, zone)
    if ready.present:
        terminal.say("backup.replaces", path=ready.places.database, until=_reaches(ready.present.reaches, zone))
    elif ready.places.database.exists():
        terminal.say("backup.replaces_broken", path=ready.places.database)
    else:
        terminal.say("backup.replaces_nothing", path=ready.places.database)
    if ready.moves_key:
        terminal.say("backup.replaces_key", path=ready.places.key_file)


def _say_contents(terminal: Terminal, examined: Examined, zone: ZoneInfo) -> None:
    rows, until = examined.contents.rows, _reaches(examined.contents.reaches, zone)
    facts = {"branches": rows["branch"], "members": rows["member"], "reports": rows["report"], "needs": rows["need"]}
    terminal.say("backup.holds", until=until, has_key=examined.has_key, **facts)


def _reaches(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return instant.local(moment, zone) if moment else None


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{count / 1024:.0f} KB"
