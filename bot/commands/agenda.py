"""What falls when in the unit, and why it moved."""

import csv
import io
import json
import os
import sys
from argparse import Namespace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.agenda.branches import OnCalendar, as_they_stand, of_the_file
from bot.agenda.lines import Line, View, lines, unknown_years
from bot.agenda.words import Words
from bot.commands.columns import aligned
from bot.commands.terminal import Terminal, Verbs
from bot.config.fields import day, whole
from bot.config.load import load, store_path
from bot.config.model import Config
from bot.domain import instant
from bot.errors import CannotStart, LianxinError, Unreadable
from bot.store.beside import read_once, rehearse_once
from bot.store.migrate import MIGRATIONS

MOST_DAYS = 800
FORMATS = ("text", "json", "csv")
MARK, NO_MARK = "*", " "
INDENT = " " * 10  # under what a line is about, past its mark and hour
FIELDS: tuple[str, ...] = ("day", "at", "sent", "zone", "what", "id", "name", "detail", "why")
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
FOR_EXCEL = "\ufeff"


def add_verbs(verbs: Verbs) -> None:
    added = verbs.add("calendar", calendar)
    added.add_argument("file", type=Path)
    added.add_argument("--days", default="60", help=verbs.explained("calendar_days"))
    added.add_argument("--from", dest="first", metavar="DATE", help=verbs.explained("calendar_from"))
    added.add_argument("--format", choices=FORMATS, default="text", help=verbs.explained("calendar_format"))


def calendar(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = config.language
    days = _days(chosen.days)
    first = _first(chosen.first) or instant.day_of(clocks.real(), ZoneInfo(config.time_zone))
    database = store_path(config, chosen.file)
    view = View(config, tuple(_branches(config, database)), first, first + timedelta(days=days - 1))
    show = {"text": _text, "json": _json, "csv": _csv}[chosen.format]
    show(terminal, view, Words(terminal.words, view), database)
    return 0


def _days(text: str) -> int:
    try:
        return whole(1, MOST_DAYS)(int(text) if text.isdecimal() else text)
    except Unreadable:
        raise CannotStart("calendar.bad_days", found=text, most=MOST_DAYS) from None


def _first(text: str | None) -> date | None:
    try:
        return day(date.fromisoformat(text)) if text else None
    except ValueError:
        raise CannotStart("calendar.bad_from", found=text) from None


class _NoKey:
    """The calendar opens nothing that members wrote: it needs no key, and makes none."""

    def seal(self, place: str, text: str) -> str:
        raise LianxinError("start.wrong_key", place=place, text=len(text))

    def open(self, place: str, sealed: str) -> str:
        raise LianxinError("start.wrong_key", place=place, text=len(sealed))

    def digest(self, text: str) -> str:
        raise LianxinError("start.wrong_key", text=len(text))


def _branches(config: Config, database: Path) -> list[OnCalendar]:
    """Of a database that an older version left, too: what is new in this one is added to a copy."""
    if not database.exists():
        return of_the_file(config)
    read_once(database, _NoKey(), lambda tx: tx.one("SELECT 1 FROM branch"))  # names a file that is none of ours
    return rehearse_once(database, MIGRATIONS, _NoKey(), as_they_stand(config), clocks.real())


def _text(terminal: Terminal, view: View, words: Words, database: Path) -> None:
    """A heading a day; under a line, further in, why it moved and when its message goes instead."""
    facts = {"first": view.first.isoformat(), "last": view.last.isoformat(), "name": view.config.name}
    terminal.say("calendar.head", **facts, path=database if database.exists() else "")
    for note in words.notes():
        print(note)  # noqa: T201
    found = lines(view)
    rows = [_row(words, line) for line in found]
    for when, grouped in groupby(zip(found, aligned(rows) if rows else [], strict=True), lambda one: one[0].day):
        print(f"\n{_bold(words.heading(when))}")  # noqa: T201
        for line, row in grouped:
            print(row)  # noqa: T201
            for remark in words.remarks(line):
                print(INDENT + remark)  # noqa: T201
    if not found:
        print(f"\n{terminal.words('calendar.nothing')}")  # noqa: T201
    if any(row[0] == MARK for row in rows):
        print(f"\n{terminal.words('calendar.legend')}")  # noqa: T201


def _row(words: Words, line: Line) -> tuple[str, ...]:
    mark = MARK if line.reasons or line.sent_at is None else NO_MARK
    return mark, words.hour(line), words.what(line), line.name, words.detail(line)


def _bold(text: str) -> str:
    """Only where somebody looks at a screen, and has not asked for plain text."""
    return f"{BOLD}{text}{PLAIN}" if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def _record(words: Words, line: Line) -> dict[str, str]:
    at, sent = (instant.local(one, line.zone) if one else "" for one in (line.at, line.sent_at))
    said = {"what": words.what(line), "detail": words.detail(line), "why": words.why(line)}
    return {
        "day": line.day.isoformat(),
        "at": at,
        "sent": sent,
        "zone": line.zone.key,
        "id": line.id,
        "name": line.name,
    } | said


def _csv(terminal: Terminal, view: View, words: Words, _: Path) -> None:
    """For Excel, which takes a file for Chinese only if it begins with a mark."""
    text = io.StringIO()
    written = csv.DictWriter(text, FIELDS, lineterminator="\n")
    written.writerow({name: terminal.words(f"calendar.head_{name}") for name in FIELDS})
    written.writerows(_record(words, line) for line in lines(view))
    print(("" if sys.stdout.isatty() else FOR_EXCEL) + text.getvalue(), end="")  # noqa: T201


def _json(_: Terminal, view: View, words: Words, __: Path) -> None:
    found: dict[str, Any] = {
        "name": view.config.name,
        "from": view.first.isoformat(),
        "to": view.last.isoformat(),
        "notes": words.notes(),
        "unknown_years": unknown_years(view),
        "lines": [_object(words, line) for line in lines(view)],
    }
    print(json.dumps(found, ensure_ascii=False, indent=2))  # noqa: T201


def _object(words: Words, line: Line) -> dict[str, Any]:
    reasons = [
        {"kind": one.kind, "day": one.day.isoformat(), "nature": one.nature.kind, "holiday": one.nature.holiday}
        for one in line.reasons
    ]
    plain = {**_record(words, line), "kind": line.what, "named": [one.isoformat() for one in line.named]}
    return {**plain, "at": plain["at"] or None, "sent": plain["sent"] or None, "reasons": reasons}
