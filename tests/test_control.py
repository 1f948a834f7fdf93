"""How a command speaks to the bot that runs."""

import asyncio
import socket
from pathlib import Path

from bot.control import Answer, Wish, ask, listening


async def asked(database: Path, answer: Answer) -> Answer | None:
    async def grant(wish: Wish) -> Answer:
        return {} if wish else answer

    async with listening(database, grant):
        return await asyncio.to_thread(ask, database, {})


async def test_an_answer_about_twenty_thousand_people_arrives_whole(tmp_path: Path) -> None:
    answer = {"changes": ["陈晓的原支部：第一党支部 → 第二党支部"] * 20_000}
    assert await asked(tmp_path / "town.db", answer) == answer


async def test_whoever_asks_hears_when_it_broke(tmp_path: Path) -> None:
    async def grant(wish: Wish) -> Answer:
        raise ValueError(wish)

    async with listening(tmp_path / "town.db", grant):
        assert await asyncio.to_thread(ask, tmp_path / "town.db", {}) == {"error": "ValueError"}


async def test_where_the_path_is_too_long_for_a_socket_nobody_is_asked(tmp_path: Path) -> None:
    assert await asked(tmp_path / ("x" * 100) / "town.db", {}) is None


async def test_the_socket_of_a_bot_that_was_killed_is_nobody_s(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "town.db.sock"))
    assert ask(tmp_path / "town.db", {}) is None
    assert await asked(tmp_path / "town.db", {"state": "same"}) == {"state": "same"}
