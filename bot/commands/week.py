"""Messages to come as a table: day by day, who gets what."""

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.commands.columns import GAP, aligned, cut
from bot.commands.terminal import Terminal
from bot.config.model import Config
from bot.domain import instant
from bot.preview import Letter

MOST_NAMES = 3
WIDEST_NAMES = 30
Row = tuple[Letter, list[str], str]  # one of them, to whom, and the text


def show(terminal: Terminal, config: Config, letters: Sequence[Letter], *, full: bool) -> None:
    zone = ZoneInfo(config.time_zone)
    for day, of_day in groupby(letters, lambda one: instant.day_of(one.at, zone)):
        print(f"\n{_heading(terminal, day)}")  # noqa: T201
        rows = _together(terminal, config, list(of_day))
        print("\n".join(_whole(terminal, rows, zone) if full else _first_lines(terminal, rows, zone)))  # noqa: T201


def _heading(terminal: Terminal, day: date) -> str:
    return terminal.words("init.week_day", day=day.isoformat())


def _together(terminal: Terminal, config: Config, letters: Sequence[Letter]) -> list[Row]:
    """People who get the same at the same hour, but for their own name in it, share a row."""
    somebody = terminal.words("init.somebody")
    found: dict[tuple[object, str], Row] = {}
    for letter in letters:
        name = config.people[letter.member].name
        text = letter.text.replace(name, somebody)
        found.setdefault((letter.at, text), (letter, [], text))[1].append(name)
    return [(letter, names, text if len(names) > 1 else letter.text) for letter, names, text in found.values()]


def _first_lines(terminal: Terminal, rows: Sequence[Row], zone: ZoneInfo) -> list[str]:
    cells = [
        (f"{letter.at.astimezone(zone):%H:%M}", cut(_names(terminal, names), WIDEST_NAMES), text.split("\n")[0])
        for letter, names, text in rows
    ]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    return [cut(line, room) if room else line for line in aligned(cells)]


def _whole(terminal: Terminal, rows: Sequence[Row], zone: ZoneInfo) -> list[str]:
    said: list[str] = []
    for letter, names, text in rows:
        said.append(f"{letter.at.astimezone(zone):%H:%M}{GAP}{_names(terminal, names)}")
        said += [f"{GAP * 2}| {line}".rstrip() for line in text.split("\n")]
    return said


def _names(terminal: Terminal, names: Sequence[str]) -> str:
    return terminal.words("init.week_names", names=names[:MOST_NAMES], count=len(names))
