"""The bot as it must not be: it acknowledges what is not on the disk yet (synchronous=NORMAL). A test's control."""

import sys

from bot import __main__
from bot.store import sqlite_file

sqlite_file.SETTINGS = tuple(
    (name, "NORMAL", 1) if name == "synchronous" else (name, wish, found) for name, wish, found in sqlite_file.SETTINGS
)

if __name__ == "__main__":
    sys.exit(__main__.main())
