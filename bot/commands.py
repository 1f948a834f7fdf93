"""What each command does."""

import asyncio
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.app import SENTENCES, Bot, check_key, open_bot
from bot.clock import RunningClock, StillClock
from bot.config.load import key_path, load, problem_lines, store_path
from bot.config.model import Config
from bot.demo import Buttons, first_morning, go_on, prepare
from bot.domain import instant
from bot.domain.gate import compile_words, scan
from bot.errors import CannotStart, ConfigBroken, LianxinError
from bot.flow.reconcile import ALIVE
from bot.render import Renderer
from bot.serve import closing_store, serve
from bot.store.tables import Tables
from bot.store.vault import open_vault
from bot.web import session

FASTEST = 1_000_000
CHECKOUT = Path(__file__).parent.parent


class Terminal:
    """Where commands print to, in the language of the file, or else of the terminal."""

    def __init__(self) -> None:
        self.language = "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"
        self._renderer = Renderer(SENTENCES)

    def words(self, key: str, **facts: object) -> str:
        return self._renderer.say(self.language, key, facts)

    def say(self, key: str, **facts: object) -> None:
        print(self.words(key, **facts), flush=True)  # noqa: T201

    def complain(self, error: LianxinError) -> None:
        """One sentence a line, to standard error: what is wrong and what to do."""
        self._complain(error.key, error.facts)
        if isinstance(error, ConfigBroken):
            for problem, facts in problem_lines(error):
                self._complain(problem.key, facts)

    def _complain(self, key: str, facts: Mapping[str, object]) -> None:
        print(self.words(key, **facts), file=sys.stderr)  # noqa: T201


class Verb(Protocol):
    def __call__(self, terminal: Terminal, chosen: Namespace, /) -> int: ...


def check(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = config.language
    terminal.say("cli.fine", path=chosen.file, people=len(config.people), branches=len(config.branches))
    _mind_the_past(terminal, config, clocks.real())
    return 0


def _mind_the_past(terminal: Terminal, config: Config, now: datetime) -> None:
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


def phone_link(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = config.language
    if chosen.member not in config.people:
        raise CannotStart("cli.unknown_member", member=chosen.member, path=chosen.file)
    vault = open_vault(key_path(config, chosen.file))
    path = session.link(vault, chosen.member, chosen.days)
    print(config.server.public_url.rstrip("/") + path)  # noqa: T201
    return 0


def run(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.config)
    terminal.language = config.language
    _log_to_stderr(chosen.log_level)
    clock = _clock(chosen.start, chosen.speed)
    places = store_path(config, chosen.config), key_path(config, chosen.config)
    return asyncio.run(_run(terminal, config, clock, *places))


def _start(text: str | None) -> datetime | None:
    try:
        start = datetime.fromisoformat(text) if text else None
    except ValueError:
        start = None
    if text and (start is None or start.tzinfo is None):
        raise CannotStart("cli.bad_start", found=text)
    return start


def _clock(start: str | None, speed: float) -> RunningClock:
    """The machine's hour, unless told to start elsewhere or to run fast."""
    if not 0 < speed < FASTEST:
        raise CannotStart("cli.bad_speed", fastest=FASTEST)
    begins = _start(start)
    return RunningClock(begins or clocks.real(), speed) if begins or speed != 1 else RunningClock()


async def _run(terminal: Terminal, config: Config, clock: RunningClock, database: Path, key_file: Path) -> int:
    bot = open_bot(config, database, key_file, clock)

    async def work() -> int:
        await check_key(bot, key_file)
        refuse_real_channels(bot, clock)
        await _go_on(terminal, bot, clock)
        _mind_the_past(terminal, config, clock.now())
        await bot.apply()
        ready: Callable[[], None] = lambda: terminal.say("cli.running", url=config.server.public_url)  # noqa: E731
        return await serve(bot, config.server.listen, ready=ready)

    return await closing_store(bot, work)


async def _go_on(terminal: Terminal, bot: Bot, clock: RunningClock) -> None:
    """What has been said has been said: a clock behind it would say it again, or nothing at all."""
    left = await bot.store.read(lambda tx: Tables(tx).facts.moment(ALIVE))
    if left and clock.now() < left:
        clock.go_on_from(left)
        key = "cli.goes_on" if clock.now() >= left else "cli.clock_behind"
        terminal.say(key, left=instant.local(left, ZoneInfo(bot.config.time_zone)))


def refuse_real_channels(bot: Bot, clock: RunningClock) -> None:
    """A clock of one's own would send the wrong hour's messages to real people."""
    for name, channel in bot.channels.items():
        if channel.can.reaches_outside and not clock.real:
            raise CannotStart("cli.real_channel", channel=name)


def demo(terminal: Terminal, chosen: Namespace) -> int:
    file = prepare(CHECKOUT)
    config = load(file)
    terminal.language = config.language
    _log_to_stderr("WARNING")
    port = chosen.port or int(config.server.listen.rsplit(":", 1)[1])
    return asyncio.run(_demo(terminal, config, file, f"127.0.0.1:{port}"))


async def _demo(terminal: Terminal, config: Config, file: Path, listen: str) -> int:
    """The demo's own store lies beside its file, whatever the file says; its clock goes on where it was left."""
    clock = StillClock(first_morning(config))
    key_file = file.parent / "data" / "lianxin.key"
    bot = open_bot(config, file.parent / "data" / "lianxin.db", key_file, clock)

    async def work() -> int:
        await check_key(bot, key_file)
        await go_on(bot, clock)
        await bot.apply()
        await bot.beat()
        buttons = Buttons(bot, clock)
        url = f"http://{listen}/demo"
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        try:
            return await serve(bot, listen, buttons, lambda: terminal.say("cli.demo", url=url, file=shown))
        finally:
            await buttons.stop()

    return await closing_store(bot, work)


def _log_to_stderr(level: str) -> None:
    """One line an event; libraries only from warnings up, since their debug lines may carry what members wrote."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger().setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    logging.getLogger("lianxin").setLevel(level)
