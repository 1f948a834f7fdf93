"""`lianxin calendar`: what falls when, and why it moved."""

import csv
import io
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.commands.columns import width
from tests.dialogue import dialogue
from tests.town import TOWN, Town, town, town_with

STUDY = '[study.friday]\ntitle = "周五课堂"\nwhen = "fri 15:10"\nremind = ["1d"]\n'
PLACES = '[store]\nurl = "sqlite:town.db"\nkey_file = "town.key"\n'
DETAILS = ("有情况就发", "课堂，全体", "给 5 名成员")
Capture = pytest.CaptureFixture[str]


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


def shown(capsys: Capture, file: Path, first: str, days: int, *words: str) -> str:
    assert main(["calendar", str(file), "--from", first, "--days", str(days), *words]) == 0
    return capsys.readouterr().out


def block(text: str, day: str) -> list[str]:
    """The lines under the heading of a day."""
    (found,) = [one for one in text.split("\n\n") if one.startswith(day)]
    return found.split("\n")


def test_a_day_tells_what_falls_on_it_and_why_it_moved(tmp_path: Path, capsys: Capture) -> None:
    text = town_with(("approval", 'report = { holidays = "before" }\napproval'), more=STUDY)
    said = shown(capsys, written(tmp_path, text), "2026-04-30", 5)
    assert block(said, "4月30日") == [
        "4月30日（周四）",
        "   15:10  提醒    周五课堂            5月1日（周五）15:10的，提醒全体",
        "*  17:40  提问    清风专班临时党支部  5月1日（周五）13:40前回答",
        "          原定5月4日（周一），劳动节放假，提前",
        "          几次挪到了同一天，只办一次",
        "   18:20  摘要                        有情况就发给周敏",
    ]
    assert block(said, "5月1日")[0] == "5月1日（周五）　劳动节放假"
    assert "劳动节放假，照常进行" in said
    assert said.rstrip().endswith("下一行写着原因。")


def test_what_falls_out_is_said_on_its_day(tmp_path: Path, capsys: Capture) -> None:
    said = shown(capsys, written(tmp_path, TOWN), "2026-05-04", 1)
    assert (
        block(said, "5月4日")[1:]
        == [
            "*  --:--  提问  清风专班临时党支部",
            "          劳动节放假，这次略过",
            "",
        ][:2]
    )


def test_an_opening_and_an_end_are_told_with_the_hour_their_messages_go(tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, TOWN)
    assert "          正是免打扰时段，3月2日（周一）07:30才发" in block(shown(capsys, file, "2026-03-02", 1), "3月2日")
    last = block(shown(capsys, file, "2026-05-29", 1), "5月29日")
    assert any(line.startswith("   24:00  结束") for line in last)
    assert "          正是免打扰时段，5月30日（周六）07:30才发" in last


def test_columns_are_straight_and_plain_where_nobody_looks(tmp_path: Path, capsys: Capture) -> None:
    said = shown(capsys, written(tmp_path, town_with(more=STUDY)), "2026-03-02", 30)
    starts = {width(row[: row.index(detail)]) for row in said.split("\n") for detail in DETAILS if detail in row}
    assert (len(starts), "\x1b" in said) == (1, False)


def test_headings_are_bold_on_a_screen(tmp_path: Path) -> None:
    with dialogue("calendar", str(written(tmp_path, TOWN)), "--from", "2026-03-02", "--days", "1") as d:
        d.types()
        assert d.ends() == 0
    assert "\x1b[1m3月2日（周一）\x1b[0m" in d.seen


def test_a_branch_elsewhere_is_told_by_its_own_clock(tmp_path: Path, capsys: Capture) -> None:
    text = TOWN.replace('kind = "case"', 'kind = "case"\ntime_zone = "Asia/Urumqi"')
    said = block(shown(capsys, written(tmp_path, text), "2026-03-02", 1), "3月2日")
    assert any(line.startswith("   17:40  提问") and line.endswith("（Asia/Urumqi 时间）") for line in said)


def test_a_program_gets_json(tmp_path: Path, capsys: Capture) -> None:
    found: dict[str, Any] = json.loads(shown(capsys, written(tmp_path, TOWN), "2026-05-04", 4, "--format", "json"))
    assert (found["from"], found["to"], found["unknown_years"]) == ("2026-05-04", "2026-05-07", [])
    fallen, asked = (line for line in found["lines"] if line["kind"] == "asks")
    assert (fallen["at"], fallen["named"], fallen["reasons"][0]) == (
        None,
        ["2026-05-04"],
        {"kind": "skipped", "day": "2026-05-04", "nature": "holiday", "holiday": "labour"},
    )
    assert (asked["at"], asked["id"], asked["sent"]) == ("2026-05-07T17:40+08:00", "qingfeng", asked["at"])


