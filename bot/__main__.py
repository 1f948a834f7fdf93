"""The `lianxin` command: the table of its verbs."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from bot.commands.terminal import Terminal, Verbs
from bot.errors import LianxinError

# In the order that `lianxin --help` shows them: each room of bot/commands with the verbs it adds.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "running": ("demo", "run"),
    "init": ("init",),
    "checking": ("check", "gate"),
    "sentences": ("sentences",),
    "roster": ("roster",),
    "planning": ("plan", "apply"),
    "confirming": ("confirm",),
    "doctoring": ("doctor",),
    "agenda": ("calendar",),
    "links": ("phone-link",),
    "exporting": ("export",),
    "papers": ("sheet", "import"),
    "keeping": ("backup", "restore"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 2 something for whoever called to mend, 1 the program broke off or (apply)
    nothing was applied."""
    terminal, typed = Terminal(), sys.argv[1:] if words is None else words
    chosen = parser(terminal, typed[0] if typed else "").parse_args(typed)
    try:
        code = chosen.run(terminal, chosen)
        sys.stdout.flush()
    except LianxinError as error:
        terminal.complain(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads what is printed has seen enough: `lianxin calendar config.toml | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    else:
        return code


def parser(terminal: Terminal, verb: str = "") -> argparse.ArgumentParser:
    """The verb with its options, or all of them, explained in the terminal's language. Only the rooms that are
    needed are imported: to check a file no server has to be loaded."""
    whole = argparse.ArgumentParser(prog="lianxin", description=terminal.words("cli.help_lianxin"))
    verbs = Verbs(terminal, whole)
    for room in [room for room, own in ROOMS.items() if verb in own] or ROOMS:
        import_module(f"bot.commands.{room}").add_verbs(verbs)
    return whole


if __name__ == "__main__":
    sys.exit(main())
