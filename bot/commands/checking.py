"""Looking before anything runs: the file with its roster, and the secrecy gate."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.commands.sentences import say_fine
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import facts_of, load
from bot.config.model import Config
from bot.config.problems import Problem
from bot.domain import instant
from bot.domain.gate import compile_words, scan
from bot.errors import ConfigBroken
from bot.render import SENTENCES
from bot.wording import checked

JSON = "json"


def add_verbs(verbs: Verbs) -> None:
    checks = verbs.add("check", check)
    checks.add_argument("file", type=Path)
    checks.add_argument("--show-sentences", action="store_true", help=verbs.explained("show_sentences"))
    checks.add_argument("--format", choices=["text", JSON], default="text", help=verbs.explained("format"))
    verbs.add("gate", gate).add_argument("--config", type=Path, help=verbs.explained("gate_words"))


def check(terminal: Terminal, chosen: Namespace) -> int:
    if chosen.format == JSON:
        return _check_for_machines(terminal, chosen.file)
    say_checked(terminal, chosen.file, show=chosen.show_sentences)
    return 0


def say_checked(terminal: Terminal, file: Path, *, show: bool = False) -> None:
    """That it is fine, and what seldom is meant. Raises ConfigBroken."""
    config, wording = checked(file, SENTENCES)
    terminal.language = config.language
    terminal.say("cli.fine", path=file, people=len(config.people), branches=len(config.branches))
    say_fine(terminal, wording, show=show)
    for note in _notes(terminal, config, clocks.real()):
        print(note)  # noqa: T201


def _check_for_machines(terminal: Terminal, file: Path) -> int:
    """One JSON object on standard output, fine or not; the exit code is that of the sentences."""
    try:
        config, _ = checked(file, SENTENCES)
    except ConfigBroken as broken:
        problems = [_plain(terminal, one, file) for one in cast("tuple[Problem, ...]", broken.facts["problems"])]
        _print({"ok": False, "path": str(file), "people": None, "branches": None, "problems": problems, "notes": []})
        return 2
    terminal.language = config.language
    notes = list(_notes(terminal, config, clocks.real()))
    counted = {"people": len(config.people), "branches": len(config.branches)}
    _print({"ok": True, "path": str(file), **counted, "problems": [], "notes": notes})
    return 0


def _plain(terminal: Terminal, problem: Problem, file: Path) -> dict[str, object]:
    """Every problem has every key; what does not apply is null."""
    facts = facts_of(problem, file)
    place = {name: facts.get(name) or None for name in ("file", "sheet", "row", "line")}
    named = {"table": problem.table or None, "key": facts.get("head") or problem.name or None}
    return {**place, **named, "rule": problem.key, "sentence": terminal.words(problem.key, **facts)}


def _print(found: dict[str, object]) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2))  # noqa: T201


def _notes(terminal: Terminal, config: Config, now: datetime) -> Iterator[str]:
    """What is no mistake, but seldom meant."""
    if config.unread:
        yield terminal.words("roster.unread", heads=config.unread)
    yield from _past(terminal, config, now)


def _past(terminal: Terminal, config: Config, now: datetime) -> Iterator[str]:
    """Branches whose days are over."""
    today = instant.day_of(now, ZoneInfo(config.time_zone))
    for branch in config.branches.values():
        if branch.closes < today:
            yield terminal.words("cli.past", name=branch.name, closes=branch.closes.isoformat())


def mind_the_past(terminal: Terminal, config: Config, now: datetime) -> None:
    """A branch whose days are over is no mistake, but seldom meant."""
    for note in _past(terminal, config, now):
        print(note, flush=True)  # noqa: T201


def gate(_: Terminal, chosen: Namespace) -> int:
    """Each line is judged by itself; the lines are neither kept nor shown."""
    words = compile_words(load(chosen.config).gate.words if chosen.config else ())
    for line in sys.stdin:
        rule = scan(line.rstrip("\n"), words)
        print(f"refuse {rule}" if rule else "pass", flush=True)  # noqa: T201
    return 0
