"""After a restore: who answers for something hears since when what was said is missing."""

from bot.domain import instant
from bot.store.sqlite_copy import RESTORED
from bot.work import Work


def tell_restored(work: Work) -> None:
    """Once after each restore. What was answered since is asked again; who seems silent may have answered."""
    since = work.tables.facts.moment(RESTORED)
    if since is None:
        return
    told = f"restored:{instant.text(since)}:{instant.text(work.now)}"
    for member in sorted({*work.config.admins, *work.tables.branches.on_duty()}):
        work.owe("backup.restored", member, f"{told}:{member}", since=work.local(since), until=work.local(work.now))
    work.tables.facts.note("restored", work.now, note=instant.text(since))
    work.tables.facts.put(RESTORED, "")
