"""What of the file lives on in the store, value by value: only where one has changed does the file act."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.config.model import Branch, Config, Person


@dataclass(frozen=True)
class Difference:
    """What the file says otherwise than when it was last applied. `before` and `wanted`: its values, by path."""

    before: Mapping[str, str]
    wanted: Mapping[str, str]

    @cached_property
    def changed(self) -> frozenset[str]:
        """Paths whose value is another one, or new."""
        return frozenset(path for path, value in self.wanted.items() if self.before.get(path) != value)

    @cached_property
    def gone(self) -> frozenset[str]:
        return frozenset(self.before.keys() - self.wanted.keys())

    def of(self, table: str) -> dict[str, set[str]]:
        """The changed values of each table of a family, as {id: names}; "" is the name of the table's own value."""
        found: dict[str, set[str]] = {}
        for path in self.changed:
            family, *rest = path.split(".", 2)
            if family == table:
                found.setdefault(rest[0], set()).add(rest[1] if len(rest) == 2 else "")
        return found

    def old(self, path: str) -> Any:
        """What the file said before; None: nothing."""
        return json.loads(self.before[path]) if path in self.before else None


def values_of(config: Config) -> dict[str, str]:
    """Every value of the file that lives on in the store, by its path."""
    values: dict[str, Any] = {}
    for id_, person in config.people.items():
        values[f"people.{id_}"] = [person.name, person.status, person.home]
        values[f"people.{id_}.language"] = person.language
        if person.buddy:
            values[f"people.{id_}.buddy"] = person.buddy
        values[f"people.{id_}.at"] = sorted(addresses(config, id_, person).items())
    for id_, branch in config.branches.items():
        values |= {f"branches.{id_}.{name}": value for name, value in _branch_values(config, branch).items()}
        values[f"meetings.{id_}"] = [
            [one.when.text if one.when else "", one.by, one.holidays]
            for one in (branch.weekly_meeting, branch.monthly_comment)
        ]
        if branch.deliverables:
            values[f"projects.{id_}"] = sorted(branch.deliverables.items())
    for id_, study in config.study.items():
        values[f"study.{id_}"] = [study.when.text, [span.total_seconds() for span in study.remind], study.holidays]
        if study.speakers:
            values[f"rota.{id_}"] = [study.when.text, study.speakers, study.speaker_notice, study.holidays]
    for id_, one in config.platforms.items():
        if one.check:
            values[f"platforms.{id_}"] = [one.check.text, one.goal]
    values["talks"] = [[id_, rule.kind, rule.when and rule.when.text, rule.by] for id_, rule in config.talks.items()]
    care = config.care
    values["care"] = [care.after, care.every, [one.text for one in care.festivals], care.by]
    values["language"] = config.language
    values["time_zone"] = config.time_zone
    digest = config.digest
    times = (digest.daily, digest.weekly, digest.monthly, digest.news, digest.quarterly, digest.yearly)
    told = [one.text if one else "" for one in times]
    values["digest"] = told
    values["calendar"] = [sorted(config.calendar.off), sorted(config.calendar.work)]
    return {path: json.dumps(value, ensure_ascii=False, default=str) for path, value in values.items()}


def _branch_values(config: Config, branch: Branch) -> dict[str, Any]:
    approval = branch.approval
    report, zone = branch.report, branch.time_zone or config.time_zone
    return {
        "what": [branch.name, branch.kind, zone, branch.channel, branch.secretary],
        "approval": [approval.by, approval.number, approval.date] if approval else ["", "", ""],
        "from": branch.opens,
        "to": branch.closes,
        "liaison": branch.liaison,
        "members": branch.members,
        "asks": [report.ask.text, report.due.total_seconds(), report.early.total_seconds(), report.holidays, zone],
    }


def addresses(config: Config, id_: str, person: Person) -> dict[str, str]:
    """Where a person is reached: what the file says, and by her id in the web chat."""
    own = {name: id_ for name, channel in config.channels.items() if channel.kind == "webchat"}
    return own | {name: address for name, address in person.addresses.items() if name in config.channels}
