"""Every odd row of a roster is named with sheet, row and head, all at once, and with what is wrong in the file."""

import json
import re
from pathlib import Path

import pytest

from bot.config.fields import MOST_HINTS
from bot.config.load import problem_lines, read
from bot.config.problems import MOST_ROWS_TOLD
from bot.errors import ConfigBroken
from bot.render import LANGUAGES, Renderer
from tests.unit.roster_mistakes import BAD_ROWS
from tests.unit.roster_unit import PEOPLE, UNIT, as_csv
from tests.workbooks import HEADS, Rows, xlsx

ROOT = Path(__file__).parents[2]
SAY = Renderer(ROOT / "templates" / "say")
OWN = UNIT + '[people.wu]\nname = "吴强"\n[gate]\nwords = ["青松*"]\n'


def broken(folder: Path, text: str = OWN) -> ConfigBroken:
    with pytest.raises(ConfigBroken) as caught:
        read(text, folder / "unit.toml")
    return caught.value


def keys(wrong: ConfigBroken) -> list[str]:
    return [problem.key for problem, _ in problem_lines(wrong)]


def said(wrong: ConfigBroken, language: str = "zh") -> list[str]:
    return [SAY.say(language, problem.key, facts) for problem, facts in problem_lines(wrong)]


@pytest.mark.parametrize(("key", "row", "head", "rows"), BAD_ROWS)
def test_each_mistake_is_one_problem_with_its_sheet_row_and_head(
    tmp_path: Path, key: str, row: int, head: str, rows: Rows
) -> None:
    xlsx(tmp_path / "members.xlsx", rows)
    wrong = broken(tmp_path)
    assert keys(wrong) == [f"roster.{key}"]
    ((problem, facts),) = problem_lines(wrong)
    assert (facts["sheet"], facts["row"], facts["head"], problem.line) == ("人员", row, head, None)
    assert facts["file"] == str(tmp_path / "members.xlsx")


@pytest.mark.parametrize(("key", "row", "head", "rows"), BAD_ROWS)
def test_each_problem_is_said_in_both_languages_with_its_place(
    tmp_path: Path, key: str, row: int, head: str, rows: Rows
) -> None:
    xlsx(tmp_path / "members.xlsx", rows)
    wrong = broken(tmp_path)
    (zh,), (en,) = (said(wrong, language) for language in LANGUAGES)
    assert zh.startswith(f"{tmp_path / 'members.xlsx'} 工作表“人员”第 {row} 行" + (f"“{head}”：" if head else "："))
    assert en.startswith(f"{tmp_path / 'members.xlsx'}, sheet “人员”, row {row}" + (f", “{head}”:" if head else ":"))
    assert not re.search(r"None|\n|{", zh + en)
    assert max(len(zh), len(en)) < 460 + len(str(tmp_path))


def test_all_is_named_at_once_the_file_first_then_sheet_by_sheet(tmp_path: Path) -> None:
    odd = ["chen", "陈晓", "书记", "民兵连", "外星"]
    xlsx(
        tmp_path / "members.xlsx",
        {"乙": [HEADS, [], [], odd], "甲": [*PEOPLE[:2], ["li", "李明", "学生", None, "清风专班、hailan"]]},
    )
    wrong = broken(
        tmp_path, OWN.replace('kind    = "case"', 'kind = "cace"').replace('["zhou"]\n[ch', '["ghost"]\n[ch')
    )
    assert keys(wrong)[:2] == ["check.unknown_person", "check.not_choice"]
    places = [(facts["sheet"], facts["row"], facts["head"]) for _, facts in problem_lines(wrong)[2:]]
    assert places == [("乙", 4, "身份"), ("乙", 4, "原支部"), ("乙", 4, "临时支部"), ("甲", 3, "身份")]


def test_every_unknown_branch_of_a_cell_is_named(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, ["sun", "孙悦", None, None, "甲、乙、清风专班"]])
    assert keys(broken(tmp_path)) == ["roster.unknown_branch"] * 2


def test_of_two_rows_with_one_id_the_second_names_the_first(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", {"甲": PEOPLE, "乙": [HEADS, ["li", "李明", None, None, None]]})
    (sentence,) = said(broken(tmp_path))
    assert "工作表“乙”第 2 行" in sentence
    assert "工作表“甲”第 4 行已经用过" in sentence


def test_who_is_in_the_file_too_is_named_with_both_places(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, ["wu", "吴强", None, None, None]])
    line = OWN.split("\n").index("[people.wu]") + 1
    assert f"unit.toml:{line} [people.wu]" in said(broken(tmp_path))[0]


