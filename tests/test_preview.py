"""The first week as everybody will hear it, by the real program on a store that is thrown away."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import week
from bot.commands.terminal import Terminal
from bot.config.load import read
from bot.config.model import Config
from bot.preview import Letter, first_day, messages
from tests.town import TOWN, moment, town, town_with

LATER = datetime(2026, 2, 1, tzinfo=UTC)


def config_of(text: str = TOWN, folder: Path = Path()) -> Config:
    return read(text, folder / "config.toml")


async def test_it_is_what_the_live_program_says_over_the_same_days() -> None:
    letters = await messages(config_of(), moment("2026-03-02 00:00"), 7)
    async with town(at="2026-03-02 00:00") as t:
        await t.until("2026-03-09 00:00")
        for who in ("chen", "sun", "zhou", "wu", "ma"):
            assert [one.text for one in letters if one.member == who] == await t.heard(who)


async def test_letters_tell_when_to_whom_and_over_which_channel() -> None:
    first = (await messages(config_of(), moment("2026-03-02 00:00"), 1))[0]
    assert (first.at, first.member, first.channel) == (moment("2026-03-02 07:30"), "chen", "chat")
    assert first.text.startswith("陈晓同志，你好！")


def test_nothing_of_the_units_own_is_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lianxin.db").write_text("not to be opened", "utf-8")
    assert asyncio.run(messages(config_of(folder=tmp_path), moment("2026-03-02 00:00"), 2))
    assert [file.name for file in tmp_path.rglob("*")] == ["data", "lianxin.db"]
    assert (tmp_path / "data" / "lianxin.db").read_text("utf-8") == "not to be opened"


async def test_each_person_is_found_by_the_address_of_the_file() -> None:
    text = town_with(("chen = { name", 'chen = { chat = "ChenXiao", name'))
    letters = await messages(config_of(text), moment("2026-03-02 00:00"), 1)
    assert "chen" in {one.member for one in letters}


def test_it_begins_where_the_first_branch_opens_or_now() -> None:
    assert first_day(config_of(), LATER) == moment("2026-03-02 00:00")
    now = moment("2026-04-01 15:00")
    assert first_day(config_of(), now) == now
    assert first_day(config_of(), moment("2026-06-01 00:00")) is None
    assert first_day(config_of(TOWN[: TOWN.index("[branches")]), LATER) is None
    urumqi = town_with(('kind = "case"', 'kind = "case"\ntime_zone = "Asia/Urumqi"'))
    assert first_day(config_of(urumqi), LATER) == moment("2026-03-02 02:00")


LETTERS = [
    Letter(moment("2026-03-02 07:30"), who, "chat", f"{name}同志，你好！\n第二行")
    for who, name in {"chen": "陈晓", "li": "李明", "wang": "王静", "zhao": "赵磊"}.items()
] + [Letter(moment("2026-03-02 07:30"), "zhou", "chat", "周敏，开始了")]


def chinese() -> Terminal:
    terminal = Terminal()
    terminal.language = "zh"
    return terminal


def test_people_who_hear_the_same_share_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    week.show(chinese(), config_of(), LETTERS, full=False)
    assert capsys.readouterr().out.split("\n")[1:-1] == [
        "3月2日（周一）",
        "07:30  陈晓、李明、王静 等 4 人  ○○同志，你好！",
        "07:30  周敏                      周敏，开始了",
    ]


def test_texts_may_be_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    week.show(chinese(), config_of(), LETTERS[:1], full=True)
    assert capsys.readouterr().out.split("\n")[2:5] == ["07:30  陈晓", "    | 陈晓同志，你好！", "    | 第二行"]
