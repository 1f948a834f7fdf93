"""Study reminders: before and at the time, to those they are for."""

from datetime import datetime, timedelta

from bot.config.model import Study
from bot.domain import instant
from bot.domain.study import AT_ITS_TIME, next_message, steps
from bot.work import Work

LATE_START_GOOD_FOR = timedelta(hours=2)


def ring(work: Work, item: str) -> None:
    """Send what is due of the item, and say when the next message is."""
    study = work.config.study.get(item)
    if study is None:
        work.tables.alarms.put("study", item, None)
        return
    looked = work.tables.facts.moment(f"study:{item}") or work.now
    found = _next(work, study, looked)
    while found and found[0] <= work.now:
        _remind(work, item, study, *found)
        looked = found[0]
        found = _next(work, study, looked)
    work.tables.facts.put(f"study:{item}", instant.text(max(looked, work.now)))
    work.tables.alarms.put("study", item, found[0] if found else None)


def _next(work: Work, study: Study, after: datetime) -> tuple[datetime, datetime] | None:
    return next_message(study.when, study.remind, after, work.zone, work.config.calendar, study.holidays)


def _remind(work: Work, item: str, study: Study, at: datetime, starts_at: datetime) -> None:
    """A reminder found late is still said while it helps: before the start, or shortly after it."""
    before = starts_at - at
    useful_until = starts_at if before > AT_ITS_TIME else starts_at + LATE_START_GOOD_FOR
    if work.now >= useful_until:
        return
    answered = work.tables.studies.answered(item, starts_at)
    step = steps(study.remind).index(before)
    for member in sorted(_audience(work, study) - answered):
        if work.tables.aways.now(member, work.now) is None:
            work.tables.studies.remember(item, starts_at, member, study.title, study.form, work.now)
            work.owe(
                "study.now" if before == AT_ITS_TIME else "study.soon",
                member,
                f"study:{item}:{instant.text(starts_at)}:{step}:{member}",
                expires_at=useful_until,
                item=item,
                starts=instant.text(starts_at),
                title=study.title,
                form=study.form,
                at=work.local(starts_at),
                link=study.link,
            )


def _audience(work: Work, study: Study) -> set[str]:
    """Who it is for; whoever has said 不同意 in all her branches is not asked."""
    members = work.tables.members.listed()
    everyone = {one.id for one in members}
    homes = {one.id for one in members if one.home in study.audience}
    places = {
        branch.id: work.tables.members.of_branch(branch.id) for branch in work.tables.branches.all() if branch.open
    }
    away = {one.member.id for belongings in places.values() for one in belongings}
    refused = {one.member.id for belongings in places.values() for one in belongings if not one.willing}
    of_branches = {one.member.id for branch in study.audience for one in places.get(branch, [])}
    wanted = (everyone if "all" in study.audience else set[str]()) | (away if "away" in study.audience else set[str]())
    return (wanted | homes | of_branches) - refused
