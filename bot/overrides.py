"""What a unit says in its own words; should one of its sentences not come out, the shipped one is said.

Which of them broke is remembered until the folder is read again, and kept as news for the admins.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from bot.domain.placeholders import Lines, Place, places, plain
from bot.errors import Unreadable

log = logging.getLogger("lianxin.overrides")
PIECE = "piece"


class Voice(Protocol):
    """How dates, schedules and ready-made pieces read in one language."""

    def say(self, key: str, **facts: Any) -> str: ...
    def day(self, when: Any) -> str: ...
    def moment(self, when: Any) -> str: ...
    def until(self, when: Any) -> str: ...
    def schedule(self, parts: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class Own:
    """One sentence of the unit's; `at` is the file and line where it stands."""

    lines: Lines
    at: str


@dataclass(frozen=True, slots=True)
class News:
    """What the admins are to hear of one sentence: `kind` is the key of what is said to them."""

    kind: str
    about: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def reason(self) -> str:
        """The same for the same trouble, so that it is told once; another one when it is another trouble."""
        told = repr((self.kind, sorted(self.facts.items(), key=lambda pair: pair[0])))
        return f"sentence:{self.about}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


class Overrides:
    """The unit's own sentences, by language and key, as far as they can be said."""

    def __init__(self, sentences: Mapping[str, Mapping[str, Own]] | None = None, news: Iterable[News] = ()) -> None:
        self._sentences = {language: dict(own) for language, own in (sentences or {}).items()}
        self._news = {one.reason: one for one in news}

    def voiced(self, language: str) -> "OwnVoice | None":
        """None: in this language everything is said as shipped."""
        own = self._sentences.get(language)
        return OwnVoice(language, own, self) if own else None

    def news(self) -> list[News]:
        """What the admins have not been told yet."""
        return list(self._news.values())

    def told(self, news: Iterable[News]) -> None:
        for one in news:
            self._news.pop(one.reason, None)

    def note(self, one: News) -> None:
        self._news[one.reason] = one


class OwnVoice:
    """One language's own sentences."""

    def __init__(self, language: str, sentences: dict[str, Own], overrides: Overrides) -> None:
        self._language, self._sentences, self._overrides = language, sentences, overrides

    def words(self) -> dict[str, str]:
        """Those without a place to fill, ready as they are."""
        return {key: plain(own.lines) for key, own in self._sentences.items() if not any(places(own.lines))}

    def said(self, key: str, facts: Mapping[str, Any], voice: Voice) -> str | None:
        """None: there is none, or it broke, and the shipped one is to be said."""
        own = self._sentences.get(key)
        if own is None:
            return None
        try:
            return filled(own.lines, facts, voice)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the member gets her answer
            self._sentences.pop(key, None)
            place = str(error.facts["place"]) if isinstance(error, Unreadable) else ""
            log.warning("own sentence broke at=%s key=%s place=%s", own.at, key, place)
            facts_told = {"where": own.at, "sentence": key, "place": place}
            self._overrides.note(News("overrides.broke", f"{self._language}.{key}", facts_told))
            return None


def filled(lines: Lines, facts: Mapping[str, Any], voice: Voice) -> str:
    """The text. A line of nothing but places that turn out empty is left out. Raises Unreadable at a `place` that
    cannot be filled, and (`place` is empty) when nothing at all is left to say."""
    said: list[str] = []
    for line in lines:
        text = "".join(part if isinstance(part, str) else _put(part, facts, voice) for part in line)
        if text.strip() or not line:
            said.append(text)
    whole = "\n".join(said).strip()
    if not whole:
        raise Unreadable("overrides.broke", place="")
    return whole


def _put(place: Place, facts: Mapping[str, Any], voice: Voice) -> str:
    try:
        return _formed(place, facts, voice)
    except Exception as error:
        raise Unreadable("overrides.broke", place=place.name) from error


def _formed(place: Place, facts: Mapping[str, Any], voice: Voice) -> str:
    if place.form == PIECE:
        return voice.say(f"pieces.{place.name}", **facts)
    value = facts[place.name]
    if value is None or value in ("", [], ()):
        return ""
    match place.form:
        case "day":
            return voice.day(value)
        case "moment":
            return voice.moment(value)
        case "until":
            return voice.until(value)
        case "schedule":
            return voice.schedule(value)
        case "join":
            return voice.say("pieces.listed", names=_each(value))
        case _:
            return _plain(value)


def _each(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in cast("list[object]", value)]
    raise TypeError(type(value).__name__)


def _plain(value: object) -> str:
    """Text and numbers; of anything else nobody could tell how it reads."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise TypeError(type(value).__name__)
