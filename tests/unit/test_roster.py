"""People from a workbook: what its cells say is read as a person would read it."""

from pathlib import Path

import pytest

from bot.config import model
from bot.config.load import load, read
from tests.unit.roster_unit import PEOPLE, UNIT, WHO, as_csv, from_csv, from_rows
from tests.workbooks import xls, xlsx


def test_a_workbook_says_who_there_is_and_who_is_away(tmp_path: Path) -> None:
    config = from_rows(tmp_path, PEOPLE)
    assert config.people == WHO
    assert config.branches["qingfeng"].members == ("chen", "li")
    assert config.branches["hailan"].members == ("li",)


def test_an_old_workbook_says_the_same(tmp_path: Path) -> None:
    xls(tmp_path / "members.xls", PEOPLE)
    config = read(UNIT.replace("members.xlsx", "members.xls"), tmp_path / "unit.toml")
    assert (config.people, config.branches["hailan"].members) == (WHO, ("li",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_says_the_same_however_excel_saves_it(tmp_path: Path, encoding: str, separator: str) -> None:
    config = from_csv(tmp_path, as_csv(PEOPLE, separator), encoding)
    assert (config.people, config.branches["hailan"].members) == (WHO, ("li",))


def test_the_path_begins_at_the_folder_of_the_file_and_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    xlsx(tmp_path / "lists" / "members.xlsx", PEOPLE)
    file = tmp_path / "unit.toml"
    file.write_text(UNIT.replace("members.xlsx", "lists/members.xlsx"), "utf-8")
    assert load(file).sources == (file, tmp_path / "lists" / "members.xlsx")


def test_without_a_roster_only_the_file_is_remembered() -> None:
    text = UNIT.split("[roster]")[0] + '[people]\nzhou = { name = "周敏" }\n'
    assert read(text, Path("unit.toml")).sources == (Path("unit.toml"),)


def test_the_roster_is_read_again_at_each_load(tmp_path: Path) -> None:
    from_rows(tmp_path, PEOPLE)
    assert "sun" in from_rows(tmp_path, [*PEOPLE, ["sun", "孙悦", None, None, None]]).people


def test_the_files_own_people_and_members_go_first(tmp_path: Path) -> None:
    own = '[people.wu]\nname = "吴强"\n[people.ma]\nname = "马骏"\n'
    text = UNIT.replace('["zhou"]\n[branches.hailan]', '["zhou"]\nmembers = ["ma", "chen"]\n[branches.hailan]') + own
    xlsx(tmp_path / "members.xlsx", PEOPLE)
    config = read(text, tmp_path / "unit.toml")
    assert list(config.people) == ["wu", "ma", "zhou", "chen", "li"]
    assert config.branches["qingfeng"].members == ("ma", "chen", "li")


IDS = [
    (1001, "1001"),
    (1001.0, "1001"),
    ("１００１", "1001"),
    (" A-012 ", "a-012"),
    ("ZhouMin", "zhoumin"),
    ("\u200bwu\xa0", "wu"),
]


@pytest.mark.parametrize(("cell", "id_"), IDS)
def test_an_id_is_what_one_reads_in_the_cell(tmp_path: Path, cell: object, id_: str) -> None:
    config = from_rows(tmp_path, [*PEOPLE, [cell, "孙悦", None, None, None]])
    assert config.people[id_] == model.Person("孙悦")


def test_digits_kept_from_becoming_a_number_are_kept(tmp_path: Path) -> None:
    assert "0012" in from_csv(tmp_path, as_csv(PEOPLE) + '"=""0012""",孙悦,,,\r\n').people


STATUSES = [
    ("党员", "full"),
    ("中共党员", "full"),
    ("中共预备党员", "probationary"),
    ("积极分子", "activist"),
    ("群 众", "officer"),
    ("Full member", "full"),
    ("activist", "activist"),
    (None, "officer"),
]


@pytest.mark.parametrize(("cell", "status"), STATUSES)
def test_a_status_is_said_in_words(tmp_path: Path, cell: object, status: str) -> None:
    assert from_rows(tmp_path, [*PEOPLE, ["sun", "孙悦", cell, None, None]]).people["sun"].status == status


def test_spaces_that_only_align_a_name_are_not_part_of_it(tmp_path: Path) -> None:
    rows = [*PEOPLE, ["sun", "孙　悦 ", None, None, None], ["ann", "Ann Li", None, None, None]]
    people = from_rows(tmp_path, rows).people
    assert (people["sun"].name, people["ann"].name) == ("孙悦", "Ann Li")


@pytest.mark.parametrize("head", ["chat", "Chat", "网页聊天"])
def test_a_channels_column_is_the_address_there(tmp_path: Path, head: str) -> None:
    rows = [["编号", "姓名", head, "语言"], ["zhou", "周敏", 7001, "English"], ["chen", "陈晓", None, None]]
    xlsx(tmp_path / "members.xlsx", rows)
    people = read(UNIT.split("[branches")[0], tmp_path / "unit.toml").people
    assert people["zhou"] == model.Person("周敏", language="en", addresses={"chat": "7001"})
    assert people["chen"] == model.Person("陈晓")


def test_of_two_channels_of_a_kind_neither_is_meant_by_its_kind(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [["编号", "姓名", "网页聊天", "hall"], ["zhou", "周敏", "a", "b"]])
    text = UNIT.split("[branches")[0] + '[channels.hall]\nkind = "webchat"\n'
    assert read(text, tmp_path / "unit.toml").people["zhou"].addresses == {"hall": "b"}


@pytest.mark.parametrize(
    "cell", ["清风专班、海澜培训班", "qingfeng,hailan", "清风专班；Hailan", "清风专班\n海澜培训班，"]
)
def test_several_branches_are_told_apart_by_any_comma(tmp_path: Path, cell: str) -> None:
    config = from_rows(tmp_path, [*PEOPLE, ["sun", "孙悦", None, None, cell]])
    assert all("sun" in branch.members for branch in config.branches.values())


def test_a_name_that_holds_a_comma_is_still_one_name(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, ["sun", "孙悦", None, None, "海澜、培训"]])
    rows = [*PEOPLE[:3], ["sun", "孙悦", None, None, "海澜、培训"]]
    xlsx(tmp_path / "members.xlsx", rows)
    config = read(UNIT.replace("海澜培训班", "海澜、培训"), tmp_path / "unit.toml")
    assert config.branches["hailan"].members == ("sun",)
