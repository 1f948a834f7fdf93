"""Where the bot's files lie, as far as the settings say it: a slip elsewhere in them must not cost a night's backup."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import fields, model
from bot.config.load import load
from bot.config.source import decode, parse
from bot.errors import Unreadable

STORE = model.StorePlace()
TIME_ZONE = next(one.default for one in dataclasses.fields(model.Config) if one.name == "time_zone")


@dataclass(frozen=True, slots=True)
class Places:
    """`roster`: the workbook the settings name, whether it is there or not; None: they name none."""

    config: Path
    database: Path
    key_file: Path
    roster: Path | None
    language: str
    zone: ZoneInfo


def places(file: Path) -> Places:
    """Raises ConfigBroken with every problem if not even that much can be read."""
    try:
        return places_in(file.read_bytes(), file)
    except (OSError, Unreadable):
        load(file)
        raise


def places_in(content: bytes, file: Path) -> Places:
    """Where they would lie if `file` had that content. Raises Unreadable."""
    return _read(file, parse(decode(content)))


def _read(file: Path, document: dict[str, Any]) -> Places:
    store, roster = fields.table(document.get("store", {})), fields.table(document.get("roster", {}))
    url = fields.store_url(store.get("url", STORE.url))
    return Places(
        config=file,
        database=file.parent / url.removeprefix("sqlite:"),
        key_file=file.parent / fields.word(store.get("key_file", STORE.key_file)),
        roster=file.parent / fields.word(roster["file"]) if "file" in roster else None,
        language="en" if document.get("language") == "en" else "zh",
        zone=ZoneInfo(fields.time_zone(document.get("time_zone", TIME_ZONE))),
    )
