"""An answer that somebody else entered: by phone, or from a sheet of paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Way = Literal["", "phone", "paper", "own"]


@dataclass(frozen=True, slots=True)
class Entered:
    """`way`: nobody but herself; by phone; from paper; `own`: she has changed it herself since. `by`: an id."""

    way: Way = ""
    by: str = ""
    at: datetime | None = None

    @property
    def by_proxy(self) -> bool:
        """It stands as somebody else entered it."""
        return self.way in ("phone", "paper")


BY_HERSELF = Entered()
