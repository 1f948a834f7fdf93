"""Where commands print to, and what a command is."""

import argparse
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import Protocol

from bot.config.load import problem_lines
from bot.errors import ConfigBroken, LianxinError
from bot.render import SENTENCES, Renderer


class Terminal:
    """In the language of the file, or else of the terminal."""

    def __init__(self) -> None:
        self.language = "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"
        self.renderer = Renderer(SENTENCES)

    def words(self, key: str, **facts: object) -> str:
        return self.words_in(self.language, key, **facts)

    def words_in(self, language: str, key: str, **facts: object) -> str:
        return self.renderer.say(language, key, facts)

    def say(self, key: str, **facts: object) -> None:
        print(self.words(key, **facts), flush=True)  # noqa: T201

    def aside(self, key: str, **facts: object) -> None:
        """To standard error, where standard output is what was asked for."""
        self._complain(key, facts)

    def complain(self, error: LianxinError) -> None:
        """One sentence a line, to standard error: what is wrong and what to do."""
        self._complain(error.key, error.facts)
        if isinstance(error, ConfigBroken):
            for problem, facts in problem_lines(error):
                self._complain(problem.key, facts)

    def _complain(self, key: str, facts: Mapping[str, object]) -> None:
        print(self.words(key, **facts), file=sys.stderr)  # noqa: T201


class Bar:
    """How far a long command is, where somebody looks on: one line on the terminal, gone at the end."""

    WIDTH = 24

    def __init__(self, terminal: Terminal, key: str, steps: int) -> None:
        self._text, self._steps, self._done = terminal.words(key), steps, 0
        self._seen = sys.stderr.isatty()

    def __enter__(self) -> "Bar":
        self._draw()
        return self

    def step(self) -> None:
        self._done += 1
        self._draw()

    def __exit__(self, *_: object) -> None:
        if self._seen:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _draw(self) -> None:
        if self._seen:
            full = self.WIDTH * min(self._done, self._steps) // self._steps
            sys.stderr.write(f"\r{self._text} [{'#' * full}{'.' * (self.WIDTH - full)}]")
            sys.stderr.flush()


class Verb(Protocol):
    def __call__(self, terminal: Terminal, chosen: Namespace, /) -> int: ...


class Verbs:
    """Adds verbs to the command; what each does and what its options mean is said by templates/say, family cli."""

    def __init__(self, terminal: Terminal, parser: argparse.ArgumentParser, of: str = "") -> None:
        self._terminal, self._of = terminal, of
        self._verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    def explained(self, name: str) -> str:
        return self._terminal.words(f"cli.help_{self._of}{name}")

    def group(self, name: str) -> "Verbs":
        """Verbs behind a word: `lianxin roster template`."""
        text = self.explained(name)
        return Verbs(self._terminal, self._verbs.add_parser(name, help=text, description=text), f"{name}_")

    def add(self, name: str, run: Verb) -> argparse.ArgumentParser:
        text = self.explained(name.replace("-", "_"))
        added: argparse.ArgumentParser = self._verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added


def log_to_stderr(level: str) -> None:
    """One line an event; libraries only from warnings up, since their debug lines may carry what members wrote."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger().setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    logging.getLogger("lianxin").setLevel(level)
