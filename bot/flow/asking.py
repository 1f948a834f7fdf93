"""Rounds: planned early, asked at the hour, due, and then the ladder."""

from dataclasses import replace
from datetime import datetime

from bot.domain import instant
from bot.domain.branch import Branch, ends_at
from bot.domain.cadence import next_after
from bot.domain.rounds import REMINDER_GOOD_FOR, Expected, Round, next_step
from bot.work import Work


def plan(work: Work, branch_id: str) -> None:
    """Open every round whose early window has begun, and say when to look again."""
    branch = work.tables.branches.get(branch_id)
    if branch is None or not branch.open:
        work.tables.alarms.put("plan", branch_id, None)
        return
    rule = work.report_rule(branch)
    planned = work.tables.facts.moment(f"planned:{branch.id}") or instant.start_of(branch.opens, branch.zone)
    ask_at = _next_ask(work, branch, planned)
    while ask_at and ask_at - rule.early <= work.now:
        _open_round(work, branch, ask_at)
        work.tables.facts.put(f"planned:{branch.id}", instant.text(ask_at))
        ask_at = _next_ask(work, branch, ask_at)
    work.tables.alarms.put("plan", branch.id, ask_at - rule.early if ask_at else None)


def replan(work: Work, branch: Branch) -> None:
    """The schedule has changed: rounds not yet asked are taken back, what was asked stays as it is."""
    for round_ in work.tables.rounds.not_yet_asked(branch.id):
        if all(one.answered_at is None for one in work.tables.rounds.in_round(round_.id)):
            work.tables.rounds.drop(round_.id)
            work.tables.alarms.put("round", round_.id, None)
    opens = instant.start_of(branch.opens, branch.zone)
    kept = [round_.ask_at for round_ in work.tables.rounds.not_yet_asked(branch.id)]
    work.tables.facts.put(f"planned:{branch.id}", instant.text(max([work.now, opens, *kept])))
    work.tables.alarms.put("plan", branch.id, work.now if branch.open else None)


def _next_ask(work: Work, branch: Branch, after: datetime) -> datetime | None:
    """The next hour to ask at, while the branch lasts."""
    rule = work.report_rule(branch)
    calendar = work.config.calendar
    ask_at = next_after(rule.ask, after, branch.zone, calendar, rule.holidays)
    if ask_at is None or ask_at >= ends_at(branch):
        return None
    year = instant.day_of(ask_at, branch.zone).year
    if rule.holidays != "keep" and not calendar.knows(year):
        work.owe_admins("branch.unknown_year", f"unknown_year:{year}", year=year)
    return ask_at


def _open_round(work: Work, branch: Branch, ask_at: datetime) -> None:
    """Freeze the roster. A round found over (the bot was down) is written down as skipped, and alarms nobody."""
    due_at = min(ask_at + work.report_rule(branch).due, ends_at(branch))
    over = due_at <= work.now
    round_ = Round(f"{branch.id}/{instant.text(ask_at)}", branch.id, "skipped" if over else "early", ask_at, due_at)
    willing = [one.member.id for one in work.tables.members.of_branch(branch.id) if one.willing]
    work.tables.rounds.open(round_, [] if over else willing, note="found over" if over else "")
    work.tables.alarms.put("round", round_.id, None if over else ask_at)


def step(work: Work, round_id: str) -> None:
    """Ask, remind, tell: one step of a round."""
    round_ = work.tables.rounds.get(round_id)
    branch = work.tables.branches.get(round_.branch) if round_ else None
    if round_ is None or branch is None or not branch.open:
        work.tables.alarms.put("round", round_id, None)
        return
    if round_.state == "early" and round_.due_at <= work.now:
        work.tables.rounds.set_state(round_.id, "skipped", note="found over")
        work.tables.alarms.put("round", round_id, None)
        return
    {"early": _ask, "asked": _remind, "due": _tell}[round_.state](work, branch, round_)
    current = work.tables.rounds.get(round_id)
    work.tables.alarms.put("round", round_id, next_step(work.ladder(branch), current) if current else None)


