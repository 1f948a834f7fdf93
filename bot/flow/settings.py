"""The rules of a file that are nowhere in the store, each with its value as an admin writes it."""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from bot.config.model import Config
from bot.domain.cadence import Schedule
from bot.domain.trigger import Trigger
from bot.domain.when import Quiet, format_duration

ELSEWHERE = (
    "people",
    "branches",
    "study",
    "groups",
    "talks",
    "calendar",
    "sources",
    "unread",
)  # they have sentences of their own
VEILED = ("gate.words",)  # that they are others is said, what they are is not
# when it is has a sentence of its own
STUDY = (
    *("title", "english", "form", "audience", "status", "place", "remote", "link", "material", "organiser", "platform"),
    *("books", "speakers", "speaker_notice", "lasts"),
)


def settings_of(config: Config) -> dict[str, str]:
    """`limits.quiet` -> `20:00-07:30` and so on; of branches and study items what has no sentence elsewhere."""
    found: dict[str, str] = {}
    for one in fields(config):
        if one.name not in ELSEWHERE:
            _collect(one.name, getattr(config, one.name), found)
    for id_, branch in config.branches.items():
        _collect(f"branches.{id_}.silence", branch.silence, found)
        _collect(f"branches.{id_}.report.work", branch.work, found)
        for name in ("contact_leader", "team", "weekly_meeting", "monthly_comment", "owner", "deliverables"):
            _collect(f"branches.{id_}.{name}", getattr(branch, name), found)
    for id_, person in config.people.items():
        found[f"people.{id_}.group"] = person.group
        found[f"people.{id_}.number"] = person.number
    for id_, group in config.groups.items():
        found[f"groups.{id_}"] = _written((group.name, group.home, group.leader))
    for id_, rule in config.talks.items():
        found[f"talks.{id_}"] = _written((rule.name, rule.kind, rule.when, rule.by, rule.within))
    for id_, study in config.study.items():
        for name in STUDY:
            _collect(f"study.{id_}.{name}", getattr(study, name), found)
    return found


def _collect(path: str, value: Any, found: dict[str, str]) -> None:
    match value:
        case Schedule() | Quiet() | Trigger() | None:
            found[path] = _written(value)
        case dict():
            for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
                _collect(f"{path}.{name}", inner, found)
        case _ if is_dataclass(value):
            for one in fields(value):
                _collect(f"{path}.{one.name}", getattr(value, one.name), found)
        case _:
            found[path] = _written(value)


def _written(value: Any) -> str:
    """As one would write it in the file."""
    match value:
        case None:
            return "none"
        case Schedule() | Trigger():
            return value.text
        case Quiet():
            return f"{value.start:%H:%M}-{value.end:%H:%M}"
        case timedelta():
            return format_duration(value)
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(_written(one) for one in value)  # pyright: ignore[reportUnknownVariableType]
        case _:
            return str(value)
