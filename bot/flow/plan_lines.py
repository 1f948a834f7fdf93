"""A plan in sentences."""

from zoneinfo import ZoneInfo

from bot.domain import instant
from bot.flow.plan import Plan, people_told
from bot.render import Renderer

NAMES_SHOWN = 6


def change_lines(renderer: Renderer, language: str, plan: Plan, most: int | None = None) -> list[str]:
    """One line for each thing that would be otherwise, or for the first so many."""
    return [renderer.say(language, one.key, one.facts) for one in plan.changes[:most]]


def message_lines(renderer: Renderer, language: str, plan: Plan, names: dict[str, str], zone: ZoneInfo) -> list[str]:
    """One line for each kind of message and hour, with whom it would reach."""
    return [
        renderer.say(
            language,
            "plan.message",
            {
                "at": instant.local(at, zone),
                "kind": kind.replace(".", "_"),
                "names": [names.get(one, one) for one in members[:NAMES_SHOWN]],
                "count": len(members),
                "more": len(members) > NAMES_SHOWN,
            },
        )
        for (kind, at), members in people_told(plan.messages).items()
    ]
