"""Opens the store and builds the bot on it; a database that belongs to another key is not touched."""

from pathlib import Path

from bot.app import Bot
from bot.clock import Clock
from bot.config.model import Config
from bot.errors import CannotStart
from bot.making import Make, make_all
from bot.render import SENTENCES, Renderer
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite import open_store
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import open_vault


def open_bot(
    config: Config,
    database: Path,
    key_file: Path,
    clock: Clock,
    renderer: Renderer | None = None,
    make: Make = make_all,
) -> Bot:
    """Open the store and build the bot on it; without a `renderer` it speaks as shipped. Raises CannotStart with what
    to do."""
    vault = open_vault(key_file)
    store = open_store(database, MIGRATIONS, vault, clock.now())
    try:
        return Bot(config, store, vault, clock, renderer or Renderer(SENTENCES), make)
    except BaseException:
        store.shut()
        raise


async def check_key(bot: Bot, key_file: Path) -> None:
    """A database that belongs to another key is not touched."""
    check = bot.vault.check_value()

    def unit(tx: Tx) -> bool:
        facts = Tables(tx).facts
        known = facts.setting("key_check")
        if known is None:
            facts.put("key_check", check)
        return known is None or bot.vault.matches(known)

    if not await bot.store.write(unit):
        raise CannotStart("start.wrong_key", path=key_file)
