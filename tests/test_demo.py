"""The demo: the sample organisation, moved by buttons."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Bot
from bot.clock import StillClock
from bot.config.load import load
from bot.demo import Buttons, first_morning, go_on, prepare
from bot.opening import check_key, open_bot
from tests.town import town

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[tuple[Bot, StillClock, Buttons]]:
    config = load(CHECKOUT / "config.example.toml")
    clock = StillClock(first_morning(config))
    bot = open_bot(config, tmp_path / "demo.db", tmp_path / "demo.key", clock)
    await check_key(bot, tmp_path / "demo.key")
    await go_on(bot, clock)
    await bot.apply()
    await bot.beat()
    yield bot, clock, Buttons(bot, clock)
    await bot.store.close()


async def test_the_sample_is_copied_once_and_then_left_to_whoever_edits_it(tmp_path: Path) -> None:
    (tmp_path / "config.example.toml").write_text("first", "utf-8")
    file = prepare(tmp_path)
    file.write_text("mine", "utf-8")
    assert prepare(tmp_path).read_text("utf-8") == "mine"
    assert file.is_relative_to(tmp_path)


async def test_next_event_goes_on_to_where_some_phone_rings(stage: tuple[Bot, StillClock, Buttons]) -> None:
    _, _, buttons = stage
    hours: list[str] = []
    for _ in range(3):
        await buttons.move("next")
        hours.append((await buttons.state())["now"][5:16])
    assert hours == ["03-02T17:40", "03-03T13:40", "03-03T17:40"]


async def test_a_day_passes_event_by_event(stage: tuple[Bot, StillClock, Buttons]) -> None:
    bot, _, buttons = stage
    await buttons.move("day")
    said = await bot.store.read(lambda tx: tx.all("SELECT kind FROM outbox WHERE state = 'taken'"))
    assert "report.question" in {row["kind"] for row in said}


async def test_a_clock_that_runs_is_stopped_by_the_next_press(stage: tuple[Bot, StillClock, Buttons]) -> None:
    _, _, buttons = stage
    await buttons.move("run")
    assert (await buttons.state())["running"]
    await buttons.move("hour")
    assert not (await buttons.state())["running"]


async def test_the_hour_is_remembered_for_the_next_start(stage: tuple[Bot, StillClock, Buttons]) -> None:
    bot, clock, buttons = stage
    await buttons.move("hour")
    again = StillClock(first_morning(bot.config))
    await go_on(bot, again)
    assert again.now() == clock.now()


async def test_links_lead_to_where_the_demo_is_served_whatever_the_file_says() -> None:
    async with town() as t:
        t.bot.shown_at = "http://127.0.0.1:8155"
        t.bot.go_by(t.bot.config)
        assert "http://127.0.0.1:8155/phone/chen/my-records.html?key=" in await t.talk("chen", "我的数据")
