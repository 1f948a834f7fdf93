"""The roster: an empty workbook to fill in."""

from argparse import Namespace
from pathlib import Path

from bot.commands.roster_form import roster_form
from bot.commands.terminal import Terminal, Verbs
from bot.errors import CannotStart
from bot.render import LANGUAGES

ENDING = ".xlsx"


def add_verbs(verbs: Verbs) -> None:
    roster = verbs.group("roster")
    template_ = roster.add("template", template)
    template_.add_argument("file", type=Path, help=roster.explained("file"))
    template_.add_argument("--lang", choices=LANGUAGES, help=roster.explained("lang"))


def template(terminal: Terminal, chosen: Namespace) -> int:
    terminal.language = chosen.lang or terminal.language
    write_form(terminal, chosen.file)
    terminal.say("cli.roster_written", path=chosen.file, name=chosen.file.name)
    return 0


def write_form(terminal: Terminal, file: Path) -> None:
    """An empty roster in the terminal's language. Raises CannotStart rather than write over anything."""
    if file.suffix.lower() != ENDING:
        raise CannotStart("form.ending", path=file, better=file.with_suffix(ENDING).name)
    content = roster_form(terminal.words)
    try:
        with file.open("xb") as new:
            new.write(content)
    except FileExistsError:
        raise CannotStart("form.exists", path=file) from None
    except OSError as wrong:
        raise CannotStart("form.no_place", path=file, cause=wrong.strerror) from None
