"""A share-back that waits: she is reminded every two weeks, her home secretary hears when its day is over."""

from bot.learning import sharing
from bot.work import Work


def ring(work: Work, subject: str) -> None:
    branch_id, _, member_id = subject.partition("|")
    one, member = work.tables.share_backs.get(branch_id, member_id), work.tables.members.get(member_id)
    if one is None or member is None or one.ended or member_id not in work.config.people:
        work.tables.alarms.put("share", subject, None)
        return
    if sharing.overdue(work, one):
        secretary = sharing.secretary_of(work, member)
        if secretary and secretary != member_id:
            facts = {"who": member.name, "due": one.due_on.isoformat(), "planned": one.state == "planned"}
            reason = f"share_late:{subject}:{work.today():%Y-%m}"
            work.owe("share_back.late", secretary, reason, filled_by=facts)
    elif one.state == "open" and not work.tables.aways.now(member_id, work.now):
        sharing.ask(work, one, member, "share_back.again", f"share_again:{subject}:{work.today()}")
    work.tables.alarms.put("share", subject, sharing.next_look(work, one))
