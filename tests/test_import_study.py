"""`lianxin import study`: whole or not at all, twice is as once, beside the bot or without it, and on a page."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.control import listening
from bot.reload import Reloader
from bot.serve import grant
from tests.place import lianxin, settings, unit
from tests.town import Town
from tests.workbooks import xlsx

Out = pytest.CaptureFixture[str]
ROWS = [["姓名", "工号", "获得学时"], ["陈晓", "", 12], ["李明", "", 30.5], ["张三", "", 9], ["王静", "", "多"]]


async def known(t: Town) -> list[tuple[str, int]]:
    rows = await t.rows("SELECT member, amount FROM study_progress ORDER BY member")
    return [(row["member"], row["amount"]) for row in rows]


async def made(folder: Path) -> Path:
    """A unit that has run and stopped."""
    async with unit(folder):
        pass
    return settings(folder)


async def imported(folder: Path, file: Path, *words: str) -> int:
    return await asyncio.to_thread(
        lianxin, "import", "study", folder / "config.toml", file, "--platform", "ah-cadre", "--year", "2026", *words
    )


async def test_what_is_somebody_s_is_in_and_each_row_left_out_has_a_line(tmp_path: Path, capsys: Out) -> None:
    await made(tmp_path)
    file = xlsx(tmp_path / "export.xlsx", ROWS)
    assert await imported(tmp_path, file) == 2
    said = capsys.readouterr()
    assert "安徽干部教育在线：2 人；新记 2 条，改 0 条，本来就一样 0 条；没有导入 2 行。" in said.out
    assert said.err.splitlines() == [
        "第 4 行：名单里没有 张三，没有导入。改了名的，请在名单里核对姓名；不是本单位的不用管。",
        "第 5 行：看不懂数字“多”，没有导入。",
    ]
    async with unit(tmp_path) as t:
        assert await known(t) == [("chen", 1200), ("li", 3050)]


async def test_twice_is_as_once_and_a_newer_export_changes_what_is_new(tmp_path: Path, capsys: Out) -> None:
    await made(tmp_path)
    file = xlsx(tmp_path / "export.xlsx", ROWS[:3])
    assert await imported(tmp_path, file) == 0
    assert await imported(tmp_path, file) == 0
    assert "新记 0 条，改 0 条，本来就一样 2 条" in capsys.readouterr().out
    await imported(tmp_path, xlsx(tmp_path / "new.xlsx", [ROWS[0], ["陈晓", "", 20]]))
    assert "新记 0 条，改 1 条" in capsys.readouterr().out
    async with unit(tmp_path) as t:
        assert await known(t) == [("chen", 2000), ("li", 3050)]


async def test_to_look_writes_nothing(tmp_path: Path, capsys: Out) -> None:
    await made(tmp_path)
    assert await imported(tmp_path, xlsx(tmp_path / "export.xlsx", ROWS[:3]), "--dry-run") == 0
    assert "什么都没有写：2 人；会新记 2 条" in capsys.readouterr().out
    async with unit(tmp_path) as t:
        assert await known(t) == []


async def test_beside_a_bot_that_runs_it_goes_through_the_bot(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        reloader = Reloader(t.bot, tmp_path / "config.toml")
        async with listening(tmp_path / "town.db", partial(grant, t.bot, reloader)):
            file = xlsx(tmp_path / "export.xlsx", ROWS[:3])
            assert await imported(tmp_path, file, "--dry-run") == 0
            assert await known(t) == []
            assert await imported(tmp_path, file) == 0
        assert await known(t) == [("chen", 1200), ("li", 3050)]
        assert "安徽干部教育在线：12 学时" in await t.talk("chen", "学习")
    assert "新记 2 条" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.xlsx", None, "没有"),
        ("empty.xlsx", b"", "是空文件"),
        ("text.xlsx", "姓名,学时\n陈晓,1\n".encode(), "名字像工作簿，里面却是文本"),
        ("big.csv", b"," * (21 * 2**20), "最多 20 MB"),
        ("odd.csv", "甲,乙\n1,2\n".encode(), "找不到表头"),
    ],
)
async def test_what_is_no_export_is_one_sentence_and_nothing_is_in(
    tmp_path: Path, capsys: Out, name: str, content: bytes | None, said: str
) -> None:
    await made(tmp_path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert await imported(tmp_path, tmp_path / name) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert name in line


async def test_an_unknown_platform_is_named_with_those_there_are(tmp_path: Path, capsys: Out) -> None:
    file = await made(tmp_path)
    assert await asyncio.to_thread(lianxin, "import", "study", file, file, "--platform", "xx") == 2
    assert "没有叫 xx 的平台。配置里有：ah-cadre、procurator、xuexi" in capsys.readouterr().err
