"""What became of one look at the file, for whoever asked for it."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.config.load import problem_lines
from bot.errors import ConfigBroken
from bot.flow.plan import Plan, as_facts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one look at the file. `plan` None: it was broken."""

    state: Literal["same", "broken", "held", "applied"]
    plan: Plan | None = None
    error: ConfigBroken | None = None


def answer_of(outcome: Outcome) -> dict[str, Any]:
    """The outcome as it goes over the socket: sentences by key, to be said in the language of the terminal."""
    plan = outcome.plan
    broken = problem_lines(outcome.error) if outcome.error else []
    facts = [(one.key, {name: _plain(value) for name, value in facts.items()}) for one, facts in broken]
    changes = [(one.key, dict(one.facts)) for one in plan.changes] if plan else facts
    figures = as_facts(plan) if plan else {}
    return {"state": outcome.state, "changes": [{"key": k, "facts": f} for k, f in changes], "figures": figures}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | None) else str(value)
