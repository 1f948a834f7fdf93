"""Rounds: planned early, asked at the hour, due, and then the ladder."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain import instant
from bot.domain.branch import Branch, ends_at
from bot.domain.cadence import next_after
from bot.domain.rounds import REMINDER_GOOD_FOR, Round, next_step
from bot.flow import exits
from bot.hours import set_hours
from bot.work import Work


def plan(work: Work, branch_id: str) -> None:
    """Open every round whose early window has begun, and say when to look again."""
    branch = work.tables.branches.get(branch_id)
    if branch is None or not branch.open:
        work.tables.alarms.put("plan", branch_id, None)
        return
    rule = work.report_rule(branch)
    ask_at = _next_ask(work, branch, work.tables.facts.moment(f"planned:{branch.id}") or _before_opening(branch))
    while ask_at and ask_at - rule.early <= work.now:
        _open_round(work, branch, ask_at)
        work.tables.facts.put(f"planned:{branch.id}", instant.text(ask_at))
        ask_at = _next_ask(work, branch, ask_at)
    work.tables.alarms.put("plan", branch.id, ask_at - rule.early if ask_at else None)


def replan(work: Work, branch: Branch) -> None:
    """The schedule has changed: rounds not yet asked are taken back, what was asked stays as it is."""
    for round_ in work.tables.rounds.not_yet_asked(branch.id):
        roster = work.tables.rounds.in_round(round_.id)
        begun = any(one.done_at or one.asked_at for one in roster)
        if round_.ask_at > work.now and not begun:
            work.tables.rounds.drop(round_.id)
            work.tables.alarms.put("round", round_.id, None)
            for one in roster:
                work.tables.alarms.put("hour", f"{round_.id}|{one.member}", None)
    opened = work.tables.rounds.newest_ask(branch.id) or work.now
    planned = max(work.now, _before_opening(branch), opened)
    work.tables.facts.put(f"planned:{branch.id}", instant.text(planned))
    work.tables.alarms.put("plan", branch.id, work.now if branch.open else None)


def _before_opening(branch: Branch) -> datetime:
    return instant.start_of(branch.opens, branch.zone) - timedelta(seconds=1)


def _next_ask(work: Work, branch: Branch, after: datetime) -> datetime | None:
    """The next hour to ask at, while the branch lasts."""
    rule = work.report_rule(branch)
    ask_at = next_after(rule.ask, after, branch.zone, work.config.calendar, rule.holidays)
    if ask_at is None or ask_at >= ends_at(branch):
        return None
    work.mind_year(rule.ask, rule.holidays, ask_at, branch.zone)
    return ask_at


def _open_round(work: Work, branch: Branch, ask_at: datetime) -> None:
    """Freeze the roster. A round found over (the bot was down) is written down as skipped, and alarms nobody."""
    due = work.report_rule(branch).due
    over = min(ask_at + due, ends_at(branch)) <= work.now
    due_at = min((ask_at if over else max(ask_at, work.now)) + due, ends_at(branch))
    round_ = Round(f"{branch.id}/{instant.text(ask_at)}", branch.id, "skipped" if over else "early", ask_at, due_at)
    willing = [one.member.id for one in work.tables.members.of_branch(branch.id) if one.willing]
    work.tables.rounds.open(round_, [] if over else willing, note="found over" if over else "")
    if not over:
        set_hours(work, branch, round_, willing)
    work.tables.alarms.put("round", round_.id, None if over else ask_at)


def make_up(work: Work, since: datetime) -> None:
    """The bot was down since then: what was being waited for is waited for as much longer."""
    down = work.now - since
    rings = work.tables.alarms.of("round")
    for round_ in work.tables.rounds.going_on():
        branch = work.tables.branches.get(round_.branch)
        lost = work.now - max(since, round_.ask_at)
        if branch is None or lost <= timedelta(0) or (round_.state == "early" and round_.due_at <= work.now):
            continue
        if round_.state != "due":
            work.tables.rounds.set_due(round_.id, min(round_.due_at + lost, ends_at(branch)))
        if round_.state != "early":
            work.tables.alarms.put("round", round_.id, rings.get(round_.id, work.now) + lost)
    for kind in ("ladder", "need"):
        for subject, at in work.tables.alarms.of(kind).items():
            work.tables.alarms.put(kind, subject, at + down)


def step(work: Work, round_id: str) -> None:
    """Ask, remind, tell: one step of a round. Nobody is reminded in quiet hours; what comes after waits as well."""
    round_, branch = running(work, round_id)
    if round_ is None or branch is None or round_.state not in STEPS:
        work.tables.alarms.put("round", round_id, None)
        return
    if round_.state == "early" and round_.due_at <= work.now:
        work.tables.rounds.set_state(round_.id, "skipped", note="found over")
        work.tables.alarms.put("round", round_id, None)
        return
    allowed = work.allowed(branch.zone)
    if round_.state == "asked" and allowed > work.now:
        work.tables.alarms.put("round", round_id, allowed)
        return
    STEPS[round_.state](work, branch, round_)
    current = work.tables.rounds.get(round_id)
    work.tables.alarms.put("round", round_id, next_step(work.ladder(branch), current, work.now) if current else None)


def running(work: Work, round_id: str) -> tuple[Round | None, Branch | None]:
    """The round and its branch, as long as that is open."""
    round_ = work.tables.rounds.get(round_id)
    branch = work.tables.branches.get(round_.branch) if round_ else None
    return round_, branch if branch and branch.open else None


def _ask(work: Work, branch: Branch, round_: Round) -> None:
    """All but those who have an hour of their own that is still to come."""
    work.tables.rounds.set_state(round_.id, "asked")
    later = work.tables.own_reports.with_hour(round_.id)
    for member in work.tables.rounds.silent(round_.id, work.now):
        if member not in later:
            owe_question(work, branch, round_, member, f"ask:{round_.id}:{member}")


def pull(work: Work, round_id: str, members: Collection[str]) -> None:
    """Ask these members some minutes before the round's hour, with what they hear now; it stays the round it is."""
    round_, branch = running(work, round_id)
    if round_ and branch and round_.state == "early":
        at_their_own = work.tables.own_reports.with_hour(round_.id)
        for member in work.tables.rounds.silent(round_.id, work.now):
            if member in members and member not in at_their_own:
                owe_question(work, branch, round_, member, f"ask:{round_.id}:{member}")


