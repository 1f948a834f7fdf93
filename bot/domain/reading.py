"""Reading a member's answer in her own words: what it says of thoughts, work, living and need, and nothing more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeVar

from bot.domain import reading_values as values
from bot.domain import reading_words as words
from bot.domain.reading_clauses import Clause, clauses_of, clean, fold, parts_named
from bot.domain.reading_judges import JUDGES, Finding, first, is_noise, is_question
from bot.domain.report import WORDS_LIMIT, Living, Part, Report, Thoughts, Work

Kind = values.Kind
WorkMode = Literal["closed", "gated"]
SHORT = 16  # characters
CALL_FOR_HELP = "求助"
IN_ORDER: tuple[Part, ...] = ("thoughts", "work", "living")
Value = TypeVar("Value", bound=str)

# Where one message says two things of a part, what needs attention counts; "other" is no claim at all.
THOUGHTS_ORDER: tuple[Thoughts, ...] = ("talk", "so_so", "steady")
WORK_ORDER: tuple[Work, ...] = ("need_support", "tight", "unsaid", "stage_done", "on_track")
LIVING_ORDER: tuple[Living, ...] = ("trouble", "well", "other")


@dataclass(frozen=True, slots=True)
class Reading:
    report: Report  # only what was said
    all_well: bool = False  # said in one word, and nothing beside it says otherwise
    unchanged: bool = False
    work_refused: bool = False  # words about work that may not be kept were left out of the report
    trouble: bool = False  # thoughts or living sound like trouble: ask whether help is wanted
    wants_help: bool = False
    left_out: bool = False  # some words fitted no part, or were beyond WORDS_LIMIT
    understood: bool = True  # False: nothing could be read


ALL_WELL = (Finding("all_well"), Finding("thoughts", "steady"), Finding("work", "on_track"), Finding("living", "well"))
CODES: dict[str, tuple[Finding, ...]] = {
    "1": ALL_WELL,
    "2": (Finding("help"),),
    "3": (Finding("thoughts", "talk"),),
}


def read(text: str, kind: Kind, work: WorkMode) -> Reading:
    """What a message says. The shortest ones, said by everybody every day, are read once and known by heart."""
    return _by_heart(text, kind, work) if len(text) <= SHORT else _read(text, kind, work)


@lru_cache(512)
def _by_heart(text: str, kind: Kind, work: WorkMode) -> Reading:
    return _read(text, kind, work)


def _read(text: str, kind: Kind, work: WorkMode) -> Reading:
    said = clean(text)
    plain = fold(said)
    code = words.CODE.match(plain)
    start = code.end() if code else 0
    clauses = _in_order(list(clauses_of(plain, start)))
    found = list(_findings(clauses, kind, work))
    if code and not any(clause.plain.isdecimal() for clause in clauses):
        found.extend(CODES[code[1]])
    return _reading(found, said, clauses)


def _in_order(clauses: list[Clause]) -> list[Clause]:
    """Three bare values are thoughts, work and living, the order in which they are asked for."""
    said = [clause.plain for clause in clauses if not clause.parts]
    if len(clauses) != len(IN_ORDER) or len(said) != len(IN_ORDER) or first(values.WHOLE, said[1]):
        return clauses
    bare = (
        first(values.THOUGHTS_VALUES, said[0]) and first(values.WORK_VALUES, said[1]) and words.PLAIN.fullmatch(said[2])
    )
    if not bare:
        return clauses
    return [replace(clause, parts=(part,)) for clause, part in zip(clauses, IN_ORDER, strict=True)]


def _findings(clauses: Sequence[Clause], kind: Kind, work: WorkMode) -> Iterator[Finding]:
    """A clause that names no part of its own goes with the one before it."""
    before: tuple[Part, ...] = ()
    named: set[Part] = set()
    says_more = any(not is_noise(one.plain) and not values.FREE_OF_NEEDS.fullmatch(one.plain) for one in clauses)
    for order, clause in enumerate(clauses):
        if not clause.parts and values.REST_WELL.fullmatch(clause.plain):
            yield from (each for each in ALL_WELL if each.about not in named)
            before = ("living",)
            continue
        if not clause.parts and says_more and values.FREE_OF_NEEDS.fullmatch(clause.plain):
            continue
        topic = clause.parts or _topic(clause.plain, kind)
        if isinstance(topic, str):
            yield from ALL_WELL if topic == "all_well" else (Finding(topic),)
            before = ("living",) if topic in ("all_well", "unchanged") else before
        elif topic or before:
            before = topic or before
            named.update(before)
            yield from _judged(clause.plain, before, work, order)
        else:
            yield Finding("unread", trouble=_sounds_like_trouble(clause.plain))


def _sounds_like_trouble(said: str) -> bool:
    return bool(values.REQUEST.search(said)) or (words.tone(said) == "bad" and not is_question(said))


def _topic(said: str, kind: Kind) -> tuple[Part, ...] | values.Whole:
    """What a clause without a label is about; () is unknown."""
    if name := first(values.WHOLE, said):
        return name
    if values.WORK_MARK.search(said) and first(values.WORK_VALUES, said):
        return ("work",)
    if first(values.THOUGHTS_VALUES, said):
        return ("thoughts",)
    is_case = values.CASE_WORDS.search(said)
    if values.REQUEST.search(said) and values.LIVING_TOPIC.search(said) and not is_case:
        return ("living",)
    if is_question(said) and not is_case:
        return ()
    head = words.HEAD_LABEL.match(said)
    if head and head.end() == len(said):
        return "noise"
    named = parts_named(head[1]) if head else ()
    if named == ("work",) and values.THOUGHTS_TOPIC.search(said):
        return ("thoughts",)
    if named and (named != ("need",) or said.startswith(CALL_FOR_HELP)):
        return named
    return ("work",) if is_case else _topic_by_words(said, kind)


def _topic_by_words(said: str, kind: Kind) -> tuple[Part, ...]:
    if values.TALK.search(said) or values.THOUGHTS_TOPIC.search(said):
        return ("thoughts",)
    if values.LIVING_TOPIC.search(said) or words.ABOUT_TROUBLE.search(said):
        return ("living",)
    if values.WORK_TOPIC.search(said) or values.KIND_TOPIC[kind].search(said):
        return ("work",)
    return ()


def _judged(said: str, parts: tuple[Part, ...], work: WorkMode, order: int) -> Iterator[Finding]:
    body = _body(said, parts)
    if work == "closed" and _is_closed(body, parts):
        yield Finding("refused")
        if "need" in parts:
            yield Finding("help")
    elif values.UNCHANGED.fullmatch(body):
        yield Finding("unchanged")
    elif not values.NOTHING.fullmatch(body):
        yield from (finding for part in parts if (finding := JUDGES[part](body, order)))


def _body(said: str, parts: tuple[Part, ...]) -> str:
    head = words.HEAD_LABEL.match(said)
    own = head and set(parts_named(head[1])) <= set(parts)
    return said[head.end() :].lstrip(" :-—–=") if head and own else said


def _is_closed(body: str, parts: tuple[Part, ...]) -> bool:
    if values.CASE_WORDS.search(body):
        return True
    if "work" not in parts or first(values.WORK_VALUES, body) or is_noise(body):
        return False
    return not values.UNCHANGED.fullmatch(body) and not values.NOTHING.fullmatch(body)


def names_case_work(text: str) -> bool:
    """Whether it speaks of case work, wherever in the message."""
    return values.CASE_WORDS.search(fold(clean(text))) is not None


def _reading(found: Sequence[Finding], said: str, clauses: Sequence[Clause]) -> Reading:
    own: dict[Part, str] = {part: _words(part, found, said, clauses) for part in JUDGES}
    report, about = _report(found, own), {each.about for each in found}
    trouble = any(each.trouble for each in found)
    well = (report.thoughts, report.work, report.living) == ("steady", "on_track", "well")
    return Reading(
        report,
        all_well="all_well" in about and well and not trouble and not about & {"need", "help"},
        unchanged="unchanged" in about,
        work_refused="refused" in about,
        trouble=trouble,
        wants_help=bool(about & {"need", "help"}),
        left_out="unread" in about or any(len(each) > WORDS_LIMIT for each in own.values()),
        understood=bool(about - {"noise", "unread"}),
    )


def _report(found: Sequence[Finding], own: Mapping[Part, str]) -> Report:
    return Report(
        _weightiest(THOUGHTS_ORDER, "thoughts", found),
        own["thoughts"][:WORDS_LIMIT],
        _weightiest(WORK_ORDER, "work", found),
        own["work"][:WORDS_LIMIT],
        _weightiest(LIVING_ORDER, "living", found),
        own["living"][:WORDS_LIMIT],
        own["need"][:WORDS_LIMIT],
    )


def _weightiest(order: Sequence[Value], part: Part, found: Sequence[Finding]) -> Value | None:
    named = {each.value for each in found if each.about == part}
    return next((value for value in order if value in named), None)


def _words(part: Part, found: Sequence[Finding], said: str, clauses: Sequence[Clause]) -> str:
    """Her own words as she wrote them; what stood together stays together."""
    runs: list[tuple[int, int]] = []
    for clause in (clauses[each.clause] for each in found if each.about == part and each.clause is not None):
        if runs and not words.LETTER.search(said, runs[-1][1], clause.start):
            runs[-1] = (runs[-1][0], clause.end)
        else:
            runs.append((clause.start, clause.end))
    return "；".join(_original(said, *run) for run in runs)


def _original(said: str, start: int, end: int) -> str:
    closing = words.CLOSING.match(said, end) if words.OPENING.search(said, start, end) else None
    return said[start : closing.end() if closing else end].strip()
