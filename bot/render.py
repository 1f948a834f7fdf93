"""Sentences: templates/say/<language>/<family>.toml, filled by jinja2, which forgives no gap."""

import marshal
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, StrictUndefined, Template

from bot.overrides import Overrides, OwnVoice, Voice

SHORT, MOST_KNOWN = 400, 1000  # bytes of facts; sentences
SENTENCES = Path(__file__).parents[1] / "templates" / "say"
LANGUAGES = ("zh", "en")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Renderer:
    """Turns keys and facts into what a person reads; what the unit says in its own words (`own`) goes first."""

    def __init__(self, folder: Path, own: Overrides | None = None) -> None:
        self.own = own or Overrides()
        self._voices = {each: _Voice(folder / each, self.own.voiced(each)) for each in LANGUAGES}

    def say(self, language: str, key: str, facts: Mapping[str, Any] | None = None) -> str:
        """Raises KeyError for an unknown key, jinja2.UndefinedError for a missing fact: mistakes of ours."""
        return self._voices[language].say(key, **(facts or {}))

    def voice(self, language: str) -> Voice:
        return self._voices[language]

    def keys(self, language: str) -> dict[str, str]:
        """Every shipped sentence of a language by its key, unfilled."""
        return dict(self._voices[language].texts)


class _Voice:
    def __init__(self, folder: Path, own: OwnVoice | None) -> None:
        self.texts = _texts(folder)
        self._own = own
        self._words = {**self.texts, **(own.words() if own else {})}
        self._environment = Environment(
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - sentences, not pages
            trim_blocks=True,
            lstrip_blocks=True,
        )
        remembered = {name: lru_cache(256)(getattr(self, name)) for name in ("day", "moment", "until", "days_after")}
        cast("dict[str, Any]", self._environment.filters).update(remembered, schedule=self.schedule, word=self.word)
        self._known = {"say": self.say, "word": self.word}
        self._compiled: dict[str, Template] = {}
        self._said: dict[tuple[str, bytes], str] = {}

    def say(self, key: str, **facts: Any) -> str:
        """What is short and said again and again is laid out once."""
        if self._own and (said := self._own.said(key, facts, self)) is not None:
            return said
        try:
            form = marshal.dumps(facts, 2)
        except ValueError:
            return self._lay_out(key, facts)
        if len(form) > SHORT:
            return self._lay_out(key, facts)
        said = self._said.get((key, form))
        if said is None:
            if len(self._said) >= MOST_KNOWN:
                self._said.clear()
            said = self._said[key, form] = self._lay_out(key, facts)
        return said

    def _lay_out(self, key: str, facts: Mapping[str, Any]) -> str:
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._environment.from_string(self.texts[key])
        # What `render` does, without copying the environment's globals anew for each of some nested sentences.
        filled = found.new_context({**facts, **self._known}, shared=True)
        return "".join(found.root_render_func(filled)).strip()

    def word(self, key: str) -> str:
        return self._words[f"words.{key}"]

    def day(self, when: str | date) -> str:
        """5 March (Thursday), as the language writes it; takes ISO text or a date."""
        found = date.fromisoformat(when[:10]) if isinstance(when, str) else when
        weekday = self.word(_WEEKDAYS[found.weekday()])
        return self.say("words.day_form", month=found.month, day=found.day, weekday=weekday)

    def moment(self, when: str) -> str:
        """The day and the hour of local ISO text."""
        found = datetime.fromisoformat(when)
        return self.say("words.moment_form", day=self.day(found.date()), hour=f"{found:%H:%M}")

    def until(self, when: str) -> str:
        """The same of an end: midnight belongs to the day that it ends."""
        found = datetime.fromisoformat(when)
        if found.time() != time(0):
            return self.moment(when)
        return self.say("words.midnight_form", day=self.day(found.date() - timedelta(days=1)))

    def days_after(self, when: str, days: int) -> str:
        """A later day as one types it into a chat."""
        found = date.fromisoformat(when) + timedelta(days=days)
        return self.say("words.typed_day_form", month=found.month, day=found.day)

    def schedule(self, parts: Mapping[str, Any]) -> str:
        return self.say(f"schedule.{parts['kind']}", **{"days": [], **parts})


@lru_cache
def _texts(folder: Path) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        family = tomllib.loads(file.read_text("utf-8"))
        texts |= {f"{file.stem}.{name}": text for name, text in family.items()}
    return texts
