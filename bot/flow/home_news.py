"""The week's hour of home news: one message to each of those who are away, and none where nothing was written."""

from bot import home_news
from bot.flow.bulletins import rung
from bot.summary import name_of
from bot.work import Work


def ring(work: Work, _: str) -> None:
    due, following = rung(work, home_news.ALARM, work.config.digest.news)
    if due is None:
        return
    for home in work.config.homes:
        kept = work.tables.news.kept(home)
        facts = {
            "home": work.config.homes[home].name,
            "items": [{"by": name_of(work, one.writer), "words": one.words} for one in kept],
        }
        for branch, member in home_news.readers(work, home) if kept else ():
            reason = f"news:{home}:{due:%Y-%m-%d %H:%M}:{member.id}"
            work.owe("news.week", member.id, reason, branch=branch, expires_at=following, filled_by=facts)
            for writer in {one.writer for one in kept}:
                work.tables.facts.note("wrote_to", work.now, branch.id, writer, member.id)
        work.tables.news.sent(home, work.now)
