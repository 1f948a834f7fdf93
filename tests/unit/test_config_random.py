"""Whatever becomes of the file and its roster: a Config that is wholly valid, or problems that can all be told."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import facts_of, load, read
from bot.config.problems import Problem
from bot.errors import ConfigBroken
from bot.render import LANGUAGES
from tests.unit.config_mistakes import GOOD
from tests.unit.roster_unit import PEOPLE, UNIT, as_csv
from tests.unit.test_config_bad import SAY, explained
from tests.workbooks import xls, xlsx


def told(text: str, path: Path) -> bool:
    """Whether it loads, or each of its problems can be said in both languages."""
    try:
        config = read(text, path)
    except ConfigBroken as wrong:
        problems = cast("tuple[Problem, ...]", wrong.facts["problems"])
        return bool(problems) and all(
            SAY.say(lang, one.key, facts_of(one, path)) for lang in LANGUAGES for one in problems
        )
    known = config.people.keys()
    return all(known >= {*branch.members, *branch.liaison} and branch.members for branch in config.branches.values())


def test_a_file_cut_off_at_any_byte_loads_or_is_explained() -> None:
    content = GOOD.encode()
    assert all(explained(content[:end]) for end in range(len(content)))


def test_a_file_with_a_roster_cut_off_at_any_letter_loads_or_is_explained(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", PEOPLE)
    assert all(told(UNIT[:end], tmp_path / "unit.toml") for end in range(len(UNIT)))


WORDS = st.sampled_from(
    [cell for row in PEOPLE for cell in row if cell] + ["chat", "chen、li", "1e999", "\u200b", "#N/A"]
)
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=45),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(9999, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(9999, 1, 1)),
)
SHEETS = st.lists(st.lists(CELLS, max_size=7), max_size=8)


@settings(deadline=None, max_examples=60)
@given(st.booleans(), SHEETS, st.booleans())
def test_any_cells_load_or_are_explained(headed: bool, rows: list[list[object]], as_text: bool) -> None:
    sheet = [PEOPLE[0], *rows] if headed else rows
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if as_text:
            (place / "members.csv").write_text(as_csv(sheet), "utf-8", newline="")
        else:
            xlsx(place / "members.xlsx", sheet)
        assert told(UNIT.replace("members.xlsx", "members.csv") if as_text else UNIT, place / "unit.toml")


@pytest.mark.parametrize("name", ["members.xlsx", "members.csv", "members.xls"])
def test_a_roster_half_written_loads_or_is_explained(tmp_path: Path, name: str) -> None:
    file, text = tmp_path / name, UNIT.replace("members.xlsx", name)
    write = {"members.xlsx": xlsx, "members.xls": xls}.get(name)
    content = write(file, PEOPLE).read_bytes() if write else as_csv(PEOPLE).encode("gb18030")
    for end in range(0, len(content), 1 if name == "members.csv" else 97):
        file.write_bytes(content[:end])
        assert told(text, tmp_path / "unit.toml"), end


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_workbook_loads_or_is_explained(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = xlsx(Path(folder) / "members.xlsx", PEOPLE)
        content = bytearray(file.read_bytes())  # of the same length each time
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(content)
        (Path(folder) / "unit.toml").write_text(UNIT, "utf-8")
        try:
            load(Path(folder) / "unit.toml")
        except ConfigBroken:
            assert told(UNIT, Path(folder) / "unit.toml")
