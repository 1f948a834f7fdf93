"""What one value of the file must look like: each function gives the value, or says what was found instead."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.config.meant import schedule_meant
from bot.domain import cadence, gate, when
from bot.errors import Unreadable

T = TypeVar("T")

LONGEST_NAME = 40
LONGEST_REMARK = 300
LONGEST_SHOWN = 40
MOST_HINTS = 20  # who is wrong more often made no slip of the pen; and to look for each takes time
YEARS = range(2000, 2101)  # so that no date comes near the ends of the calendar
NONE = "none"
VEIL = "***"

_HOST_AND_PORT = re.compile(r"(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})", re.ASCII)
_CORP_ID, _ENV_NAME = re.compile(r"[A-Za-z0-9_-]{6,64}"), re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?")


def shown(found: object) -> str:
    """A value as the file has it, on one line and cut short; a secret that does not belong there is not said again."""
    if isinstance(found, date | time):
        return str(found)
    try:
        written = json.dumps(found, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # a number of thousands of digits, tables hundreds deep
        return "…"
    if gate.scan(written):
        return VEIL
    plain = printable(written)
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"


def printable(written: str) -> str:
    return "".join(one if one.isprintable() else "�" for one in written)


def closest(found: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant."""
    return next(iter(get_close_matches(found.lower(), known, 1, 0.7)), None)


def table(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        _refuse("double_brackets" if _holds_tables(found) else "not_table", found)
    return cast("dict[str, Any]", found)


def text(found: object) -> str:
    if not isinstance(found, str):
        _refuse("not_text", found)
    if not found.isprintable():
        _refuse("unprintable", found)
    return found.strip()


def word(found: object) -> str:
    return text(found) or _refuse("empty", found)


def name(found: object) -> str:
    """What people read: not empty, not so long that a sentence around it breaks on a phone."""
    read = word(found)
    if len(read) > LONGEST_NAME:
        _refuse("name_long", found, length=len(read), most=LONGEST_NAME)
    return read


def words(found: object) -> tuple[str, ...]:
    return _each(word, found)


def ids(found: object) -> tuple[str, ...]:
    """One id or more."""
    return words(found) or _refuse("nobody", found)


def audience(found: object) -> tuple[str, ...]:
    return ids([found] if isinstance(found, str) else found)


def names(found: object) -> tuple[str, ...]:
    return _each(name, found)


def remark(found: object) -> str:
    """A sentence of the file's that is said as it stands."""
    read = word(found)
    if len(read) > LONGEST_REMARK:
        _refuse("name_long", found, length=len(read), most=LONGEST_REMARK)
    return read


def material(found: object) -> str:
    """An address, or the name of a file, which begins at the folder of the file it is named in."""
    return web_address(found) if text(found).lower().startswith(("http:", "https:")) else word(found)


def named_days(found: object) -> dict[str, date]:
    return {name(one): day(on) for one, on in table(found).items()}


def gate_words(found: object) -> tuple[str, ...]:
    """A word of nothing but stars and spaces would refuse nothing, or everything."""
    read = words(found)
    if len(gate.compile_words(read).pieces) < len(read):
        _refuse("gate_word", found)
    return read


def day(found: object) -> date:
    if not isinstance(found, date) or isinstance(found, datetime):
        _refuse("not_date", found)
    if found.year not in YEARS:
        _refuse("date_far", found, first=YEARS[0], last=YEARS[-1])
    return found


def days(found: object) -> frozenset[date]:
    return frozenset(_each(day, found))


def whole(least: int, most: int) -> Callable[[object], int]:
    def read(found: object) -> int:
        if not isinstance(found, int) or isinstance(found, bool):
            _refuse("not_whole", found)
        if not least <= found <= most:
            _refuse("number_range", found, least=least, most=most)
        return found

    return read


def yes_or_no(found: object) -> bool:
    return found if isinstance(found, bool) else _refuse("not_yes_or_no", found)


def choice(*options: str) -> Callable[[object], str]:
    def read(found: object) -> str:
        return text(found) if text(found) in options else _refuse("not_choice", found, options=" | ".join(options))

    return read


def choices(*options: str) -> Callable[[object], tuple[str, ...]]:
    return lambda found: _each(choice(*options), found)


def schedule(found: object) -> cadence.Schedule:
    """Where it cannot be read, the one that was probably meant is named."""
    try:
        return _written(cadence.parse, found)
    except Unreadable:
        meant = schedule_meant(found) if isinstance(found, str) else None
        if meant is None:
            raise
    raise Unreadable("check.schedule_like", found=shown(found), hint=meant)


def schedule_or_none(found: object) -> cadence.Schedule | None:
    return None if found == NONE else schedule(found)


def quiet(found: object) -> when.Quiet | None:
    return _written(when.parse_quiet, found)


def span(found: object) -> timedelta:
    return _written(when.parse_duration, found)


def some_time(found: object) -> timedelta:
    """A span that is not nothing."""
    return span(found) or _refuse("duration_zero", found)


def spans(found: object) -> tuple[timedelta, ...]:
    return _each(some_time, found)


def time_zone(found: object) -> str:
    key = word(found)
    try:
        return ZoneInfo(key).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        zones = {zone.lower(): zone for zone in available_timezones()}
        hint = zones.get(closest(key, sorted(zones)) or "")
        _refuse("time_zone_like" if hint else "time_zone", found, hint=hint)


def listen(found: object) -> str:
    match = _HOST_AND_PORT.fullmatch(text(found))
    return text(found) if match and int(match[1]) <= 65535 else _refuse("listen", found)


def web_address(found: object) -> str:
    return text(found).rstrip("/") if _WEB_ADDRESS.fullmatch(text(found)) else _refuse("web_address", found)


def corp_id(found: object) -> str:
    return text(found) if _CORP_ID.fullmatch(text(found)) else _refuse("corp_id", found)


def env_name(found: object) -> str:
    return text(found) if _ENV_NAME.fullmatch(text(found)) else _refuse("env_name", found)


def store_url(found: object) -> str:
    """`sqlite:PATH`. The address of a database server holds a password: only its first word is shown."""
    kind, _, place = text(found).partition(":")
    if kind.startswith("postgres"):
        _refuse("later_value", kind)
    if kind != "sqlite" or not place or place.startswith(("//", ":")):
        _refuse("store_url", kind if "@" in place else found)
    return text(found)


def _holds_tables(found: object) -> bool:
    return isinstance(found, list) and any(isinstance(one, dict) for one in cast("list[object]", found))


def _each(read: Callable[[object], T], found: object) -> tuple[T, ...]:
    if not isinstance(found, list):
        _refuse("not_list", found)
    return tuple(read(one) for one in cast("list[object]", found))


def _written(parse: Callable[[str], T], found: object) -> T:
    """What a parser of the domain makes of a text; what it refuses has a sentence for each of its hints."""
    try:
        return parse(text(found))
    except Unreadable as refusal:
        hint = refusal.facts.get("hint")
        raise (Unreadable(f"{refusal.key}_{hint}", found=shown(found)) if hint else refusal) from None


def _refuse(key: str, found: object, **facts: object) -> NoReturn:
    raise Unreadable(f"check.{key}", found=shown(found), **facts)
