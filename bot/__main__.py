"""The `lianxin` command: parsing only."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import commands
from bot.commands import Terminal
from bot.errors import LianxinError


def main(words: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 2 something for whoever called to mend, 1 the program broke off."""
    terminal = Terminal()
    chosen = _parser(terminal).parse_args(words)
    try:
        return chosen.run(terminal, chosen)
    except LianxinError as error:
        terminal.complain(error)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser(terminal: Terminal) -> argparse.ArgumentParser:
    def explained(name: str) -> str:
        return terminal.words(f"cli.help_{name}")

    def verb(name: str, run: commands.Verb) -> argparse.ArgumentParser:
        text = explained(name.replace("-", "_"))
        added: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    parser = argparse.ArgumentParser(prog="lianxin", description=explained("lianxin"))
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    verb("demo", commands.demo).add_argument("--port", type=int, default=0, help=explained("port"))
    run = verb("run", commands.run)
    run.add_argument("--config", type=Path, default=Path("config.toml"), help=explained("config"))
    run.add_argument("--start", help=explained("start"))
    run.add_argument("--speed", type=float, default=1.0, help=explained("speed"))
    run.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    verb("check", commands.check).add_argument("file", type=Path)
    verb("gate", commands.gate).add_argument("--config", type=Path, help=explained("gate_words"))
    link = verb("phone-link", commands.phone_link)
    link.add_argument("file", type=Path)
    link.add_argument("member", help=explained("member"))
    link.add_argument("--days", type=int, default=30, help=explained("days"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
