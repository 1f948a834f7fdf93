"""The example file: it is the sample organisation, and shows every key with its real default."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config import model
from bot.config.load import load, read
from bot.config.reading import Key, Table
from bot.config.tables import whole_file
from bot.domain.cadence import next_after
from bot.domain.workdays import Workdays

ROOT = Path(__file__).parents[2]
FILE = Path("unit.toml")
EXAMPLE = (ROOT / "config.example.toml").read_text("utf-8")


def shown_defaults(text: str) -> str:
    """The example with every `#key = value` live: no space after the # marks a default."""
    return re.sub(r"(?m)^#(?=[a-z_]+ *=)", "", text)


def with_roster(text: str) -> str:
    """The example with its roster live, which has no default."""
    return text.replace("# [roster]\n# file", "[roster]\nfile")


def with_wecom(text: str) -> str:
    """The example with its WeCom channel live."""
    head, rest = text.split("# [channels.wecom]", 1)
    body, tail = rest.split("\n\n", 1)
    return f"{head}[channels.wecom]{body.replace(chr(10) + '# ', chr(10))}\n\n{tail}"


def test_the_wecom_channel_of_the_example_works_with_its_defaults() -> None:
    found = read(with_wecom(EXAMPLE), FILE).channels["wecom"]
    assert found == model.ChannelConfig(kind="wecom", corp_id="ww0123456789abcdef", agent_id=1000002)


def test_the_example_is_the_sample_organisation() -> None:
    config = load(ROOT / "config.example.toml")
    qingfeng, hailan = config.branches.values()
    assert qingfeng.approval
    assert sum(config.people[one].status == "full" for one in qingfeng.members) >= 3
    assert len(qingfeng.members) >= 5
    assert hailan.kind == "training"
    assert hailan.approval is None
    assert not set(qingfeng.members) & set(hailan.members)


def test_every_default_the_example_shows_is_the_real_one() -> None:
    assert len(re.findall(r"(?m)^#[a-z_]+ *=", EXAMPLE)) >= 25
    assert read(shown_defaults(EXAMPLE), FILE) == read(EXAMPLE, FILE)


def test_no_key_of_the_example_is_both_live_and_shown_as_a_default() -> None:
    shown, live = tomllib.loads(shown_defaults(EXAMPLE)), tomllib.loads(EXAMPLE)
    assert live["report"] == live["silence"] == live["server"] == {}
    assert len(shown["report"]) == 4


def test_the_example_shows_every_key_there_is() -> None:
    table = whole_file(["chat"])
    shown = set(keys_of(table, tomllib.loads(with_roster(with_wecom(shown_defaults(EXAMPLE))))))
    assert set(keys_of(table, None)) == shown


def keys_of(table: Table, found: dict[str, Any] | None) -> Iterator[tuple[int, str]]:
    """Each key of each kind of table, or (given some of the file) each that is there."""
    for name, part in table.parts.items():
        if found is not None and name not in found:
            continue
        yield id(table), name
        if isinstance(part, Table):
            for one in [None] if found is None else found[name].values() if part.many else [found[name]]:
                yield from keys_of(part, one)


DEFAULTS = [
    ("server", model.Server),
    ("store", model.StorePlace),
    ("report", model.ReportRule),
    ("silence", model.SilenceRule),
    ("care", model.Care),
    ("digest", model.Digest),
    ("limits", model.Limits),
    ("gate", model.Gate),
    ("keep", model.Keep),
    ("calendar", Workdays),
    ("roster", model.RosterPlace),
]


@pytest.mark.parametrize(("name", "kind"), DEFAULTS)
def test_the_model_and_the_file_have_the_same_keys(name: str, kind: type) -> None:
    part = whole_file([]).parts[name]
    assert isinstance(part, Table)
    acted_on = set(part.parts)
    assert acted_on == {one.name for one in fields(kind)}
    assert getattr(read(EXAMPLE, FILE), name) == kind()


MANY = [
    ("people", model.Person),
    ("homes", model.Home),
    ("groups", model.PartyGroup),
    ("study", model.Study),
    ("branches", model.Branch),
]


@pytest.mark.parametrize(("name", "kind"), MANY)
def test_what_the_model_needs_the_file_asks_for(name: str, kind: type) -> None:
    part = whole_file([]).parts[name]
    assert isinstance(part, Table)
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
    asked = {key for key, one in part.parts.items() if isinstance(one, Key) and one.required}
    assert {{"from": "opens", "to": "closes"}.get(key, key) for key in asked} == needed


def test_the_examples_first_week_has_a_round_and_a_class() -> None:
    config = load(ROOT / "config.example.toml")
    start, zone = datetime(2026, 3, 2, tzinfo=UTC), ZoneInfo(config.time_zone)
    first = next_after(config.branches["qingfeng"].report.ask, start, zone, config.calendar)
    lesson = next_after(config.study["friday-class"].when, start, zone, config.calendar)
    assert first == datetime(2026, 3, 2, 9, 40, tzinfo=UTC)
    assert lesson == datetime(2026, 3, 6, 7, 10, tzinfo=UTC)
