"""Where there is no signal: a sheet to print and fill in, and taking it in afterwards."""

import argparse
import asyncio
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import clock as clocks
from bot import control, source
from bot.clock import StillClock
from bot.commands import progress
from bot.commands.paper_form import VALUES, Form, paper_form
from bot.commands.planning import mind_error
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.config.paper import Choices, read_paper
from bot.config.words import folded
from bot.domain import instant
from bot.domain.branch import Branch, title
from bot.domain.cadence import next_after
from bot.errors import CannotStart, Unreadable
from bot.flow.paper_post import Outcome, as_wish, looked_at, take
from bot.flow.papers import Paper
from bot.flow.reconcile import ALIVE
from bot.making import SILENT
from bot.opening import check_key, open_bot
from bot.render import LANGUAGES, Renderer
from bot.store.beside import read_once
from bot.store.migrate import MIGRATIONS
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import known_vault
from bot.work import Work

ENDING, MOST_DAYS, MOST_TOLD = ".xlsx", 62, 50


def add_verbs(verbs: Verbs) -> None:
    made = verbs.add("sheet", sheet)
    made.add_argument("file", type=Path, help=verbs.explained("file"))
    made.add_argument("branch", help=verbs.explained("sheet_branch"))
    made.add_argument("--days", type=_days, default=7, metavar="N", help=verbs.explained("sheet_days"))
    made.add_argument("--from", dest="since", metavar="DATE", help=verbs.explained("sheet_from"))
    made.add_argument("--out", type=Path, metavar="PATH", help=verbs.explained("sheet_out"))
    made.add_argument("--lang", choices=LANGUAGES, help=verbs.explained("lang"))
    imports = verbs.group("import")
    progress.add_to(imports, verbs)
    reports = imports.add("reports", import_reports)
    reports.add_argument("file", type=Path, help=verbs.explained("file"))
    reports.add_argument("sheet", type=Path, help=verbs.explained("import_sheet"))
    reports.add_argument("--by", default="", metavar="MEMBER", help=verbs.explained("import_by"))
    reports.add_argument("--dry-run", action="store_true", help=verbs.explained("import_dry_run"))


