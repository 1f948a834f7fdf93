"""What applying a file would do, seen beforehand: tried out on a copy of the store by the very code that does it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.config.model import Config
from bot.flow.changes import Change, changes_of
from bot.flow.reconcile import reconcile
from bot.flow.tick import ring_all
from bot.flow.wanted import Difference, values_of
from bot.store.outbox import Due
from bot.store.tables import Tables
from bot.store.tx import Tx, undone

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
    owed_anyhow, places_anyhow = _anyhow(tx, old, now)
    changes = changes_of(tables, found, old, config)
    reconcile(tx, config, now, found)
    ring_all(tx, config, now)
    return Plan(
        changes=changes,
        messages=tuple(one for one in tables.outbox.owed() if one.reason not in owed_anyhow),
        leaving=tuple(sorted(places_anyhow - tables.members.places())),
        found=found,
    )


def _anyhow(tx: Tx, old: Config | None, now: datetime) -> tuple[set[str], set[Place]]:
    """What would be owed, and who would belong where, without the new file; tried out first and taken back."""
    tables = Tables(tx)
    with undone(tx):
        if old:
            reconcile(tx, old, now)
            ring_all(tx, old, now)
        return {one.reason for one in tables.outbox.owed()}, tables.members.places()


def people_told(messages: Iterable[Due]) -> Mapping[tuple[str, datetime], list[str]]:
    """Who would hear what when: members by kind of message and hour, in the order of the hours."""
    told: dict[tuple[str, datetime], list[str]] = {}
    for one in sorted(messages, key=lambda one: (one.not_before, one.kind, one.member)):
        told.setdefault((one.kind, one.not_before), []).append(one.member)
    return told


def as_facts(plan: Plan) -> dict[str, Any]:
    """The figures of a plan, for sentences."""
    members = {member for _, member in plan.leaving}
    return {"changes": len(plan.changes), "messages": len(plan.messages), "leaving": len(members)}