def owe_question(work: Work, branch: Branch, round_: Round, member: str, reason: str) -> None:
    work.owe(
        _styled(work, member, "question"),
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
    """Not, if she has been asked again since: one question is enough."""
    work.tables.rounds.set_state(round_.id, "due")
    if not work.tables.rounds.overtaken(round_):
        for member in work.tables.rounds.silent(round_.id, work.now):
            _owe_reminder(work, branch, round_, member, f"remind:{round_.id}:{member}", work.now + REMINDER_GOOD_FOR)


def _owe_reminder(
    work: Work, branch: Branch, round_: Round, member: str, reason: str, expires_at: datetime | None = None
) -> None:
    """Without an end it is the last word before the liaison hears, and no cap stops it."""
    facts = {"round": round_.id, "branch_name": work.named(branch, member), "last": expires_at is None}
    kind = _styled(work, member, "reminder")
    work.owe(kind, member, reason, branch=branch, expires_at=expires_at, filled_by=facts)


def _styled(work: Work, member: str, kind: str) -> str:
    """In words, or as a menu of numbers, as she has chosen."""
    return f"numbers.{kind}" if work.tables.preferences.of(member).style == "numbers" else f"report.{kind}"


def _tell(work: Work, branch: Branch, round_: Round) -> None:
    """The liaison hears of those who were asked; whoever was away, or over the day's cap, is asked first.

    A silence that did not end in time is told of by itself (exits.py), and not twice.
    """
    work.tables.rounds.set_state(round_.id, "told")
    silent: dict[str, list[str]] = {}
    asked_again = work.tables.alarms.of("ladder").keys()
    for member in work.tables.rounds.silent(round_.id, work.now):
        if f"{round_.id}|{member}" in asked_again or work.tables.aways.overdue(member):
            continue
        prompts = (f"ask:{round_.id}:{member}", f"remind:{round_.id}:{member}")
        told = hearer(work, branch, member)
        if not work.tables.outbox.said_or_owed(*prompts):
            ask_once_more(work, branch, round_, member, f"again:{round_.id}:{member}")
        elif told:
            silent.setdefault(told, []).append(member)
    for told, members in silent.items():
        owe_silence(work, branch, round_, told, members, f"tell:{round_.id}:{told}")
    exits.watch_round(work, branch, round_)


def hearer(work: Work, branch: Branch, member: str) -> str | None:
    """Who is told of her silence: the liaison officer on duty, or of her own the next one."""
    return next((one.id for one in work.tables.branches.liaisons(branch.id) if one.id != member), None)


def owe_silence(work: Work, branch: Branch, round_: Round, liaison: str, silent: list[str], reason: str) -> None:
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


def ask_once_more(work: Work, branch: Branch, round_: Round, member: str, reason: str) -> None:
    """From when she can have heard of it the ladder has its hours again, for her alone."""
    _owe_reminder(work, branch, round_, member, reason)
    heard_at = work.allowed(branch.zone)
    work.tables.alarms.put("ladder", f"{round_.id}|{member}", heard_at + work.ladder(branch).liaison)


STEPS = {"early": _ask, "asked": _remind, "due": _tell}
