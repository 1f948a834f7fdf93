"""The admin's file, read whole: one Config in which everything agrees, or every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from bot.config import model
from bot.config.agree import disagreements, unit_words
from bot.config.fields import VEIL, printable
from bot.config.lines import Place, line_numbers, line_of
from bot.config.reading import Draft, Trouble, read_table
from bot.config.source import decode, parse
from bot.config.tables import LATER_CHANNELS, PERSON, whole_file
from bot.domain import gate
from bot.domain.workdays import Workdays
from bot.errors import ConfigBroken, Unreadable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to change: `key` names its sentence, `facts` fill it. `line` None: nowhere in particular; `file`
    None: in the file that was read."""

    key: str
    table: str
    name: str
    line: int | None
    facts: Mapping[str, object]
    file: Path | None = None


def load(path: Path) -> model.Config:
    """Raises ConfigBroken with every problem."""
    try:
        return replace(read(decode(path.read_bytes()), path), sources=(path,))
    except FileNotFoundError:
        raise _broken(path, [Problem("check.no_file", "", "", None, {})]) from None
    except OSError as wrong:
        raise _broken(path, [Problem("check.unreadable", "", "", None, {"cause": wrong.strerror})]) from None
    except Unreadable as refusal:
        raise _broken(path, [_of_the_text(refusal)]) from None


def read(text: str, path: Path) -> model.Config:
    """The Config a text says; `path` is where it came from. Raises ConfigBroken with every problem."""
    try:
        document = _without_later_channels(parse(text))
    except Unreadable as refusal:
        raise _broken(path, [_of_the_text(refusal)]) from None
    troubles: list[Trouble] = []
    draft = read_table(whole_file(_table(document.get("channels"))), document, (), troubles)
    troubles += disagreements(draft)
    if troubles:
        raise _broken(path, _problems(text, troubles, draft))
    return _build(draft)


def problem_lines(broken: ConfigBroken) -> list[tuple[Problem, dict[str, object]]]:
    """Each problem with all that its sentence needs: also `file`, `line`, `table`, `name`, and `where`, which is
    `lianxin.toml:12 [branches.qingfeng] from`."""
    path = cast("Path", broken.facts["path"])
    problems = cast("tuple[Problem, ...]", broken.facts["problems"])
    return [(one, facts_of(one, path)) for one in problems]


def facts_of(problem: Problem, path: Path) -> dict[str, object]:
    """All that its sentence needs; `path` is the file that was read."""
    file = problem.file or path
    return {**problem.facts, "file": str(file), "line": problem.line, "where": _where(file, problem)}


def store_path(config: model.Config, file: Path) -> Path:
    """Where the database is; a path in the file begins at the file's own folder."""
    return file.parent / config.store.url.removeprefix("sqlite:")


def key_path(config: model.Config, file: Path) -> Path:
    return file.parent / config.store.key_file


def sentences_path(config: model.Config, file: Path) -> Path:
    """The folder of the unit's own sentences, which need not be there."""
    return file.parent / config.sentences


def _without_later_channels(document: dict[str, Any]) -> dict[str, Any]:
    """A channel of a coming version is one problem, not one for each of its keys."""
    channels = _table(document.get("channels"))
    return {**document, "channels": {id_: _only_kind(one) for id_, one in channels.items()}} if channels else document


def _only_kind(channel: Any) -> Any:
    kind = _table(channel).get("kind")
    return {"kind": kind} if kind in LATER_CHANNELS else channel


def _table(found: object) -> dict[str, Any]:
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _problems(text: str, troubles: Iterable[Trouble], draft: Draft) -> list[Problem]:
    """The troubles with their lines, in the order of the file; nothing in them that the gate would refuse."""
    numbers, words = line_numbers(text), unit_words(draft)

    def veiled(said: object) -> object:
        return VEIL if isinstance(said, str) and gate.scan(said, words) else said

    def problem(one: Trouble) -> Problem:
        place: Place = (*one.table, one.name) if one.name else one.table
        line = line_of(place, numbers) or (1 if one.name else None)
        table = ".".join(str(veiled(part)) for part in one.table)
        facts = {name: veiled(said) for name, said in one.facts.items()}
        return Problem(one.key, table, str(veiled(one.name)), line, facts)

    return sorted(map(problem, troubles), key=lambda one: one.line or 0)


def _of_the_text(refusal: Unreadable) -> Problem:
    line = refusal.facts.get("line")
    return Problem(refusal.key, "", "", line if isinstance(line, int) else None, refusal.facts)


def _broken(path: Path, problems: list[Problem]) -> ConfigBroken:
    return ConfigBroken("check.broken", path=path, count=len(problems), problems=tuple(problems))


def _where(path: Path, problem: Problem) -> str:
    line = f"{path}:{problem.line}" if problem.line else str(path)
    table = f"[{problem.table}]" if problem.table else ""
    return printable(" ".join(part for part in (line, table, problem.name) if part))


def _server(draft: Draft) -> model.Server:
    """Without an address of its own, links begin with the one that is listened at."""
    if "listen" in draft and "public_url" not in draft:
        return model.Server(**draft, public_url=f"http://{draft['listen']}")
    return model.Server(**draft)


def _build(draft: Draft) -> model.Config:
    report, silence = model.ReportRule(**draft.get("report", {})), model.SilenceRule(**draft.get("silence", {}))
    own = {name: draft[name] for name in ("name", "admins", "language", "time_zone", "sentences") if name in draft}
    return model.Config(
        **own,
        channels={id_: model.ChannelConfig(**one) for id_, one in draft["channels"].items()},
        people={id_: _person(one) for id_, one in draft["people"].items()},
        branches={id_: _branch(one, report, silence) for id_, one in draft.get("branches", {}).items()},
        server=_server(draft.get("server", {})),
        store=model.StorePlace(**draft.get("store", {})),
        homes={id_: model.Home(**one) for id_, one in draft.get("homes", {}).items()},
        report=report,
        silence=silence,
        study={id_: model.Study(**one) for id_, one in draft.get("study", {}).items()},
        digest=model.Digest(**draft.get("digest", {})),
        limits=model.Limits(**draft.get("limits", {})),
        gate=model.Gate(**draft.get("gate", {})),
        keep=model.Keep(**draft.get("keep", {})),
        calendar=Workdays(**draft.get("calendar", {})),
    )


def _person(draft: Draft) -> model.Person:
    own = {name: value for name, value in draft.items() if name in PERSON}
    return model.Person(**own, addresses={name: value for name, value in draft.items() if name not in PERSON})


def _branch(draft: Draft, report: model.ReportRule, silence: model.SilenceRule) -> model.Branch:
    """A branch says only where it differs from the unit's rules."""
    own = {name: value for name, value in draft.items() if name not in ("from", "to", "report", "silence", "approval")}
    return model.Branch(
        **own,
        opens=draft["from"],
        closes=draft["to"],
        approval=model.Approval(**draft["approval"]) if "approval" in draft else None,
        report=replace(report, **draft.get("report", {})),
        silence=replace(silence, **draft.get("silence", {})),
    )
