"""The end of a declared silence: a gentle question, and if no word comes, a rung at a time until somebody has one."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain import instant
from bot.domain.branch import Branch
from bot.domain.rounds import Round
from bot.domain.silence import RUNGS, Away, Rung, climbs_at
from bot.summary import name_of
from bot.work import Work

ALARM, ROUND = "exit", "leader"


def ring(work: Work, away_id: str) -> None:
    """Ask, or tell the next; nobody is asked or told of in quiet hours, nor when her branch is closed."""
    away = work.tables.aways.get(away_id)
    branch = _branch(work, away) if away else None
    work.tables.alarms.put(ALARM, away_id, None)
    if away is None or branch is None or away.ended_at is not None:
        return
    allowed = work.allowed(branch.zone)
    if allowed > work.now:
        work.tables.alarms.put(ALARM, away_id, allowed)
        return
    rung = work.tables.aways.rung(away_id)
    _climb(work, branch, away, RUNGS[rung])
    work.tables.aways.climb(away_id, rung + 1)
    if rung == 0:
        work.tables.facts.put(f"exit:{away_id}", instant.text(work.now))
    asked = work.tables.facts.moment(f"exit:{away_id}") or work.now
    following = climbs_at(work.exit_ladder(branch), rung + 1, asked)
    work.tables.alarms.put(ALARM, away_id, following and max(following, work.now + timedelta(minutes=1)))


def make_up(work: Work, down: timedelta) -> None:
    """While the bot was down nobody could tell it anything: what had begun to climb climbs so much later."""
    for away_id, at in work.tables.alarms.of(ALARM).items():
        if work.tables.aways.rung(away_id):
            work.tables.alarms.put(ALARM, away_id, at + down)


def watch_round(work: Work, branch: Branch, round_: Round) -> None:
    """Where the file says why safety asks for it, the contact leader hears of a long silence after a round too."""
    after = work.exit_ladder(branch).contact_leader
    if after is not None:
        work.tables.alarms.put(ROUND, round_.id, max(round_.due_at + after, work.now))


def ring_round(work: Work, round_id: str) -> None:
    round_ = work.tables.rounds.get(round_id)
    branch = work.tables.branches.get(round_.branch) if round_ else None
    work.tables.alarms.put(ROUND, round_id, None)
    if round_ is None or branch is None or not branch.open or work.tables.rounds.overtaken(round_):
        return
    for leader in work.holders(branch)["contact_leader"]:
        work.owe(
            "exit.long_silence",
            leader,
            f"leader:{round_id}:{leader}",
            branch=branch,
            round=round_id,
            branch_name=work.named(branch, leader),
            due=work.local(round_.due_at, branch),
            reason=work.silence_reason(branch),
        )


def _branch(work: Work, away: Away) -> Branch | None:
    """The branch she is away with: one that runs, and where she takes part."""
    belongs = work.tables.branches.open_of_member(away.member)
    return next((branch for branch, consent in belongs if consent != "refused"), None)


def _climb(work: Work, branch: Branch, away: Away, rung: Rung) -> None:
    if rung == "question":
        until = work.local(away.until, branch)
        work.owe("exit.question", away.member, f"exit:{away.id}:question", branch=branch, until=until)
        return
    for person in _hearers(work, branch, away, rung):
        _tell(work, branch, away, person)


def _hearers(work: Work, branch: Branch, away: Away, rung: Rung) -> list[str]:
    """Whom the rung means; never she herself. Where she is the liaison officer herself the next hears for her."""
    held = work.holders(branch)
    buddy = work.tables.buddies.of(away.member)
    wanted: dict[Rung, Iterable[str]] = {
        "buddy": (buddy,) if buddy else (),
        "liaison": held["liaison"] if away.member not in held["liaison"] else held["deputy"] or held["secretary"],
        "others": (*held["deputy"], *held["secretary"]),
        "contact_leader": held["contact_leader"],
    }
    told = work.tables.facts.members_noted("exit_told", branch.id, away.id)
    return [one for one in dict.fromkeys(wanted[rung]) if one != away.member and one not in told]


def _tell(work: Work, branch: Branch, away: Away, person: str) -> None:
    work.tables.facts.note("exit_told", work.now, branch.id, person, away.id)
    work.owe(
        "exit.overdue",
        person,
        f"exit:{away.id}:{person}",
        branch=branch,
        away=away.id,
        who=name_of(work, away.member),
        branch_name=work.named(branch, person),
        since=work.local(away.starts_at, branch),
        until=work.local(away.until, branch),
    )
