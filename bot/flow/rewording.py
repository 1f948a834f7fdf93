"""The admins hear of each sentence of the unit's own that could not be said, once."""

import hashlib
from collections.abc import Sequence

from bot.overrides import News
from bot.work import Work

MOST = 5


def tell(work: Work, news: Sequence[News]) -> None:
    """One by one, or of so many only how many: `check` names them all."""
    if len(news) <= MOST:
        for one in news:
            work.owe_admins(one.kind, one.reason, **one.facts)
        return
    whole = hashlib.sha256("\n".join(sorted(one.reason for one in news)).encode()).hexdigest()[:16]
    work.owe_admins("overrides.many", f"sentences:{whole}", count=len(news))
