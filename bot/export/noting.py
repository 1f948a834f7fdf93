"""Who took what out of the store: one line in a file beside it, since the bot alone writes into the store."""

import getpass
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.domain import instant
from bot.errors import CannotStart


def note(database: Path, now: datetime, facts: Mapping[str, object]) -> Path:
    """On disk before the first row is read: what cannot be noted is not exported."""
    file = database.with_name(f"{database.stem}.exports.log")
    line = json.dumps({"at": instant.text(now), "by": getpass.getuser(), **facts}, ensure_ascii=False)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as noted:
            noted.write(line.encode() + b"\n")
            noted.flush()
            os.fsync(noted.fileno())
    except OSError as error:
        raise CannotStart("export.not_noted", path=str(file), reason=error.strerror) from error
    return file
