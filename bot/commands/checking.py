"""Looking before anything runs: the file, and the secrecy gate."""

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.app import SENTENCES
from bot.commands.sentences import say_fine
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import load
from bot.config.model import Config
from bot.domain import instant
from bot.domain.gate import compile_words, scan
from bot.wording import checked


def add_verbs(verbs: Verbs) -> None:
    checks = verbs.add("check", check)
    checks.add_argument("file", type=Path)
    checks.add_argument("--show-sentences", action="store_true", help=verbs.explained("show_sentences"))
    verbs.add("gate", gate).add_argument("--config", type=Path, help=verbs.explained("gate_words"))


def check(terminal: Terminal, chosen: Namespace) -> int:
    config, wording = checked(chosen.file, SENTENCES)
    terminal.language = config.language
    terminal.say("cli.fine", path=chosen.file, people=len(config.people), branches=len(config.branches))
    say_fine(terminal, wording, show=chosen.show_sentences)
    mind_the_past(terminal, config, clocks.real())
    return 0


def mind_the_past(terminal: Terminal, config: Config, now: datetime) -> None:
    """A branch whose days are over is no mistake, but seldom meant."""
    today = instant.day_of(now, ZoneInfo(config.time_zone))
    for branch in config.branches.values():
        if branch.closes < today:
            terminal.say("cli.past", name=branch.name, closes=branch.closes.isoformat())


def gate(_: Terminal, chosen: Namespace) -> int:
    """Each line is judged by itself; the lines are neither kept nor shown."""
    words = compile_words(load(chosen.config).gate.words if chosen.config else ())
    for line in sys.stdin:
        rule = scan(line.rstrip("\n"), words)
        print(f"refuse {rule}" if rule else "pass", flush=True)  # noqa: T201
    return 0
