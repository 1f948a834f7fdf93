"""The unit's branches as they stand: what the file says, and what was said in chat since."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.config.model import Branch as Wanted
from bot.config.model import Config
from bot.domain.branch import Branch
from bot.domain.duty import StandIn
from bot.flow.wanted import values_of
from bot.store.tables import Tables
from bot.store.tx import Tx

Note = Literal["", "moved", "ended", "not_in_file"]


@dataclass(frozen=True, slots=True)
class OnCalendar:
    """One branch with its liaison officers, the one on duty first. `note`: where the store differs from the file;
    `moved`: it has another last day than `closes_in_file`; `ended`: it was closed before it."""

    branch: Branch
    liaison: tuple[str, ...]
    members: int
    note: Note = ""
    closes_in_file: date | None = None
    stand_in: StandIn | None = None  # a deputy on duty for some days

    def on_duty(self, at: datetime) -> str | None:
        if self.stand_in and at < self.stand_in.until:
            return self.stand_in.member
        return next(iter(self.liaison), None)


def of_the_file(config: Config) -> list[OnCalendar]:
    return [_from_file(config, id_, wanted) for id_, wanted in config.branches.items()]


def as_they_stand(config: Config) -> Callable[[Tx], list[OnCalendar]]:
    """A unit that reads them. A value that was changed in the file since it was applied counts before the store's."""

    def unit(tx: Tx) -> list[OnCalendar]:
        tables = Tables(tx)
        applied, wanted = tables.facts.applied(), values_of(config)
        same = {path for path, value in wanted.items() if applied.get(path) == value}
        stored = {branch.id: branch for branch in tables.branches.all()}
        found = [
            _with_people(tables, config, _with_chat(one, stored[one.branch.id], same), same)
            if one.branch.id in stored
            else one
            for one in of_the_file(config)
        ]
        gone = [branch for branch in stored.values() if branch.open and branch.id not in config.branches]
        return found + [_not_in_file(tables, branch) for branch in gone]

    return unit


def _from_file(config: Config, id_: str, wanted: Wanted) -> OnCalendar:
    approval = wanted.approval
    branch = Branch(
        id=id_,
        name=wanted.name,
        kind=wanted.kind,
        state="planned",
        opens=wanted.opens,
        closes=wanted.closes,
        zone=ZoneInfo(wanted.time_zone or config.time_zone),
        channel=wanted.channel,
        secretary=wanted.secretary,
        approval_by=approval.by if approval else "",
        approval_number=approval.number if approval else "",
        approval_day=approval.date.isoformat() if approval else "",
        full_members=sum(config.people[one].status == "full" for one in wanted.members),
        closing_settled=False,
        closed_at=None,
    )
    return OnCalendar(branch, wanted.liaison, len(wanted.members))


def _with_chat(one: OnCalendar, stored: Branch, same: set[str]) -> OnCalendar:
    """A last day given in chat stays until the file gives another one; so does an end."""
    if f"branches.{stored.id}.to" not in same:
        return one
    in_file = one.branch.closes
    branch = replace(one.branch, closes=stored.closes, closing_settled=stored.closing_settled, state=stored.state)
    if stored.closes < in_file and stored.state == "closed":
        return replace(one, branch=branch, note="ended", closes_in_file=in_file)
    return replace(one, branch=branch, note="moved" if stored.closes != in_file else "", closes_in_file=in_file)


def _with_people(tables: Tables, config: Config, one: OnCalendar, same: set[str]) -> OnCalendar:
    """Members added or removed in chat, and who is on duty, as long as the file says nothing new of them."""
    id_ = one.branch.id
    if f"branches.{id_}.liaison" in same:
        one = replace(one, stand_in=tables.stand_ins.of(id_))
    if f"branches.{id_}.members" not in same:
        return one
    ids = [each.member.id for each in tables.members.of_branch(id_) if each.member.id in config.people]
    full = sum(config.people[each].status == "full" for each in ids)
    return replace(one, members=len(ids), branch=replace(one.branch, full_members=full))


def _not_in_file(tables: Tables, branch: Branch) -> OnCalendar:
    liaison, members = tuple(tables.branches.liaisons_by_file(branch.id)), tables.members.of_branch(branch.id)
    return OnCalendar(branch, liaison, len(members), "not_in_file", stand_in=tables.stand_ins.of(branch.id))
