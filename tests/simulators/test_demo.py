"""make demo-wecom: a real start, the clock moved by the page's buttons, a card tapped, and a clean end."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.commands.running import CHECKOUT
from bot.config.load import read
from tests.faults.test_callback_loss import free_port
from tests.simulators.demo import written
from tests.simulators.wecom import Corp


@asynccontextmanager
async def demo(port: int) -> AsyncGenerator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", "tests.simulators.demo", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Page:
    """What the page asks and does."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session, self._url = session, f"http://127.0.0.1:{port}/control"

    async def act(self, deed: str, **body: Any) -> Any:
        async with self._session.post(f"{self._url}/{deed}", json=body) as response:
            return await response.json()

    async def lines(self, who: str) -> list[dict[str, Any]]:
        async with self._session.get(f"{self._url}/lines/{who}") as response:
            return await response.json()


async def test_a_day_of_the_demo() -> None:
    port = free_port()
    async with demo(port) as process, aiohttp.ClientSession() as session:
        assert process.stdout
        assert str(port) in (await process.stdout.readline()).decode()
        page = Page(session, port)
        for _ in range(10):
            await page.act("move", step="hour")
        lines = await page.lines("li")
        card = next(one for one in lines if one["kind"] == "template_card")
        assert any(one["chat"] for one in lines)
        tapped = await page.act("tap", userid="li", task_id=card["task_id"], key=card["card"]["button_list"][0]["key"])
        assert "已记" in tapped["reply"]["text"]
        assert not any(one["kind"] == "template_card" for one in await page.lines("gao"))
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0


def test_the_sample_organisation_on_wecom_is_a_good_file() -> None:
    config = read(
        written((CHECKOUT / "config.example.toml").read_text("utf-8"), "http://127.0.0.1:1", Corp()), Path("x")
    )
    assert list(config.channels) == ["wecom"]
    assert {one.addresses["wecom"] for one in config.people.values()} == set(config.people)
    assert config.channels["wecom"].on_this_machine
