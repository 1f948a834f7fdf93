"""A unit on disk: the town with its settings in a folder, for commands given beside it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.__main__ import main
from tests.town import MORNING, Town, town, town_with

STORE = '\n[store]\nurl = "sqlite:town.db"\nkey_file = "town.key"\n'
ASKED = "2026-03-02 17:40"


def settings(folder: Path, *changes: tuple[str, str], more: str = "") -> Path:
    file = folder / "config.toml"
    file.write_text(town_with(*changes, more=STORE + more), "utf-8")
    return file


@asynccontextmanager
async def unit(folder: Path, at: str = MORNING, *changes: tuple[str, str], more: str = "") -> AsyncGenerator[Town]:
    """Running; commands given inside run beside it."""
    file = settings(folder, *changes, more=more)
    async with town(file.read_text("utf-8"), at, folder) as t:
        yield t


def lianxin(*words: object) -> int:
    """A command, by its exit code."""
    return main([str(word) for word in words])


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*.zip"))


async def backed_up(folder: Path, *said: tuple[str, str]) -> Path:
    """A unit that was asked, has said that, and is stopped; its one backup."""
    async with unit(folder) as t:
        await t.until(ASKED)
        for who, text in said:
            await t.talk(who, text)
        assert lianxin("backup", folder / "config.toml") == 0
    return backups(folder)[-1]
