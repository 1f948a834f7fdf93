"""The questions of `lianxin init`, in their order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from bot.commands import answers as reading
from bot.commands.answers import NOTHING
from bot.commands.dialogue import Answers, Question
from bot.config import fields

BETWEEN = {"zh": "、", "en": ", "}
USUAL_ASK = {"zh": "周一、周四 17:40", "en": "mon,thu 17:40"}
EXAMPLE_UNIT, EXAMPLE_BRANCH, EXAMPLE_NAME = '"示例县人民检察院"', '"清风专班"', '"陈晓"'
EXAMPLE_APPROVAL = '{ by = "机关党委", number = "机党〔2026〕7号", date = 2026-02-27 }'


def questions(today: date, language: str, port: str) -> Sequence[Question]:
    """`language` and `port`: what is taken if nothing is said."""
    return (*_of_the_unit(language), *_of_the_branch(today), *_of_the_bot(port))


def _of_the_unit(language: str) -> Iterator[Question]:
    spoken = "init.language_{}".format
    yield Question("language", _alone(reading.language), '"zh"', lambda _: language, told=spoken)
    yield Question("name", _alone(fields.name), EXAMPLE_UNIT)
    yield Question("admin", _alone(reading.names), EXAMPLE_NAME, key="name")


def _of_the_branch(today: date) -> Iterator[Question]:
    kind, told, belongs = "init.kind_{}".format, _none_yet, _has_branch
    days, approval = partial(reading.first_and_last, today=today), partial(reading.approval, today=today)
    yield Question("branch", _alone(reading.branch_name), EXAMPLE_BRANCH, key="name", told=told)
    yield Question("kind", _alone(reading.kind), '"case"', _kind, belongs, _kind_is_told, told=kind)
    yield Question("days", _alone(days), "2026-03-02", belongs=belongs, key="from")
    yield Question("member", _alone(reading.names_or_later), EXAMPLE_NAME, belongs=belongs, key="name", told=told)
    yield Question("liaison", _alone(reading.names), EXAMPLE_NAME, _admins, belongs, key="name")
    yield Question("approval", _alone(approval), EXAMPLE_APPROVAL, lambda _: NOTHING, belongs, told=told)
    yield Question("full_member", _full_members, EXAMPLE_NAME, _members, _is_approved, key="name", told=told)


def _of_the_bot(port: str) -> Iterator[Question]:
    yield Question("ask", _alone(reading.ask), '"mon,thu 17:40"', _usual_ask)
    read, example = _alone(reading.port), '"127.0.0.1:8080"'
    yield Question("port", read, example, lambda _: port, silent=lambda _: True, key="listen")


def _alone(read: Callable[[str], object]) -> Callable[[str, Answers], object]:
    """Reads an answer whatever the others are."""
    return lambda typed, _: read(typed)


def _none_yet(answer: object) -> str:
    return "" if answer else "init.none_yet"


def _has_branch(answers: Answers) -> bool:
    """Or may have one: it has not been asked yet."""
    return answers.get("branch", "") is not None


def _kind(answers: Answers) -> str:
    return reading.kind_told_by(answers.get("branch") or "")


def _kind_is_told(answers: Answers) -> bool:
    return bool(_kind(answers))


def _admins(answers: Answers) -> str:
    return _joined(answers, answers.get("admin", (NOTHING,)))


def _members(answers: Answers) -> str:
    return _joined(answers, answers["member"])


def _joined(answers: Answers, names: Iterable[str]) -> str:
    return BETWEEN[answers.get("language", "zh")].join(names)


def _is_approved(answers: Answers) -> bool:
    """Who is a full member matters only where there may be a Party branch."""
    return bool(_has_branch(answers) and answers.get("approval") and answers.get("member"))


def _full_members(typed: str, answers: Answers) -> tuple[str, ...]:
    return reading.some_of(typed, answers["member"])


def _usual_ask(answers: Answers) -> str:
    return USUAL_ASK[answers.get("language", "zh")]
