"""What comes at a time of one member's own: her hour, the end of 稍后, and her ladder after that."""

from bot.domain import instant
from bot.flow.asking import ask_once_more, hearer, owe_question, owe_silence, running
from bot.work import Work


def hour(work: Work, subject: str) -> None:
    """Her own hour has come, before or after that of the others."""
    round_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("hour", subject, None)
    work.tables.own_reports.ask(round_id, [member], work.now)
    round_, branch = running(work, round_id)
    if round_ and branch and work.now < round_.due_at and work.tables.rounds.silent(round_id, work.now, member):
        owe_question(work, branch, round_, member, f"ask:{round_id}:{member}")


def later(work: Work, subject: str) -> None:
    """The time she asked for is over: the question comes once more, and past due a ladder of her own."""
    round_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("later", subject, None)
    round_, branch = running(work, round_id)
    if round_ is None or branch is None or work.tables.rounds.overtaken(round_):
        return
    if not work.tables.rounds.silent(round_id, work.now, member):
        return
    again = f"later:{round_id}:{member}:{instant.text(work.now)}"
    if round_.state in ("due", "told"):
        ask_once_more(work, branch, round_, member, again)
    elif work.now < round_.due_at:
        owe_question(work, branch, round_, member, again)


def ladder(work: Work, subject: str) -> None:
    """She was asked once more past the liaison's hour and is still silent: the liaison hears of her now."""
    round_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("ladder", subject, None)
    round_, branch = running(work, round_id)
    told = hearer(work, branch, member) if branch else None
    if round_ and branch and told and work.tables.rounds.silent(round_id, work.now, member):
        owe_silence(work, branch, round_, told, [member], f"tell:{round_id}:{told}:{member}")
