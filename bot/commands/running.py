"""Running the bot, and the demo."""

import asyncio
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot.app import Bot
from bot.clock import RunningClock, StillClock
from bot.commands.checking import mind_the_past
from bot.commands.terminal import Terminal, Verbs, log_to_stderr
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.demo import Buttons, first_morning, go_on, prepare
from bot.domain import instant
from bot.errors import CannotStart
from bot.flow.reconcile import ALIVE
from bot.opening import check_key, open_bot
from bot.reload import Reloader
from bot.render import SENTENCES, Renderer
from bot.serve import closing_store, serve
from bot.store.tables import Tables
from bot.wording import renderer_for

FASTEST = 1_000_000
CHECKOUT = Path(__file__).parents[2]


def add_verbs(verbs: Verbs) -> None:
    verbs.add("demo", demo).add_argument("--port", type=int, default=0, help=verbs.explained("port"))
    added = verbs.add("run", run)
    added.add_argument("--config", type=Path, default=Path("config.toml"), help=verbs.explained("config"))
    added.add_argument("--start", help=verbs.explained("start"))
    added.add_argument("--speed", type=float, default=1.0, help=verbs.explained("speed"))
    added.add_argument("--only-admins", action="store_true", help=verbs.explained("only_admins"))
    added.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])


def run(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.config)
    terminal.language = config.language
    log_to_stderr(chosen.log_level)
    clock = _clock(chosen.start, chosen.speed)
    renderer = renderer_for(config, chosen.config, SENTENCES)
    return asyncio.run(_run(terminal, config, clock, renderer, chosen.config, only_admins=chosen.only_admins))


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


async def _run(
    terminal: Terminal, config: Config, clock: RunningClock, renderer: Renderer, file: Path, *, only_admins: bool
) -> int:
    database, key_file = store_path(config, file), key_path(config, file)
    bot = open_bot(config, database, key_file, clock, renderer)
    bot.only_admins = only_admins

    async def work() -> int:
        await check_key(bot, key_file)
        refuse_real_channels(bot, clock)
        await _go_on(terminal, bot, clock)
        mind_the_past(terminal, config, clock.now())
        reloader = Reloader(bot, file)
        await reloader.begin()
        await _say_what_waits(terminal, bot, file)
        ready: Callable[[], None] = lambda: terminal.say("cli.running", url=config.server.public_url)  # noqa: E731
        return await serve(bot, config.server.listen, reloader, database, ready=ready)

    return await closing_store(bot, work)


async def _say_what_waits(terminal: Terminal, bot: Bot, file: Path) -> None:
    """Before anything goes out over a real channel for the first time."""
    if bot.only_admins:
        terminal.say("sending.only_admins")
    elif found := await bot.ask_before_first_send():
        terminal.say("sending.cli_first", people=len(found.names), path=file)


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
    log_to_stderr("WARNING")
    port = chosen.port or int(config.server.listen.rsplit(":", 1)[1])
    return asyncio.run(_demo(terminal, config, file, f"127.0.0.1:{port}"))


async def _demo(terminal: Terminal, config: Config, file: Path, listen: str) -> int:
    """The demo's own store lies beside its file, whatever the file says; its clock goes on where it was left."""
    clock = StillClock(first_morning(config))
    key_file = file.parent / "data" / "lianxin.key"
    database = file.parent / "data" / "lianxin.db"
    bot = open_bot(config, database, key_file, clock, renderer_for(config, file, SENTENCES))

    async def work() -> int:
        bot.shown_at = f"http://{listen}"
        bot.go_by(config)
        await check_key(bot, key_file)
        await go_on(bot, clock)
        reloader = Reloader(bot, file)
        await reloader.begin()
        await bot.beat()
        buttons = Buttons(bot, clock)
        url = f"http://{listen}/demo"
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        try:
            ready: Callable[[], None] = lambda: terminal.say("cli.demo", url=url, file=shown)  # noqa: E731
            return await serve(bot, listen, reloader, database, buttons, ready)
        finally:
            await buttons.stop()

    return await closing_store(bot, work)
