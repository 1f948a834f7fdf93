"""The talk radar: who is to talk with whom, or visit whose family, and why; each hears of it once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain import instant
from bot.domain.access import Role, may
from bot.domain.branch import Branch
from bot.domain.cadence import Holidays, Schedule
from bot.domain.chain import who_acts
from bot.domain.need import Need
from bot.domain.talk import NEXT, TOLD, Rule, Talk, due_day, next_step
from bot.domain.trigger import HOUR, Occasion, Place, Trigger, current, next_occasion
from bot.domain.when import A_DAY, at_local
from bot.work import Work

CARE = "care."


def rules(work: Work) -> dict[str, Rule]:
    """Those of the file, and what it says of care as rules like any other; of those that are on."""
    care, found = work.config.care, dict(work.config.talks)
    if care.after:
        every = care.every.days if care.every else 0
        away = Trigger("", "away", days=care.after.days, every=every)
        found[f"{CARE}away"] = Rule("", away, "visit", care.by, care.within)
    for one in care.festivals:
        found[f"{CARE}{one.text}"] = Rule("", one, "visit", care.by, care.within)
    return {id_: rule for id_, rule in found.items() if rule.when}


def look(work: Work, branch: Branch) -> datetime | None:
    """Raise what has come up for the members of a branch; when to look again, None: nothing will come by itself."""
    refresh(work, branch)
    place, away = place_of(work, branch), _away_since(work, branch)
    again: list[datetime | None] = []
    for id_, rule in rules(work).items():
        trigger = rule.when
        if trigger is None or trigger.kind == "need":
            again += _waiting_visits(work, branch, id_, rule)
            continue
        came: dict[Occasion, list[str]] = {}
        for member, since in away.items():
            if occasion := current(trigger, since, work.now, rule.within, place):
                came.setdefault(occasion, []).append(member)
            again.append(next_occasion(trigger, since, work.now, place))
        for occasion, members in came.items():
            again.append(raise_talks(work, branch, members, id_, rule, str(occasion.day), meeting=occasion.meeting))
        # whoever joins meanwhile is seen in time
        again.append(next_occasion(trigger, work.today(branch), work.now, place))
    return min((at for at in again if at), default=None)


def place_of(work: Work, branch: Branch) -> Place:
    studies: dict[str, tuple[Schedule, Holidays]] = {
        id_: (study.when, study.holidays) for id_, study in work.config.study.items()
    }
    return Place(branch.zone, work.config.calendar, studies)


def _away_since(work: Work, branch: Branch) -> dict[str, date]:
    """The first day of each member away with the branch."""
    joined = work.tables.members.joined(branch.id)
    return {member: max(instant.day_of(at, branch.zone), branch.opens) for member, at in joined.items()}


def _waiting_visits(work: Work, branch: Branch, id_: str, rule: Rule) -> list[datetime | None]:
    """A visit because of a need may have waited for her consent."""
    if rule.kind != "visit" or rule.when is None:
        return []
    needs = [need for need in work.tables.needs.unsettled(branch.id) if need.kind in rule.when.needs]
    return [raise_talks(work, branch, [one.member], id_, rule, f"need:{one.number}", need=one.number) for one in needs]


def on_need(work: Work, branch: Branch, need: Need) -> None:
    """A need has been raised: whoever is to talk with her about it has that on her list."""
    for id_, rule in rules(work).items():
        if rule.when and need.kind in rule.when.needs:
            again = raise_talks(work, branch, [need.member], id_, rule, f"need:{need.number}", need=need.number)
            if again:
                work.tables.alarms.put("talks", branch.id, again)


def raise_talks(
    work: Work,
    branch: Branch,
    members: Iterable[str],
    id_: str,
    rule: Rule,
    occasion: str,
    *,
    meeting: date | None = None,
    need: int | None = None,
) -> datetime | None:
    """One for each member who has none of that rule yet; when to try again, where she could not be asked to agree."""
    new: dict[str, list[Talk]] = {}
    again: list[datetime] = []
    today = work.today(branch)
    for member in members:
        name = f"{id_}|{branch.id}|{member}|{occasion}"
        if work.tables.talks.get(name) or _has_one(work, branch, member, id_):
            continue
        if rule.kind == "visit" and work.tables.visit_consents.of(member) != "given":
            again += _ask(work, branch, member)
            continue
        holder = who_acts(member, work.posts(branch, member), rule.by)
        if holder:
            due, days = due_day(today, rule.within, meeting), rule.within.days
            talk = Talk(name, 0, branch.id, member, rule.kind, id_, rule.by, holder, need, today, due, days, rung=TOLD)
            new.setdefault(holder, []).append(put(work, branch, talk))
    for holder, talks in new.items():
        tell(work, branch, holder, talks)
    return min(again, default=None)


def _has_one(work: Work, branch: Branch, member: str, id_: str) -> bool:
    return any(one.rule == id_ and one.branch == branch.id for one in work.tables.talks.due_about(member))


def put(work: Work, branch: Branch, talk: Talk) -> Talk:
    """Onto the list; its alarm says when somebody hears of it next."""
    numbered = work.tables.talks.put(talk, work.now)
    work.tables.alarms.put("talk", talk.id, next_step(talk, branch.zone))
    return numbered


def _ask(work: Work, branch: Branch, member: str) -> list[datetime]:
    """Ask her once whether her family may be visited, not while she is to be left alone; when to see again."""
    if work.tables.visit_consents.of(member) != "unasked":
        return []
    tomorrow = at_local(work.today(branch) + A_DAY, HOUR, branch.zone)
    if not work.tables.aways.now(member, work.now):
        today = work.today(branch)
        holder = who_acts(member, work.posts(branch, member), work.config.care.by)
        found = work.tables.members.get(holder) if holder else None
        work.owe(
            "care.ask",
            member,
            f"care:ask:{member}:{today}",
            branch=branch,
            expires_at=tomorrow,
            by=found.name if found else "",
        )
    return [tomorrow]


def refresh(work: Work, branch: Branch) -> None:
    """Where another holds the post now, what is due is hers; what has no alarm has one again."""
    ring = work.tables.alarms.of("talk").keys()
    for talk in work.tables.talks.due_of(branch.id):
        holder = holder_now(work, branch, talk)
        if holder and holder != talk.holder:
            work.tables.talks.hand(talk.id, holder)
            if talk.rung >= TOLD:
                tell(work, branch, holder, [talk])
        if talk.id not in ring:
            work.tables.alarms.put("talk", talk.id, next_step(talk, branch.zone))


def holder_now(work: Work, branch: Branch, talk: Talk) -> str | None:
    """She who was told, as long as she holds the post; else whoever does."""
    posts = work.posts(branch, talk.member)
    still = talk.holder in (work.config.people if talk.by is None else posts.get(talk.by, ()))
    return talk.holder if still else who_acts(talk.member, posts, talk.by or "liaison")


def tell(work: Work, branch: Branch, holder: str, talks: Sequence[Talk]) -> None:
    """She hears of them in one message, with one page of help; what it says is seen when it is sent."""
    ids = [talk.id for talk in talks]
    work.owe("talks.yours", holder, f"talk:{ids[0]}:{holder}", branch=branch, ids=ids)


def told_facts(work: Work, reader: str, ids: Iterable[str]) -> dict[str, Any] | None:
    """Those that are still due and still hers; None: no news any more."""
    found = [talk for id_ in ids if work.tables.talks.is_due(id_) and (talk := work.tables.talks.get(id_))]
    talks = [facts(work, reader, talk) for talk in found if talk.holder == reader]
    return {"branch_name": talks[0]["branch"], "talks": talks, **how_facts(talks[0])} if talks else None


def overdue_facts(work: Work, reader: str, branch: Branch, holder: str, due_on: str) -> dict[str, Any] | None:
    """What somebody has left undone by that day and not noted since; None: nothing."""
    today = work.today(branch)
    due = [one for one in work.tables.talks.due_of(branch.id) if one.holder == holder and one.overdue(today)]
    late = [one for one in due if str(one.due_on) == due_on and reader not in (one.holder, one.member)]
    if not late:
        return None
    talks = [facts(work, reader, one) for one in late]
    can_note = all(may(roles_towards(work, branch, one.member, reader), "note_talk") for one in late)
    told = how_facts(talks[0]) | {"holder": talks[0]["holder"], "branch_name": talks[0]["branch"]}
    return {**told, "talks": talks, "can_note": can_note}


def how_facts(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of help for it is chosen by."""
    return {name: told[name] for name in ("aid", "kind", "number")}


