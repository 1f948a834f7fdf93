"""A guided start: some questions, a first config.toml, and what it will say in its first week."""

import asyncio
import contextlib
import os
import socket
import sys
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.commands import checking, week
from bot.commands.answers import NOTHING
from bot.commands.dialogue import Dialogue
from bot.commands.first_file import Beginning, FirstBranch, Remarks, text_of
from bot.commands.questions import BETWEEN, questions
from bot.commands.roster import write_form
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import load, read
from bot.domain import instant
from bot.errors import CannotStart
from bot.preview import first_day, messages

FILE, ROSTER = "config.toml", "members.xlsx"
PORTS = range(8080, 8100)
WEEK_DAYS = 7
FLAGS = ("language", "name", "admin", "branch", "kind", "from", "to", "member", "liaison", "approval")
MORE_FLAGS = ("full_member", "ask", "port")
SEVERAL = ("admin", "member", "liaison", "full_member")
USUAL_ZONE = ZoneInfo("Asia/Shanghai")


def add_verbs(verbs: Verbs) -> None:
    added = verbs.add("init", init)
    added.add_argument("folder", type=Path, nargs="?", default=Path(), help=verbs.explained("init_folder"))
    for name in (*FLAGS, *MORE_FLAGS):
        action = "append" if name in SEVERAL else "store"
        added.add_argument(f"--{name.replace('_', '-')}", action=action, help=verbs.explained(f"init_{name}"))
    for name in ("later", "yes", "full"):
        added.add_argument(f"--{name}", action="store_true", help=verbs.explained(f"init_{name}"))


def init(terminal: Terminal, chosen: Namespace) -> int:
    file: Path = chosen.folder / FILE
    _refuse_taken(file)
    now = clocks.real()
    ask = sys.stdin.isatty() and not chosen.yes
    try:
        beginning = _beginning(terminal, chosen, instant.day_of(now, USUAL_ZONE), ask=ask)
    except (KeyboardInterrupt, EOFError) as broken_off:
        print()  # noqa: T201
        terminal.say("init.nothing_written")
        return 130 if isinstance(broken_off, KeyboardInterrupt) else 2
    if beginning is None:
        return 2
    _write(file, text_of(beginning, Remarks(beginning.language, terminal.words_in)))
    _say_written(terminal, beginning, file)
    checking.say_checked(terminal, file)
    _first_week(terminal, file, now, full=chosen.full)
    return 0


def _refuse_taken(file: Path) -> None:
    """Before anything is asked: it would be hard to hear it after the last answer."""
    there = next(folder for folder in file.absolute().parents if os.path.lexists(folder))
    if not there.is_dir():
        raise CannotStart("init.no_folder", path=there)
    if os.path.lexists(file):
        raise CannotStart("init.taken", path=file)
    if not os.access(there, os.W_OK | os.X_OK):
        raise CannotStart("start.unwritable", path=file)


def _beginning(terminal: Terminal, chosen: Namespace, today: date, *, ask: bool) -> Beginning | None:
    """What was answered; None: something is missing or wrong, and has been said."""
    dialogue = Dialogue(terminal, questions(today, terminal.language, str(_free_port())))
    if ask:
        terminal.say("init.hello")
    missing, refused = dialogue.take(_given(chosen), ask=ask)
    if missing:
        flags = [flag for name in missing for flag in _flags_of(name, chosen)]
        terminal.complain(CannotStart("init.missing", flags=flags))
    if missing or (refused and not ask):
        return None
    if ask:
        dialogue.run()
    return _of_answers(dialogue.answers)


def _given(chosen: Namespace) -> dict[str, str]:
    """What the flags say, as it would be typed."""
    said: dict[str, Any] = {name: getattr(chosen, name) for name in (*FLAGS, *MORE_FLAGS)}
    given = {name: BETWEEN["zh"].join(value) if name in SEVERAL else value for name, value in said.items() if value}
    if "from" in given and "to" in given:
        given["days"] = f"{given['from']} {given['to']}"
    if chosen.later:
        given.setdefault("member" if "branch" in given else "branch", NOTHING)
    return given


def _flags_of(name: str, chosen: Namespace) -> list[str]:
    days = [one for one in ("from", "to") if name == "days" and not getattr(chosen, one)]
    return [f"--{one.replace('_', '-')}" for one in days or [name]]


def _of_answers(answers: dict[str, Any]) -> Beginning:
    branch = None
    if answers["branch"]:
        branch = FirstBranch(
            answers["branch"],
            answers["kind"],
            answers["days"],
            answers["member"],
            answers["liaison"],
            answers["approval"],
            answers.get("full_member", ()),
        )
    language, name, admins = answers["language"], answers["name"], answers["admin"]
    return Beginning(language, name, admins, branch, answers["ask"], answers["port"])


def _free_port() -> int:
    """The usual port, or the next one that nobody listens at."""
    for port in PORTS:
        with contextlib.closing(socket.socket()) as tried, contextlib.suppress(OSError):
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(("127.0.0.1", port))
            return port
    return PORTS[0]


def _write(file: Path, text: str) -> None:
    """Whole or not at all; a file that came into being meanwhile is left alone."""
    read(text, file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as made:
            try:
                made.write(text)
                made.flush()
            except BaseException:
                file.unlink()
                raise
    except FileExistsError:
        raise CannotStart("init.taken", path=file) from None
    except OSError as error:
        raise CannotStart("start.unwritable", path=file, reason=error.strerror) from error


def _say_written(terminal: Terminal, beginning: Beginning, file: Path) -> None:
    ids = [f"{id_} {name}" for name, id_ in beginning.ids().items()]
    print()  # noqa: T201
    terminal.say("init.written", path=file, ids=ids)
    _write_roster(terminal, file.with_name(ROSTER))
    terminal.say("init.next", path=file, first=next(iter(beginning.ids().values())))


def _write_roster(terminal: Terminal, place: Path) -> None:
    """An empty roster beside the file; one that lies there already is hers."""
    if not place.exists():
        write_form(terminal, place)
        terminal.say("init.roster", name=place.name)


def _first_week(terminal: Terminal, file: Path, now: datetime, *, full: bool) -> None:
    config = load(file)
    start = first_day(config, now)
    if start is None:
        terminal.say("init.no_week")
        return
    letters = asyncio.run(messages(config, start, WEEK_DAYS))
    print()  # noqa: T201
    terminal.say("init.week", start=instant.local(start, ZoneInfo(config.time_zone)), count=len(letters))
    week.show(terminal, config, letters, full=full)
