"""Taking in what a study platform exported: beside the bot that runs, or on the store itself."""

import asyncio
from argparse import Namespace
from pathlib import Path

from bot import clock as clocks
from bot import control
from bot.clock import StillClock
from bot.commands.planning import mind_error
from bot.commands.terminal import Bar, Terminal, Verbs
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.config.progress_file import Export, read_progress
from bot.domain.platform import Platform
from bot.errors import CannotStart, Unreadable
from bot.flow.progress_post import Outcome, as_wish, looked_at
from bot.making import SILENT
from bot.opening import check_key, open_bot
from bot.store.beside import read_once
from bot.store.migrate import MIGRATIONS
from bot.store.vault import known_vault


def add_to(imports: Verbs, verbs: Verbs) -> None:
    added = imports.add("study", import_study)
    added.add_argument("file", type=Path, help=verbs.explained("file"))
    added.add_argument("export", type=Path, help=verbs.explained("import_export"))
    added.add_argument("--platform", required=True, metavar="ID", help=verbs.explained("import_platform"))
    added.add_argument("--year", type=int, metavar="YEAR", help=verbs.explained("import_year"))
    added.add_argument("--dry-run", action="store_true", help=verbs.explained("import_dry_run"))


def import_study(terminal: Terminal, chosen: Namespace) -> int:
    """2: rows were left out, each with a line; the others are in."""
    config = load(chosen.file)
    terminal.language = config.language
    platform = _platform(config, chosen.platform)
    with Bar(terminal, "progress.working", 3) as bar:
        try:
            export = read_progress(chosen.export, platform, chosen.year or clocks.real().year)
        except Unreadable as wrong:
            raise CannotStart(_plain_key(wrong.key), path=chosen.export, **wrong.facts) from None
        bar.step()
        outcome = _through_the_bot(config, chosen, export)
        bar.step()
        if outcome is None and chosen.dry_run:
            outcome = _beside(config, chosen, export)
        if outcome is None:
            outcome = asyncio.run(_alone(config, chosen, export))
        bar.step()
    return _say(terminal, chosen, platform, outcome)


def _platform(config: Config, id_: str) -> Platform:
    if id_ not in config.platforms:
        raise CannotStart("progress.no_platform", found=id_, known=sorted(config.platforms))
    return config.platforms[id_]


def _plain_key(key: str) -> str:
    """What is wrong with a workbook is said of an export as well."""
    return f"progress.{key.removeprefix('roster.')}" if key.startswith("roster.") else key


def _through_the_bot(config: Config, chosen: Namespace, export: Export) -> Outcome | None:
    wish = {"verb": "import_study", "file": str(chosen.file.resolve()), "platform": chosen.platform}
    answer = control.ask(
        store_path(config, chosen.file), {**wish, "export": as_wish(export), "enter": not chosen.dry_run}
    )
    if answer is not None:
        mind_error(answer, chosen.file)
    return answer


def _beside(config: Config, chosen: Namespace, export: Export) -> Outcome:
    unit = looked_at(config, clocks.real(), chosen.platform, export, enter=False)
    return read_once(store_path(config, chosen.file), known_vault(key_path(config, chosen.file)), unit, MIGRATIONS)


async def _alone(config: Config, chosen: Namespace, export: Export) -> Outcome:
    """With the database's lock."""
    database, key = store_path(config, chosen.file), key_path(config, chosen.file)
    if not database.exists():
        raise CannotStart("start.no_database", path=str(database))
    bot = open_bot(config, database, key, StillClock(clocks.real()), make=SILENT)
    try:
        await check_key(bot, key)
        unit = looked_at(config, clocks.real(), chosen.platform, export, enter=True)
        return await bot.store.write(unit, aside=True)
    finally:
        await bot.store.close()


def _say(terminal: Terminal, chosen: Namespace, platform: Platform, outcome: Outcome) -> int:
    named, lines = platform.named(terminal.language), outcome["lines"]
    key = "progress.tried" if chosen.dry_run else "progress.entered"
    terminal.say(key, path=chosen.export, platform=named, left=len(lines), **outcome["figures"])
    for one in lines:
        terminal.aside(one["key"], **one["facts"])
    return 2 if lines else 0