def test_excel_gets_csv(tmp_path: Path, capsys: Capture) -> None:
    said = shown(capsys, written(tmp_path, TOWN), "2026-05-04", 4, "--format", "csv")
    assert said.startswith("\ufeff日期,时间,")
    rows = list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"))))
    assert [row["原因"] for row in rows if row["事项"] == "提问"] == ["劳动节放假，这次略过", ""]


def test_it_speaks_english_where_the_file_does(tmp_path: Path, capsys: Capture) -> None:
    said = shown(capsys, written(tmp_path, 'language = "en"' + TOWN), "2026-05-04", 1)
    assert "Labour Day, off: left out" in said


def test_a_year_nobody_knows_is_said_once_and_headings_name_it(tmp_path: Path, capsys: Capture) -> None:
    said = shown(capsys, written(tmp_path, TOWN.replace("2026-05-29", "2031-05-29")), "2030-12-30", 10)
    assert said.count("还不知道 2030 年的节假日安排") == said.count("还不知道 2031 年的节假日安排") == 1
    assert "\n2031年1月2日（周四）\n" in said


def test_days_without_anything_say_so_and_nothing_is_left_in_the_folder(tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, TOWN)
    assert "这些天没有安排" in shown(capsys, file, "2026-01-05", 5)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "5月4日"), "2026-03-02 这样"),
        (("--from", "9999-12-31"), "2026-03-02 这样"),
        (("--days", "0"), "1 到 800"),
        (("--days", "many"), "1 到 800"),
        (("--days", "801"), "1 到 800"),
    ],
)
def test_what_cannot_be_read_is_explained(tmp_path: Path, capsys: Capture, words: tuple[str, ...], said: str) -> None:
    assert main(["calendar", str(written(tmp_path, TOWN)), *words]) == 2
    assert said in capsys.readouterr().err


def test_without_a_day_it_begins_today(tmp_path: Path, capsys: Capture) -> None:
    assert main(["calendar", str(written(tmp_path, TOWN))]) == 0
    assert capsys.readouterr().out.startswith("示例县人民检察院：20")


def test_a_database_that_is_none_is_named(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "town.db").touch()
    assert main(["calendar", str(written(tmp_path, TOWN + PLACES))]) == 2
    assert "town.db" in capsys.readouterr().err


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[tuple[Town, Path], None]:
    """The town three days before its branch ends, and its file."""
    file = written(tmp_path, TOWN + PLACES)
    async with town(TOWN + PLACES, folder=tmp_path) as t:
        await t.until("2026-05-26 10:00")
        yield t, file


async def test_a_day_given_in_chat_counts_and_is_named(running: tuple[Town, Path], capsys: Capture) -> None:
    t, file = running
    await t.talk("zhou", "延期 到6月12日")
    said = shown(capsys, file, "2026-06-08", 10)
    assert "town.db" in said
    assert "文件里最后一天是5月29日（周五），聊天里已改到6月12日（周五）" in said
    assert "24:00  结束" in "\n".join(block(said, "6月12日"))


async def test_a_day_changed_in_the_file_since_counts_before_the_chats(
    running: tuple[Town, Path], capsys: Capture
) -> None:
    t, file = running
    await t.talk("zhou", "延期 到6月12日")
    file.write_text((TOWN + PLACES).replace("2026-05-29", "2026-06-05"), "utf-8")
    said = shown(capsys, file, "2026-06-01", 20)
    assert "聊天里" not in said.split("\n", 2)[2]
    assert "24:00  结束" in "\n".join(block(said, "6月5日"))


async def test_an_end_settled_in_chat_is_not_asked_about_again(running: tuple[Town, Path], capsys: Capture) -> None:
    t, file = running
    assert "问去留" in shown(capsys, file, "2026-05-26", 1)
    await t.talk("zhou", "结束")
    assert "问去留" not in shown(capsys, file, "2026-05-26", 1)


async def test_a_branch_closed_early_in_chat_is_gone_from_the_calendar(
    running: tuple[Town, Path], capsys: Capture
) -> None:
    t, file = running
    await t.talk("zhou", "立即结束")
    await t.talk("zhou", "确认")
    said = shown(capsys, file, "2026-05-26", 5)
    assert "聊天里已经提前结束" in said
    assert "提问" not in said


async def test_a_branch_taken_out_of_the_file_is_shown_to_its_last_day(
    running: tuple[Town, Path], capsys: Capture
) -> None:
    _, file = running
    file.write_text(TOWN[: TOWN.index("[branches")] + PLACES, "utf-8")
    said = shown(capsys, file, "2026-05-26", 5)
    assert "文件里已经没有，照常进行到5月29日（周五）" in said
    assert "提问" in "\n".join(block(said, "5月28日"))
