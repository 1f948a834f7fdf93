"""Whether the rules of talks and the party groups agree with the rest of the file."""

from collections.abc import Iterator

from bot.config.lines import Place
from bot.config.reading import Draft, Trouble, unknown_id
from bot.config.tables import TALK
from bot.domain import need_kinds
from bot.domain.talk import SHIPPED
from bot.domain.trigger import Trigger


def unknown_groups(draft: Draft) -> Iterator[Trouble]:
    groups = draft.get("groups", {})
    for id_, person in draft.get("people", {}).items():
        if groups and person.get("group", "") not in ("", *groups):
            yield unknown_id(("people", id_), "group", "check.unknown_group", person["group"], groups)


def talks(draft: Draft) -> Iterator[Trouble]:
    """A rule of the unit's own is called something and comes up some time; what is shipped does already."""
    for id_, rule in draft.get("talks", {}).items():
        place = ("talks", id_)
        for name in ("name", "when"):
            if name not in rule and id_ not in SHIPPED:
                yield Trouble(place, name, "check.missing", {"name": name, "example": TALK[name].example})
        yield from _trigger(draft, place, rule.get("when"))


def _trigger(draft: Draft, place: Place, trigger: Trigger | None) -> Iterator[Trouble]:
    """What it names is there: a meeting among the study items, a kind of need among those there are."""
    kinds, studies = dict.fromkeys((*need_kinds.SHIPPED, *draft.get("need_kinds", {}))), draft.get("study", {})
    for kind in sorted(trigger.needs - kinds.keys() if trigger else ()):
        yield unknown_id(place, "when", "check.unknown_need_kind", kind, kinds)
    if trigger and trigger.study and trigger.study not in studies:
        yield unknown_id(place, "when", "check.unknown_study", trigger.study, studies)
    elif trigger and trigger.study and studies[trigger.study].get("form", "class") != "meeting":
        yield Trouble(place, "when", "check.not_meeting", {"found": trigger.study})