def _days(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def sheet(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = chosen.lang or config.language
    out = chosen.out or Path(f"{chosen.branch}-sheet{ENDING}")
    if out.suffix.lower() != ENDING:
        raise CannotStart("form.ending", path=out, better=out.with_suffix(ENDING).name)
    form = _form(terminal, config, chosen)
    try:
        with out.open("xb") as new:
            new.write(paper_form(terminal.words, form))
    except FileExistsError:
        raise CannotStart("sheet.exists", path=out) from None
    except OSError as wrong:
        raise CannotStart("form.no_place", path=out, cause=wrong.strerror) from None
    facts = {"members": len(form.members), "days": len(form.days), "path": out, "file": chosen.file}
    terminal.say("sheet.written", **facts)
    return 0


def _form(terminal: Terminal, config: Config, chosen: Namespace) -> Form:
    """As the branch stands in the store: its name by right, who is in it and takes part."""
    vault = known_vault(key_path(config, chosen.file))

    def unit(tx: Tx) -> Form:
        work = Work(tx, config, _now(tx))
        branch = work.tables.branches.get(chosen.branch)
        if branch is None:
            raise CannotStart(
                "export.unknown_branch", branch=chosen.branch, known=[one.id for one in work.tables.branches.all()]
            )
        days = list(_asked_days(work, branch, _first(chosen.since) or work.today(branch), chosen.days))
        members = [one.member for one in work.tables.members.of_branch(branch.id) if one.willing]
        if branch.state == "closed" or not days or not members:
            raise CannotStart("sheet.nothing_to_ask", branch=branch.id, days=chosen.days)
        named = title(branch, terminal.language)
        return Form(branch.id, named, branch.kind, work.work_mode(branch), members, days)

    return read_once(store_path(config, chosen.file), vault, unit, MIGRATIONS)


def _now(tx: Tx) -> datetime:
    """The bot's hour may be ahead of the machine's."""
    alive = Tables(tx).facts.moment(ALIVE)
    return (max(alive, clocks.real()) if alive else clocks.real()).replace(microsecond=0)


def _first(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotStart("export.bad_day", found=text) from None


def _asked_days(work: Work, branch: Branch, first: date, days: int) -> Iterator[date]:
    """Those on which the branch asks."""
    rule, seen = work.report_rule(branch), first - timedelta(days=1)
    last = min(first + timedelta(days=days - 1), branch.closes)
    at = instant.start_of(max(first, branch.opens), branch.zone) - timedelta(seconds=1)
    while at := next_after(rule.ask, at, branch.zone, work.config.calendar, rule.holidays):
        day = instant.day_of(at, branch.zone)
        if day > last:
            return
        if day != seen:
            yield day
        seen = day


def import_reports(terminal: Terminal, chosen: Namespace) -> int:
    """Through the bot that runs, else on the store itself. 2: some rows are to be mended, and nothing was entered."""
    config = load(chosen.file)
    terminal.language = config.language
    try:
        found = read_paper(chosen.sheet, _choices(terminal.renderer))
    except Unreadable as wrong:
        name = wrong.key.removeprefix("roster.")
        raise CannotStart(f"sheet.{name}", path=chosen.sheet, **wrong.facts) from None
    paper = Paper(found.rows, found.branch, chosen.by)
    outcome = _through_the_bot(config, chosen, paper)
    if outcome is None:
        outcome = (
            _looked_at(config, chosen, paper) if chosen.dry_run else asyncio.run(_alone(config, chosen.file, paper))
        )
    return _say(terminal, chosen.sheet, outcome, found.empty)


def _choices(renderer: Renderer) -> Choices:
    """The closed words in every language, as shipped."""
    families = {"thoughts": ("thoughts",), "work": ("work", "study"), "living": ("living",)}
    words = [
        (column, renderer.say(language, f"words.{family}.{value}"), value)
        for language in LANGUAGES
        for column in families
        for family in families[column]
        for value in VALUES[column]
    ]
    return {(column, folded(word)): value for column, word, value in words}


def _through_the_bot(config: Config, chosen: Namespace, paper: Paper) -> Outcome | None:
    wish = {"verb": "import", "file": str(chosen.file.resolve()), "paper": as_wish(paper), "enter": not chosen.dry_run}
    answer = control.ask(store_path(config, chosen.file), wish)
    if answer is not None:
        mind_error(answer, chosen.file)
    return answer


def _looked_at(config: Config, chosen: Namespace, paper: Paper) -> Outcome:
    vault = known_vault(key_path(config, chosen.file))

    def unit(tx: Tx) -> Outcome:
        return looked_at(config, _now(tx), paper, enter=False)(tx)

    return read_once(store_path(config, chosen.file), vault, unit, MIGRATIONS)


async def _alone(config: Config, file: Path, paper: Paper) -> Outcome:
    """With the database's lock, by what was applied last; what is owed by it goes out when the bot starts."""
    database, key = store_path(config, file), key_path(config, file)
    if not database.exists():
        raise CannotStart("start.no_database", path=str(database))
    bot = open_bot(config, database, key, StillClock(clocks.real()), make=SILENT)
    try:
        await check_key(bot, key)
        now = await bot.store.read(_now)
        applied = await bot.store.read(lambda tx: source.applied(tx, file))
        return await take(bot.store, applied or config, now, paper, enter=True)
    finally:
        await bot.store.close()


def _say(terminal: Terminal, path: Path, outcome: Outcome, empty: int) -> int:
    lines, state = outcome["lines"], outcome["state"]
    if state in ("odd", "refused"):
        terminal.aside(f"sheet.{state}", path=path, count=len(lines))
    else:
        terminal.say(f"sheet.{state}", path=path, empty=empty, **outcome["figures"])
    for one in lines[:MOST_TOLD]:
        say = terminal.aside if state in ("odd", "refused") else terminal.say
        say(one["key"], **one["facts"])
    if len(lines) > MOST_TOLD:
        terminal.aside("sheet.more", count=len(lines) - MOST_TOLD)
    return 2 if state in ("odd", "refused") else 0
