"""A study item as the file has it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.domain.cadence import Holidays, Schedule

Form = Literal["class", "lecture", "theme_day", "reading", "platform", "meeting"]


@dataclass(frozen=True, slots=True)
class Study:
    """`place`: where those who are here meet; who is away is not asked of it, and gets `remote` or the link instead."""

    title: str
    when: Schedule
    english: str = ""  # the title for those who hear English
    form: Form = "class"
    remind: tuple[timedelta, ...] = (timedelta(days=1), timedelta(minutes=30))
    audience: tuple[str, ...] = ("all",)  # all | away | here | secretaries | group_leaders | ids
    status: tuple[str, ...] = ()  # empty: whatever they are
    place: str = ""
    remote: str = ""
    link: str = ""
    material: str = ""  # an address, or a file beside this one
    organiser: str = ""  # empty: the secretary of those it is for
    platform: str = ""
    books: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()  # ids, or those it is for: "audience"
    speaker_notice: timedelta = timedelta(days=14)
    holidays: Holidays = "keep"
    lasts: timedelta = timedelta(hours=1)

    def named(self, language: str) -> str:
        return self.english if language == "en" and self.english else self.title
