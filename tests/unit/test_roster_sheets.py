"""However an office lays its sheets out, heads and rows are found."""

from datetime import date
from pathlib import Path

import pytest

from bot.config.load import read
from tests.unit.roster_unit import PEOPLE, UNIT, WHO, from_rows
from tests.workbooks import HEADS, Rows, xls, xlsx

HEAD_ROWS = [
    ("编号", "姓名", "身份", "原支部", "临时支部"),
    ("ID", "Name", "Status", "Home branch", "Temporary branch"),
    (" 人员编号 ", "名　字", "政治面貌", "所在支部", "临时党支部（可填几个）"),
    ("ＩＤ", "姓 名", "身份\n(政治面貌)", "所属支部*", "（线上）临时支部"),
    ("工号", "【姓名】", "身份：", "原党支部", "联络群"),
]


@pytest.mark.parametrize("heads", HEAD_ROWS)
def test_heads_are_known_under_the_names_people_give_them(tmp_path: Path, heads: tuple[str, ...]) -> None:
    config = from_rows(tmp_path, [heads, *PEOPLE[1:]])
    assert (config.people, config.branches["hailan"].members) == (WHO, ("li",))


def test_heads_stand_in_any_order_below_titles_and_between_other_columns(tmp_path: Path) -> None:
    rows = [[row[3], None, row[1], "x", row[4], row[0], row[2]] for row in PEOPLE[1:]]
    heads = ["原支部", None, "姓名", "部门", "临时支部", "编号", "身份"]
    config = from_rows(tmp_path, [["人员名单"], [], ["截至三月"], heads, *rows], (0, 0, 0, 6))
    assert config.people == WHO
    assert config.unread == ("部门",)


def test_a_merged_home_or_branch_is_that_of_all_its_rows(tmp_path: Path) -> None:
    rows = [
        HEADS,
        ["zhou", "周敏", "干警", "第一党支部", "清风专班、海澜培训班"],
        ["chen", "陈晓", "正式党员", None, None],
        ["li", "李明", "预备党员", "第二党支部", None],
    ]
    config = from_rows(tmp_path, rows, (1, 3, 2, 3), (1, 4, 3, 4))
    assert config.people == WHO
    assert config.branches["hailan"].members == ("zhou", "chen", "li")


def test_merged_cells_of_an_old_workbook_are_read_too(tmp_path: Path) -> None:
    rows = [*PEOPLE[:2], ["chen", "陈晓", "正式党员", None, "清风专班"], PEOPLE[3]]
    xls(tmp_path / "members.xls", rows, [(1, 3, 2, 3)])
    assert read(UNIT.replace("members.xlsx", "members.xls"), tmp_path / "unit.toml").people == WHO


def test_a_title_between_the_rows_and_heads_said_again_mean_nothing(tmp_path: Path) -> None:
    rows = [HEADS, ["一、在家的"], PEOPLE[1], ["二、在外的"], HEADS, *PEOPLE[2:], [], ["填表人：马骏"]]
    assert from_rows(tmp_path, rows, (1, 0, 1, 4), (3, 0, 3, 4), (8, 0, 8, 4)).people == WHO


def test_heads_may_be_two_rows_tall(tmp_path: Path) -> None:
    above = ["编号", "姓名", "支部情况", None, None]
    below = [None, None, "身份", "原支部", "临时支部"]
    spans = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)]
    assert from_rows(tmp_path, [above, below, *PEOPLE[1:]], *spans).people == WHO


def test_every_sheet_with_heads_is_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    sheets = {
        "说明": [["怎么填"]],
        "一": PEOPLE[:2],
        "二": [["姓名", "编号"], ["孙悦", "sun"]],
        "旧": [HEADS, ["old", "旧人"]],
    }
    xlsx(tmp_path / "members.xlsx", sheets, hidden=["旧"])
    text = UNIT.split("[branches")[0]
    assert list(read(text, tmp_path / "unit.toml").people) == ["zhou", "sun"]


def test_numbered_but_empty_rows_are_empty(tmp_path: Path) -> None:
    rows: Rows = [["序号", *HEADS], *([number, *row] for number, row in enumerate(PEOPLE[1:], 1)), [4], [5.0]]
    config = from_rows(tmp_path, rows)
    assert (config.people, config.unread) == (WHO, ())


def test_a_date_in_a_column_nobody_reads_is_no_matter(tmp_path: Path) -> None:
    rows = [["入党日期", *HEADS], *([date(2020, 7, 1), *row] for row in PEOPLE[1:])]
    assert from_rows(tmp_path, rows).people == WHO
