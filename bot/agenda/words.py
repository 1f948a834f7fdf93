"""A line of the calendar in words."""

from collections.abc import Iterator
from datetime import date, time
from typing import Protocol

from bot.agenda.branches import OnCalendar
from bot.agenda.lines import Line, View, unknown_years
from bot.domain import instant
from bot.domain.moved import Reason
from bot.domain.workdays import Nature

ORDINARY = ("workday", "weekend")


class Say(Protocol):
    def __call__(self, key: str, /, **facts: object) -> str: ...


class Words:
    def __init__(self, say: Say, view: View) -> None:
        self._say, self._view = say, view

    def heading(self, day: date) -> str:
        """The day, and what is particular about it."""
        nature = self._view.config.calendar.nature(day)
        note = "" if nature.kind in ORDINARY else self._nature(nature)
        return self._say("calendar.day", day=day.isoformat(), year=day.year != self._view.first.year, note=note)

    def hour(self, line: Line) -> str:
        """`24:00` of the day it ends."""
        if line.at is None:
            return "--:--"
        local = line.at.astimezone(line.zone)
        return "24:00" if local.time() == time(0) and local.date() > line.day else f"{local:%H:%M}"

    def what(self, line: Line) -> str:
        return self._say(f"calendar.what_{line.what}")

    def detail(self, line: Line) -> str:
        detail = self._say(f"calendar.detail_{line.what}", **line.facts)
        elsewhere = line.zone.key != self._view.config.time_zone
        return detail + self._say("calendar.zone", zone=line.zone.key) if elsewhere else detail

    def why(self, line: Line) -> str:
        return self._say("calendar.joined", parts=list(self.remarks(line)))

    def remarks(self, line: Line) -> Iterator[str]:
        """Why it is where it is, and what quiet hours do to it."""
        for reason in line.reasons:
            yield self._reason(reason)
        if line.at and line.sent_at is None:
            yield self._say("calendar.not_sent")
        elif line.at and line.sent_at and line.sent_at > line.at:
            yield self._say("calendar.sent_later", sent=instant.local(line.sent_at, line.zone))

    def notes(self) -> list[str]:
        """What holds for the whole: where the dates are not the file's, and years nobody knows."""
        noted = [self._note(one) for one in self._view.branches if one.note]
        return noted + [self._say("calendar.unknown_year", year=year) for year in unknown_years(self._view)]

    def _note(self, one: OnCalendar) -> str:
        in_file = one.closes_in_file.isoformat() if one.closes_in_file else ""
        closes = one.branch.closes.isoformat()
        return self._say(f"calendar.note_{one.note}", branch=self._view.named(one), closes=closes, in_file=in_file)

    def _reason(self, reason: Reason) -> str:
        facts = {"day": reason.day.isoformat(), "why": self._nature(reason.nature), "written": reason.written}
        return self._say(f"calendar.because_{reason.kind}", **facts)

    def _nature(self, nature: Nature) -> str:
        holiday = self._say(f"calendar.holiday_{nature.holiday or 'other'}")
        return self._say(f"calendar.nature_{nature.kind}", holiday=holiday)
