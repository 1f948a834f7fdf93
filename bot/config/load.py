"""The admin's file, read whole: one Config in which everything agrees, or every problem at once."""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from bot.config import model
from bot.config.agree import disagreements
from bot.config.joining import join_roster
from bot.config.problems import Problem, broken, problems_of, whole_text
from bot.config.problems import facts_of as facts_of
from bot.config.problems import problem_lines as problem_lines
from bot.config.reading import Draft, Trouble, read_table
from bot.config.source import decode, parse
from bot.config.tables import PERSON, whole_file
from bot.domain import need_kinds, platform, talk
from bot.domain.need_kinds import OTHER, KindOfNeed
from bot.domain.platform import Platform
from bot.domain.study_packs import with_packs
from bot.domain.talk import Rule
from bot.domain.workdays import Workdays
from bot.errors import Unreadable

MEETINGS = ("weekly_meeting", "monthly_comment")


def load(path: Path, roster: Path | None = None) -> model.Config:
    """Raises ConfigBroken with every problem. `roster`: a copy of the one it names, to be read instead."""
    try:
        return read(decode(path.read_bytes()), path, roster)
    except FileNotFoundError:
        raise broken(path, [Problem("check.no_file", "", "", None, {})]) from None
    except OSError as wrong:
        raise broken(path, [Problem("check.unreadable", "", "", None, {"cause": wrong.strerror})]) from None
    except Unreadable as refusal:
        raise broken(path, [whole_text(refusal)]) from None


def read(text: str, path: Path, copy: Path | None = None) -> model.Config:
    """The Config that a text and its roster say; `path` is where the text came from, and the roster's own path
    begins at its folder, unless a `copy` of it is read instead. Raises ConfigBroken with every problem."""
    try:
        document = parse(text)
    except Unreadable as refusal:
        raise broken(path, [whole_text(refusal)]) from None
    troubles: list[Trouble] = []
    has_roster = "roster" in document
    if "study_packs" in document:
        document = {**document, "study": with_packs(document["study_packs"], document.get("study", {}))}
    draft = read_table(whole_file(_table(document.get("channels")), has_roster), document, (), troubles)
    roster = join_roster(draft, document, path.parent, troubles, copy)
    unread = {(one.table, one.name) for one in troubles}  # what could not be read is not missing as well
    disagreed = disagreements(draft, all_known=not has_roster or (roster is not None and roster.whole))
    troubles += [one for one in disagreed if one.key != "check.missing" or (one.table, one.name) not in unread]
    if troubles:
        raise broken(path, problems_of(text, path, troubles, draft, roster))
    return replace(
        _build(draft),
        sources=(path, Path(roster.file)) if roster else (path,),
        unread=tuple(roster.unread) if roster else (),
    )


def store_path(config: model.Config, file: Path) -> Path:
    """Where the database is; a path in the file begins at the file's own folder."""
    return file.parent / config.store.url.removeprefix("sqlite:")


def key_path(config: model.Config, file: Path) -> Path:
    return file.parent / config.store.key_file


def sentences_path(config: model.Config, file: Path) -> Path:
    """The folder of the unit's own sentences, which need not be there."""
    return file.parent / config.sentences


def _table(found: object) -> dict[str, Any]:
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _server(draft: Draft) -> model.Server:
    """Without an address of its own, links begin with the one that is listened at."""
    if "listen" in draft and "public_url" not in draft:
        return model.Server(**draft, public_url=f"http://{draft['listen']}")
    return model.Server(**draft)


