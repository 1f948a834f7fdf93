"""Study items a unit may take over as they are (study_packs) and override key by key, as the file would have them.

三会一课: members' meeting quarterly, branch committee and group meetings monthly, a lecture quarterly (after the trial
regulations on the work of Party branches, 2018, Art. 13-16). Hosts are reminded in time, the others the day before.
"""

from collections.abc import Mapping
from typing import Any, cast

Pack = Mapping[str, Mapping[str, Any]]

GENERAL = {
    "title": "支部党员大会",
    "english": "members' meeting of the branch",
    "form": "meeting",
    "when": "quarterly 3/10 15:00",
    "remind": ["7d", "1d"],
    "status": ["full", "probationary"],
    "holidays": "before",
}
COMMITTEE = {
    "title": "支委会",
    "english": "branch committee",
    "form": "meeting",
    "when": "monthly 8 15:00",
    "remind": ["3d"],
    "audience": ["secretaries"],
    "holidays": "before",
}
GROUPS = {
    "title": "党小组会",
    "english": "party group meeting",
    "form": "meeting",
    "when": "monthly 18 15:00",
    "remind": ["3d"],
    "audience": ["group_leaders"],
    "holidays": "before",
}
LECTURE = {
    "title": "党课",
    "english": "Party lecture",
    "form": "lecture",
    "when": "quarterly 2/20 15:00",
    "remind": ["7d", "1d"],
    "holidays": "before",
}
THEME_DAY = {
    "title": "主题党日",
    "english": "theme Party day",
    "form": "theme_day",
    "when": "monthly 15 15:00",
    "remind": ["2d"],
    "holidays": "before",
}
PACKS: Mapping[str, Pack] = {
    "three-meetings": {
        "general-meeting": GENERAL,
        "branch-committee": COMMITTEE,
        "group-meeting": GROUPS,
        "party-lecture": LECTURE,
    },
    "theme-day": {"theme-day": THEME_DAY},
}


def with_packs(names: object, own: object) -> object:
    """The file's study tables over those of the packs it names; what is no pack is somebody else's trouble."""
    if not isinstance(names, list) or not isinstance(own, dict):
        return own
    merged: dict[object, Any] = {}
    for name in cast("list[object]", names):
        for id_, item in PACKS.get(name, {}).items() if isinstance(name, str) else ():
            merged[id_] = dict(item)
    for id_, item in cast("dict[object, Any]", own).items():
        shipped = merged.get(id_)
        merged[id_] = {**shipped, **item} if shipped and isinstance(item, dict) else item
    return merged
