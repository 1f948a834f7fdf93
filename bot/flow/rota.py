"""The rota's morning: whose turn has come hears so, who will be away is replaced, what is soon is reminded of."""

from datetime import datetime, time, timedelta

from bot.domain import instant
from bot.learning import rota
from bot.work import Work

MORNING = time(9, 0)


def ring(work: Work, item: str) -> None:
    study = work.config.study.get(item)
    if study is None or not study.speakers:
        work.tables.alarms.put("rota", item, None)
        return
    able = set(rota.people(work, item, study))
    for session in rota.ahead(work, item, study):
        if not session.speaker:
            rota.assign(work, item, study, session)
        elif session.speaker in able & rota.away_then(work, session.starts_at):
            rota.replace_away(work, item, study, session)
        elif session.starts_at - work.now <= rota.MATERIAL_BY:
            reason = f"rota_soon:{item}:{instant.text(session.starts_at)}:{session.speaker}"
            starts = instant.text(session.starts_at)
            told = {**rota.facts(work, session, session.speaker), "material": session.material, "starts": starts}
            work.owe("rota.soon", session.speaker, reason, expires_at=session.starts_at, filled_by=told)
    work.tables.alarms.put("rota", item, _next_morning(work))


def _next_morning(work: Work) -> datetime:
    today = instant.start_of(instant.day_of(work.now, work.zone), work.zone, MORNING)
    return today if today > work.now else today + timedelta(days=1)
