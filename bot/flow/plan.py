"""What applying a file would do, seen beforehand: tried out on a copy of the store by the very code that does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.config.model import Config
from bot.flow.changes import Change, changes_of
from bot.flow.reconcile import reconcile
from bot.flow.tick import tick
from bot.flow.wanted import Difference, values_of
from bot.store.outbox import Due
from bot.store.tables import Tables
from bot.store.tx import Tx

Place = tuple[str, str]  # a member's place in a running branch: branch, member


@dataclass(frozen=True, slots=True)
class Plan:
    """`messages` are those that would go out because of it; `leaving`: places in running branches that would end."""

    changes: tuple[Change, ...]
    messages: tuple[Due, ...]
    leaving: tuple[Place, ...]
    found: Difference

    @property
    def first(self) -> bool:
        """Nothing has ever been applied, so nobody can be surprised."""
        return not self.found.before

    @property
    def empty(self) -> bool:
        return not (self.changes or self.messages or self.leaving)

    def too_much(self, config: Config) -> bool:
        """Whether an admin should have a look first."""
        limits = config.limits
        return not self.first and (
            len(self.messages) > limits.apply_messages or len(self.leaving) > limits.apply_leaving
        )


def difference(tx: Tx, config: Config) -> Difference:
    """What the file says otherwise than when it was last applied."""
    return Difference(Tables(tx).facts.applied(), values_of(config))


def unchanged(tx: Tx, found: Difference, old: Config | None, config: Config) -> Plan | None:
    """The plan where nothing that lives in the store differs, so that nothing need be tried out; None: it does."""
    if found.changed or found.gone:
        return None
    return Plan(changes_of(Tables(tx), found, old, config), (), (), found)


def foresee(tx: Tx, old: Config | None, config: Config, now: datetime, found: Difference | None = None) -> Plan:
    """Apply the file on a copy (`tx` is thrown away) and look what became of it.

    `old`: the configuration that is in force, None if it is not known; what falls due under it anyhow is no news.
    """
    tables, found = Tables(tx), found or difference(tx, config)
    _let_ring(tx, old, now)
    owed_before, places_before = {one.reason for one in tables.outbox.owed()}, tables.members.places()
    changes = changes_of(tables, found, old, config)
    reconcile(tx, config, now, found)
    _let_ring(tx, config, now)
    return Plan(
        changes=changes,
        messages=tuple(one for one in tables.outbox.owed() if one.reason not in owed_before),
        leaving=tuple(sorted(places_before - tables.members.places())),
        found=found,
    )


def _let_ring(tx: Tx, config: Config | None, now: datetime) -> None:
    while config and tick(tx, config, now):
        pass


def people_told(plan: Plan) -> Mapping[tuple[str, datetime], list[str]]:
    """Who would hear what when: members by kind of message and hour, in the order of the hours."""
    told: dict[tuple[str, datetime], list[str]] = {}
    for one in sorted(plan.messages, key=lambda one: (one.not_before, one.kind, one.member)):
        told.setdefault((one.kind, one.not_before), []).append(one.member)
    return told


def as_facts(plan: Plan) -> dict[str, Any]:
    """The figures of a plan, for sentences."""
    members = {member for _, member in plan.leaving}
    return {"changes": len(plan.changes), "messages": len(plan.messages), "leaving": len(members)}
