"""The `lianxin` command: parsing only."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import commands
from bot.commands import Terminal
from bot.errors import LianxinError


def main(words: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 2 something for whoever called to mend, 1 the program broke off."""
    terminal = Terminal()
    chosen = _parser().parse_args(words)
    try:
        return chosen.run(terminal, chosen)
    except LianxinError as error:
        terminal.complain(error)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lianxin", description="连心")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    _verb(verbs, "demo", commands.demo, "a sample organisation with a clock you move / 演示").add_argument(
        "--port", type=int, default=0, help="another port than the file's"
    )
    run = _verb(verbs, "run", commands.run, "run the bot / 运行")
    run.add_argument("--config", type=Path, default=Path("config.toml"))
    run.add_argument("--start", help="let the clock start at this time, e.g. 2026-03-02T17:00+08:00")
    run.add_argument("--speed", type=float, default=1.0, help="how fast the clock runs, from --start on")
    run.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    check = _verb(verbs, "check", commands.check, "is the file fine? 0 fine, 2 broken / 检查配置")
    check.add_argument("file", type=Path)
    gate = _verb(verbs, "gate", commands.gate, "lines from standard input: pass, or refuse RULE / 试保密闸门")
    gate.add_argument("--config", type=Path, help="with this file's [gate] words")
    link = _verb(verbs, "phone-link", commands.phone_link, "a member's signed link to the web chat / 成员的网页链接")
    link.add_argument("file", type=Path)
    link.add_argument("member")
    link.add_argument("--days", type=int, default=30)
    return parser


def _verb(verbs: Any, name: str, run: commands.Verb, explained: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=explained, description=explained)
    verb.set_defaults(run=run)
    return verb


if __name__ == "__main__":
    sys.exit(main())