def _build(draft: Draft) -> model.Config:
    duty = _duty(draft.get("duty", {}))
    report, silence = model.ReportRule(**draft.get("report", {})), model.SilenceRule(**draft.get("silence", {}))
    own = {
        name: draft[name]
        for name in ("name", "admins", "language", "time_zone", "sentences", "study_packs")
        if name in draft
    }
    return model.Config(
        **own,
        channels={id_: model.ChannelConfig(**one) for id_, one in draft["channels"].items()},
        people={id_: _person(one) for id_, one in draft["people"].items()},
        branches={id_: _branch(one, report, silence, duty) for id_, one in draft.get("branches", {}).items()},
        server=_server(draft.get("server", {})),
        store=model.StorePlace(**draft.get("store", {})),
        homes={id_: model.Home(**one) for id_, one in draft.get("homes", {}).items()},
        groups={id_: model.PartyGroup(**one) for id_, one in draft.get("groups", {}).items()},
        duty=duty,
        talks=_talks(draft.get("talks", {})),
        care=model.Care(**draft.get("care", {})),
        report=report,
        silence=silence,
        needs=model.Needs(**draft.get("needs", {})),
        need_kinds=_need_kinds(draft.get("need_kinds", {})),
        study={id_: model.Study(**one) for id_, one in draft.get("study", {}).items() if one["when"]},
        platforms=_platforms(draft.get("platforms", {})),
        digest=model.Digest(**draft.get("digest", {})),
        limits=model.Limits(**draft.get("limits", {})),
        gate=model.Gate(**draft.get("gate", {})),
        keep=model.Keep(**draft.get("keep", {})),
        calendar=Workdays(**draft.get("calendar", {})),
        roster=model.RosterPlace(**draft.get("roster", {})),
    )


def _need_kinds(draft: Draft) -> dict[str, KindOfNeed]:
    """Those that are shipped, as the file changes them, and its own; what fits none comes last."""
    own = {id_: replace(need_kinds.SHIPPED.get(id_, KindOfNeed("")), **one) for id_, one in draft.items()}
    others = {id_: kind for id_, kind in need_kinds.SHIPPED.items() if id_ != OTHER}
    return {**others, **own, OTHER: own.get(OTHER, need_kinds.SHIPPED[OTHER])}


def _platforms(draft: Draft) -> dict[str, Platform]:
    """Those that are shipped, as the file changes them, and its own; of columns only those it names differ."""
    own = dict(platform.SHIPPED)
    for id_, one in draft.items():
        shipped = platform.SHIPPED.get(id_, Platform("", columns=platform.HOUR_COLUMNS))
        own[id_] = replace(shipped, **{**one, "columns": {**shipped.columns, **one.get("columns", {})}})
    return own


def _duty(draft: Draft) -> model.Duty:
    own = {name: value for name, value in draft.items() if name not in MEETINGS}
    return replace(model.Duty(**own), **{name: _meeting(draft, name, model.Duty()) for name in MEETINGS})


def _meeting(draft: Draft, name: str, unit: model.Duty) -> model.Meeting:
    """A meeting says only where it differs from the one above it."""
    return replace(getattr(unit, name), **draft.get(name, {}))


def _talks(draft: Draft) -> dict[str, Rule]:
    """What is shipped stays on unless the file says otherwise of it."""
    own = {id_: Rule(**one) for id_, one in draft.items() if id_ not in talk.SHIPPED}
    return {id_: replace(rule, **draft.get(id_, {})) for id_, rule in talk.SHIPPED.items()} | own


def _person(draft: Draft) -> model.Person:
    own = {name: value for name, value in draft.items() if name in PERSON}
    return model.Person(**own, addresses={name: value for name, value in draft.items() if name not in PERSON})


def _branch(draft: Draft, report: model.ReportRule, silence: model.SilenceRule, duty: model.Duty) -> model.Branch:
    """A branch says only where it differs from the unit's rules."""
    elsewhere = ("from", "to", "report", "silence", "approval", *MEETINGS)
    own = {name: value for name, value in draft.items() if name not in elsewhere}
    return model.Branch(
        **own,
        opens=draft["from"],
        closes=draft["to"],
        approval=model.Approval(**draft["approval"]) if "approval" in draft else None,
        report=replace(report, **draft.get("report", {})),
        silence=replace(silence, **draft.get("silence", {})),
        weekly_meeting=_meeting(draft, "weekly_meeting", duty),
        monthly_comment=_meeting(draft, "monthly_comment", duty),
    )
