"""Whether the admin's file on disk is what is in force."""

from datetime import datetime
from typing import Any

from bot.domain import instant


class FileState:
    """How the file on disk stands to what is in force."""

    def __init__(self) -> None:
        self.stale_since: datetime | None = None
        self.held = False

    def broken(self, now: datetime) -> None:
        self.stale_since, self.held = self.stale_since or now, False

    def waits(self, now: datetime) -> None:
        """Valid, but somebody has to say yes first."""
        self.stale_since, self.held = self.stale_since or now, True

    def as_health(self) -> dict[str, Any]:
        since = instant.text(self.stale_since) if self.stale_since else None
        return {"stale_since": since, "waits_for_confirmation": self.held}