def test_a_row_of_a_csv_file_is_counted_as_excel_does(tmp_path: Path) -> None:
    rows = as_csv([["名单\n三月"], [], *PEOPLE, ["孙悦", "孙悦", "", "", ""]])
    (tmp_path / "members.csv").write_text(rows, "utf-8", newline="")
    (sentence,) = said(broken(tmp_path, OWN.replace("members.xlsx", "members.csv")))
    assert sentence.startswith(f"{tmp_path / 'members.csv'} 第 7 行“编号”：")


def test_what_the_gate_refuses_is_not_said_again(tmp_path: Path) -> None:
    secret = f"11010119900307{7715}"
    rows = [[*HEADS, "chat"], *([*row, None] for row in PEOPLE[1:]), [secret, secret, secret, secret, secret, secret]]
    xlsx(tmp_path / "members.xlsx", {f"表{secret}": rows})
    wrong = broken(tmp_path)
    assert len(keys(wrong)) == 5
    told = [*said(wrong), *said(wrong, "en"), json.dumps([facts for _, facts in problem_lines(wrong)], default=str)]
    assert not any("19900307" in one for one in told)


def test_a_branch_that_neither_fills_is_empty(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", PEOPLE[:3])
    wrong = broken(tmp_path)
    assert [(problem.key, problem.table) for problem, _ in problem_lines(wrong)] == [
        ("roster.empty_branch", "branches.hailan")
    ]
    assert keys(broken(tmp_path, OWN.replace("2026-03-20", "2026-03-20\nmembers = []"))) == ["roster.empty_branch"]


def test_members_that_are_wrong_in_the_file_are_not_called_missing_too(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", PEOPLE[:3])
    assert keys(broken(tmp_path, OWN.replace("2026-03-20", "2026-03-20\nmembers = 7"))) == ["check.not_list"]


def test_a_name_of_two_homes_stands_for_neither(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, ["sun", "孙悦", None, "第一党支部", None]])
    assert set(keys(broken(tmp_path, OWN.replace("第二党支部", "第一党支部")))) == {"roster.unknown_home"}


def test_a_row_with_no_more_than_a_merged_home_is_no_title(tmp_path: Path) -> None:
    rows = [*PEOPLE, [None, None, None, "第一党支部", None], ["sun", "孙悦", None, None, None]]
    xlsx(tmp_path / "members.xlsx", rows, [(4, 3, 5, 3)])
    assert keys(broken(tmp_path)) == ["roster.no_id", "roster.no_name"]


def test_a_branch_whose_only_row_is_odd_is_not_called_empty_too(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE[:3], ["李明", "李明", None, None, "海澜培训班"]])
    assert keys(broken(tmp_path)) == ["roster.bad_id"]


def test_when_a_sheet_has_no_ids_nobody_is_called_unknown_too(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", {"甲": [HEADS[1:], *(row[1:] for row in PEOPLE[1:])], "乙": [HEADS]})
    assert keys(broken(tmp_path)) == ["roster.no_id_column"]


def test_a_roster_wrong_in_every_row_is_told_of_by_its_first(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, *(["", f"孙{number}"] for number in range(400))])
    wrong = broken(tmp_path)
    assert wrong.facts["count"] == 400
    assert keys(wrong) == ["roster.no_id"] * MOST_ROWS_TOLD + ["roster.more"]
    assert "还有 350 处" in said(wrong)[-1]


def test_who_is_wrong_many_times_made_no_slip_and_is_given_no_hints(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [*PEOPLE, *([f"s{one}", "孙", None, None, f"清风专班{one}"] for one in range(40))])
    found = keys(broken(tmp_path))
    assert found == ["roster.unknown_branch_like"] * MOST_HINTS + ["roster.unknown_branch"] * (40 - MOST_HINTS)
    names = ", ".join(f'"zhou{one}"' for one in range(40))
    xlsx(tmp_path / "members.xlsx", PEOPLE)
    found = keys(broken(tmp_path, OWN.replace('admins = ["zhou"]', f"admins = [{names}]")))
    assert found.count("check.unknown_person_like") == MOST_HINTS