def facts(work: Work, reader: str, talk: Talk) -> dict[str, Any]:
    """One line of a list, as the reader hears it."""
    branch, member = work.tables.branches.get(talk.branch), work.tables.members.get(talk.member)
    rule, language = rules(work).get(talk.rule), work.language(reader)
    cause = rule.cause if rule else "next" if talk.rule == NEXT else "gone"
    holder = work.tables.members.get(talk.holder)
    return {
        "number": talk.number,
        "who": member.name if member else talk.member,
        "holder": holder.name if holder else talk.holder,
        "kind": talk.kind,
        "named": rule.named(language) if rule else "",
        "cause": cause,
        "aid": "visit" if talk.kind == "visit" else cause,
        "due_on": talk.due_on.isoformat(),
        "overdue": talk.overdue(work.today(branch)),
        "branch": work.named(branch, reader) if branch else talk.branch,
    }


def roles_towards(work: Work, branch: Branch, member: str, person: str) -> frozenset[Role]:
    """What somebody is in a branch, and towards one member of it as the secretary of her home branch."""
    roles = work.roles(branch, person)
    at_home = person in work.posts(branch, member)["home_secretary"]
    return roles | frozenset[Role]({"home_secretary"}) if at_home else roles


def withdraw(work: Work, member: str) -> None:
    """Her family is not to be visited: nothing of it stays, and whoever was about to go hears so."""
    visits = work.tables.talks.visits_to(member)
    for talk in visits:
        branch = work.tables.branches.get(talk.branch)
        if talk.due and talk.rung >= TOLD and branch and branch.open:
            told: Mapping[str, Any] = facts(work, talk.holder, talk)
            reason = f"care:off:{talk.number}"
            work.owe("care.called_off", talk.holder, reason, branch=branch, number=talk.number, who=told["who"])
        work.tables.alarms.put("talk", talk.id, None)
    work.tables.talks.drop(talk.id for talk in visits)
