"""The `lianxin` command: the table of its verbs."""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.commands import (
    agenda,
    checking,
    exporting,
    init,
    keeping,
    links,
    planning,
    roster,
    running,
    sentences,
)
from bot.commands.terminal import Terminal, Verbs
from bot.errors import LianxinError

# In the order that `lianxin --help` shows them. Each adds its verbs with their options.
ROOMS = (running, init, checking, sentences, roster, planning, agenda, links, exporting, keeping)


def main(words: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 2 something for whoever called to mend, 1 the program broke off."""
    terminal = Terminal()
    chosen = parser(terminal).parse_args(words)
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


def parser(terminal: Terminal) -> argparse.ArgumentParser:
    """All verbs with their options, explained in the terminal's language."""
    whole = argparse.ArgumentParser(prog="lianxin", description=terminal.words("cli.help_lianxin"))
    verbs = Verbs(terminal, whole)
    for room in ROOMS:
        room.add_verbs(verbs)
    return whole


if __name__ == "__main__":
    sys.exit(main())
