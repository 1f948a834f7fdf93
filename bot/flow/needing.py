"""A need's clock: unclaimed it climbs, claimed and forgotten it reminds, done it asks her once more and lapses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import instant
from bot.domain.access import may
from bot.domain.branch import Branch
from bot.domain.need import Need
from bot.domain.when import next_allowed
from bot.moving import open_again, take_step, tell_above, tell_member, tell_owner
from bot.raising import hearers, next_ring, pass_on, wind
from bot.summary import name_of
from bot.work import Work


def ring(work: Work, need_id: str) -> None:
    """What is due of it; after the branch has closed nothing is."""
    need = work.tables.needs.get(need_id)
    branch = work.tables.branches.get(need.branch) if need else None
    if need is None or branch is None or not branch.open or need.settled:
        work.tables.alarms.put("need", need_id, None)
    elif (at := _not_before(work, branch, need)) > work.now:
        work.tables.alarms.put("need", need_id, at)
    else:
        rung = replace(need, rung=need.rung + 1)
        work.tables.needs.ring(rung)
        wind(work, branch, rung)
        CLIMBS[need.waits_for_her, need.state == "open", rung.rung](work, branch, rung)


def look_after(work: Work, branch: Branch) -> None:
    """The file has changed the branch: what somebody had who is no duty holder any more is open again, and the
    clocks of a branch that runs again go on."""
    rings = work.tables.alarms.of("need")
    for need in work.tables.needs.unsettled(branch.id) if branch.open else ():
        if need.with_us and need.claimed_by and not may(work.roles(branch, need.claimed_by), "settle_need"):
            left = take_step(work, branch, need, "released", None)
            open_again(work, branch, left, _occasion(left))
        elif need.id not in rings:
            wind(work, branch, need)


def _not_before(work: Work, branch: Branch, need: Need) -> datetime:
    """Not in quiet hours, nor for her word while she is away; nor (in a database of an older version) too early."""
    due = next_ring(work, branch, need, need.since) if need.rung == 0 else None
    away = work.tables.aways.now(need.member, work.now) if need.waits_for_her else None
    at = max(work.now, due or work.now, away.until if away else work.now)
    return next_allowed(at, work.config.limits.quiet, branch.zone if need.waits_for_her else work.zone)


def _nobody_yet(work: Work, branch: Branch, need: Need) -> None:
    """The liaison officer on duty once more, and her secretary; a need of the secretary's own goes one further."""
    member = work.tables.members.get(need.member)
    on_duty = [one.id for one in hearers(work, branch, member)[:1]] if member else []
    secretary = [one for one in work.holders(branch)["secretary"] if one != need.member]
    for one in dict.fromkeys([*on_duty, *secretary]):
        pass_on(work, branch, need, "needs.unclaimed", one, f"unclaimed:{_occasion(need)}")
    if not secretary:
        _to_leader(work, branch, need)


def _to_leader(work: Work, branch: Branch, need: Need) -> None:
    """The contact leader, who reads no words of it; whoever has heard of it as a duty holder hears no second time."""
    for one in work.holders(branch)["contact_leader"]:
        if one != need.member and not may(work.roles(branch, one), "settle_need"):
            work.owe(
                "needs.unclaimed_long",
                one,
                f"need:{need.id}:leader:{_occasion(need)}:{one}",
                branch=branch,
                number=need.number,
                branch_name=work.named(branch, one),
                since=work.local(need.since, branch),
                holders=[name for role in ("liaison", "deputy", "secretary") for name in work.names_of(branch, role)],
            )


def _remind(work: Work, branch: Branch, need: Need) -> None:
    tell_owner(work, branch, need, "needs.still", f"still:{_occasion(need)}", since=work.local(need.since, branch))


def _to_secretary(work: Work, branch: Branch, need: Need) -> None:
    tell_above(work, branch, need, "needs.stuck", f"stuck:{_occasion(need)}", since=work.local(need.since, branch))


def _ask_again(work: Work, branch: Branch, need: Need) -> None:
    by = name_of(work, need.claimed_by or "")
    tell_member(work, branch, need, "needs.ask_again", f"again:{_occasion(need)}", by=by)


def _lapse(work: Work, branch: Branch, need: Need) -> None:
    """No word of hers after two questions: it is closed, and written down as closed for want of a word."""
    after = take_step(work, branch, need, "lapsed", None)
    tell_member(work, branch, after, "needs.lapsed", f"lapsed:{_occasion(need)}")
    tell_owner(work, branch, after, "needs.lapsed_yours", f"lapsed:{_occasion(need)}")


def _occasion(need: Need) -> str:
    """One stay in one state: each rung is climbed once in it."""
    return instant.text(need.since)


# Whether it waits for her, whether nobody has it, and which ring it is since it moved last.
CLIMBS: Mapping[tuple[bool, bool, int], Callable[[Work, Branch, Need], None]] = {
    (False, True, 1): _nobody_yet,
    (False, True, 2): _to_leader,
    (False, False, 1): _remind,
    (False, False, 2): _to_secretary,
    (True, False, 1): _ask_again,
    (True, False, 2): _lapse,
}