def _silent(work: Work, branch: Branch, round_: Round) -> list[Expected]:
    """Those who have not answered and have not asked to be left alone."""
    away = work.tables.aways.now_of_branch(branch.id, work.now)
    willing = {one.member.id for one in work.tables.members.of_branch(branch.id) if one.willing}
    return [
        one
        for one in work.tables.rounds.in_round(round_.id)
        if one.answered_at is None
        and one.member in willing - away.keys()
        and (one.later_until is None or one.later_until <= work.now)
    ]


def _ask(work: Work, branch: Branch, round_: Round) -> None:
    work.tables.rounds.set_state(round_.id, "asked")
    for one in _silent(work, branch, round_):
        owe_question(work, branch, round_, one.member, f"ask:{round_.id}:{one.member}")


def owe_question(work: Work, branch: Branch, round_: Round, member: str, reason: str) -> None:
    work.owe(
        "report.question",
        member,
        reason,
        branch=branch,
        expires_at=round_.due_at,
        round=round_.id,
        branch_name=work.named(branch, member),
        kind=branch.kind,
        due=work.local(round_.due_at, branch),
    )


def _remind(work: Work, branch: Branch, round_: Round) -> None:
    work.tables.rounds.set_state(round_.id, "due")
    if work.now > round_.due_at + work.ladder(branch).member + REMINDER_GOOD_FOR:
        return
    told_at = next_step(work.ladder(branch), replace(round_, state="due"))
    for one in _silent(work, branch, round_):
        _owe_reminder(work, branch, round_, one.member, f"remind:{round_.id}:{one.member}", told_at)


def _owe_reminder(
    work: Work, branch: Branch, round_: Round, member: str, reason: str, expires_at: datetime | None
) -> None:
    name = work.named(branch, member)
    facts = {"round": round_.id, "branch_name": name}
    work.owe("report.reminder", member, reason, branch=branch, expires_at=expires_at, **facts)


def _tell(work: Work, branch: Branch, round_: Round) -> None:
    work.tables.rounds.set_state(round_.id, "told")
    liaison = work.on_duty(branch)
    silent = [one.member for one in _silent(work, branch, round_) if one.member != liaison]
    if liaison and silent:
        _owe_silence(work, branch, round_, liaison, silent, f"tell:{round_.id}")


def _owe_silence(work: Work, branch: Branch, round_: Round, liaison: str, silent: list[str], reason: str) -> None:
    work.owe(
        "report.silent",
        liaison,
        reason,
        branch=branch,
        round=round_.id,
        members=silent,
        branch_name=work.named(branch, liaison),
        due=work.local(round_.due_at, branch),
    )


def later(work: Work, subject: str) -> None:
    """The time she asked for is over: the question comes once more; if the ladder has gone by, it waits for her."""
    round_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("later", subject, None)
    round_ = work.tables.rounds.get(round_id)
    branch = work.tables.branches.get(round_.branch) if round_ else None
    if round_ is None or branch is None or not branch.open:
        return
    if member not in {one.member for one in _silent(work, branch, round_)}:
        return
    again = f"later:{round_id}:{member}:{instant.text(work.now)}"
    if work.now < round_.due_at:
        owe_question(work, branch, round_, member, again)
        return
    _owe_reminder(work, branch, round_, member, again, None)
    if round_.state == "told":
        work.tables.alarms.put("ladder", subject, work.now + work.ladder(branch).liaison)


def ladder(work: Work, subject: str) -> None:
    """She had postponed past the liaison's hour and is still silent: the liaison hears of her now."""
    round_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("ladder", subject, None)
    round_ = work.tables.rounds.get(round_id)
    branch = work.tables.branches.get(round_.branch) if round_ else None
    if round_ is None or branch is None or not branch.open:
        return
    liaison = work.on_duty(branch)
    if liaison and liaison != member and member in {one.member for one in _silent(work, branch, round_)}:
        _owe_silence(work, branch, round_, liaison, [member], f"tell:{round_id}:{member}")
