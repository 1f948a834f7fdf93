"""The simulator as a program: python -m tests.simulators.wecom --port 8901 --members FILE --callback URL.

It prints one line with its address when it is ready and runs until it is ended. The members' file is JSON: a list of
{"userid": …, "name": …}. Messages go to `--callback`, whether it answers yet or not; POST
/control/callback verifies it as the console does.
"""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from tests.simulators.wecom.corp import DEMO_CORP, DEMO_KEY, DEMO_SECRET, DEMO_TOKEN, App, Corp, Member, member_of
from tests.simulators.wecom.server import simulator


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.wecom")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--members", type=Path, help="JSON file: a list of objects with userid and name")
    parser.add_argument("--callback", default="", help="the bot's address for callbacks")
    parser.add_argument("--corp-id", default=DEMO_CORP)
    parser.add_argument("--agent", type=int, default=1000002)
    parser.add_argument("--secret", default=DEMO_SECRET)
    parser.add_argument("--token", default=DEMO_TOKEN)
    parser.add_argument("--aes-key", default=DEMO_KEY)
    parser.add_argument("--name", default="连心")
    return parser.parse_args()


def _members(file: Path | None) -> list[Member]:
    if file is None:
        return [Member("chen", "陈晨"), Member("li", "李娜"), Member("wang", "王芳", plugin=True)]
    return [member_of(one) for one in json.loads(file.read_text("utf-8"))]


async def _run(arguments: argparse.Namespace) -> None:
    app = App(
        agentid=arguments.agent,
        secret=arguments.secret,
        name=arguments.name,
        token=arguments.token,
        aes_key=arguments.aes_key,
        callback_url=arguments.callback,
    )
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    corp = Corp(arguments.corp_id, app=app)
    async with simulator(_members(arguments.members), corp=corp, host=arguments.host, port=arguments.port) as wecom:
        sys.stdout.write(f"WeCom simulator: {wecom.url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
