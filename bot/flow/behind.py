"""A platform's check: whoever is behind what the unit plans for the year hears so, privately, once, with an offer."""

from datetime import date

from bot.domain import instant
from bot.domain.progress import behind, plain, total
from bot.flow.bulletins import rung
from bot.work import Work


def ring(work: Work, id_: str) -> None:
    platform = work.config.platforms.get(id_)
    schedule = platform.check if platform and platform.goal else None
    due, following = rung(work, "behind", schedule, id_)
    if platform is None or platform.goal is None or due is None:
        return
    day = instant.day_of(due, work.zone)
    passed = _passed(day)
    for member_id, steps in work.tables.progress.of_year(id_, day.year).items():
        member, done = work.tables.members.get(member_id), total(steps)
        listed = member is not None and member_id in work.config.people
        if member and listed and behind(done, platform.goal, passed):
            told = {"platform": platform.named(member.language), "unit": platform.unit}
            told |= {"done": plain(done), "planned": round(platform.goal * passed), "link": platform.link}
            reason = f"behind:{id_}:{instant.text(due)}:{member_id}"
            work.owe("study.behind", member_id, reason, expires_at=following, filled_by=told)


def _passed(day: date) -> float:
    """How much of the year is over."""
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return (day - first).days / (following - first).days
