"""make demo-wecom: the real bot on the sample organisation, joined by real HTTP to the simulator of WeCom, whose page
plays everybody's client and moves the clock.

Everything it writes lies in demo/wecom of the checkout; nothing leaves this machine.
"""

import argparse
import asyncio
import os
import re
import shutil
import signal
import sys
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bot.app import Bot
from bot.clock import StillClock
from bot.commands.running import CHECKOUT
from bot.commands.terminal import Terminal
from bot.config.load import load
from bot.config.model import Config
from bot.demo import Buttons, first_morning
from bot.desk import BotDesk
from bot.errors import LianxinError
from bot.making import make_all
from bot.opening import check_key, open_bot
from bot.render import SENTENCES
from bot.serve import listen_on
from bot.web.server import build
from bot.wording import renderer_for
from tests.simulators.wecom import App, Corp, Member, Wecom, simulator

IN_WECHAT = "gao"  # reads in personal WeChat: text only
ONE_LINE = re.compile(r"(?m)^([a-z]+)( *= \{ )(?=name = )")


def written(example: str, api: str, corp: Corp) -> str:
    """The sample file with WeCom in place of the web chat; everybody's account is her id."""
    head, rest = example.split("[channels.chat]", 1)
    rest = rest.split("# ---- 花名册", 1)[1]
    keys = f'corp_id = "{corp.corp_id}"\nagent_id = {corp.app.agentid}\napi_base = "{api}"\n'
    people = ONE_LINE.sub(r'\1\2wecom = "\1", ', rest).replace('chat     = "lin"', 'wecom    = "lin"')
    people = people.replace('= "chat"', '= "wecom"')
    return f'{head}[channels.wecom]\nkind = "wecom"\n{keys}\n# ---- 花名册{people}'


def fresh_folder() -> Path:
    """The demo begins anew each time: platform and bot have to remember the same."""
    folder = CHECKOUT / "demo" / "wecom"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def members(config: Config) -> list[Member]:
    return [Member(id_, one.name, plugin=id_ == IN_WECHAT) for id_, one in config.people.items()]


async def run(port: int, terminal: Terminal) -> None:
    folder, corp = fresh_folder(), Corp(app=App(name="连心"))
    for name, value in {"SECRET": corp.app.secret, "TOKEN": corp.app.token, "AES_KEY": corp.app.aes_key}.items():
        os.environ[f"WECOM_{name}"] = value
    async with AsyncExitStack() as stack:
        wecom = await stack.enter_async_context(simulator(corp=corp, port=port))
        file = folder / "config.toml"
        file.write_text(written((CHECKOUT / "config.example.toml").read_text("utf-8"), wecom.url, corp), "utf-8")
        config = load(file)
        wecom.corp.add(members(config))
        await _serve(terminal, wecom, config, file, stack)


async def _serve(terminal: Terminal, wecom: Wecom, config: Config, file: Path, stack: AsyncExitStack) -> None:
    clock = StillClock(first_morning(config))
    wecom.world.now = clock.now
    place = file.parent / "data"
    make = partial(make_all, monotonic=lambda: clock.now().timestamp())  # a token ages by the clock that is moved
    words = renderer_for(config, file, SENTENCES)
    bot = open_bot(config, place / "lianxin.db", place / "lianxin.key", clock, words, make)
    stack.push_async_callback(bot.store.close)
    stack.push_async_callback(bot.close)
    await check_key(bot, place / "lianxin.key")
    site = await listen_on(build(BotDesk(bot)), "127.0.0.1:0")
    stack.push_async_callback(site.cleanup)
    wecom.corp.app.callback_url = f"http://127.0.0.1:{site.addresses[0][1]}/callback/wecom"
    buttons = Buttons(bot, clock, lambda: _newest(wecom))
    stack.push_async_callback(buttons.stop)
    wecom.move = buttons.move
    await bot.apply()
    beating = asyncio.create_task(_beat_when_woken(bot))
    stack.callback(beating.cancel)
    terminal.say("cli.demo_wecom", url=wecom.url)
    await _until_stopped()


async def _newest(wecom: Wecom) -> int:
    return max(wecom.record.last().values(), default=0)


async def _beat_when_woken(bot: Bot) -> None:
    """What is said is followed up at once, though the clock stands still."""
    while True:
        bot.woken.clear()
        await bot.beat()
        await bot.woken.wait()


async def _until_stopped() -> None:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    await stop.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo-wecom")
    parser.add_argument("--port", type=int, default=8080)
    terminal = Terminal()
    port: int = parser.parse_args().port
    try:
        asyncio.run(run(port, terminal))
    except LianxinError as error:
        terminal.complain(error)
        return 2
    except OSError as error:
        print(terminal.words("start.port_in_use", listen=f"127.0.0.1:{port}", port=port), error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
