"""What a member said in a round: how she is, how the work stands, how she lives, what she needs."""

from dataclasses import dataclass, replace
from typing import Literal

Thoughts = Literal["steady", "so_so", "talk"]
Work = Literal["on_track", "tight", "need_support", "stage_done", "unsaid"]
Living = Literal["well", "trouble", "other"]
Part = Literal["thoughts", "work", "living", "need"]

WORDS_LIMIT = 1000  # characters kept of each part


@dataclass(frozen=True, slots=True)
class Report:
    """Own words may stand without a value; a part with neither was not mentioned."""

    thoughts: Thoughts | None = None
    thoughts_words: str = ""
    work: Work | None = None
    work_words: str = ""
    living: Living | None = None
    living_words: str = ""
    need: str = ""

    def mentions(self, part: Part) -> bool:
        return any(getattr(self, name) for name in FIELDS[part])


FIELDS: dict[Part, tuple[str, ...]] = {
    "thoughts": ("thoughts", "thoughts_words"),
    "work": ("work", "work_words"),
    "living": ("living", "living_words"),
    "need": ("need",),
}


def merge(old: Report, new: Report) -> Report:
    """A second message replaces the parts it names, value and words together, and leaves the others alone."""
    return replace(old, **{name: getattr(new, name) for part in FIELDS if new.mentions(part) for name in FIELDS[part]})
