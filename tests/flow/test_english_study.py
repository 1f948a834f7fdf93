"""What is said of study, its rota, what is shared and handed in, and the long bulletins, in both languages."""

import re
from pathlib import Path

import pytest

from bot.flow.kinds import KINDS
from bot.store.tables import Tables
from tests.flow.transcript import play
from tests.town import Town, moment, town

OFFICE = (Path(__file__).parents[1] / "talks" / "office.toml").read_text("utf-8")
STUDY = """
[study.friday]
title = "Friday class"
when = "fri 15:10"
remind = ["1d"]
organiser = "qian"
speakers = ["zhou", "wu", "li", "ma"]
remote = "online room"
[study.monday]
title = "Monday class"
when = "mon 16:00"
remind = []
speakers = ["chen", "li"]
organiser = "lin"
audience = ["second"]
[study.evening]
title = "Evening class"
when = "wed 16:00"
remind = []
audience = ["second"]
[study.reading]
title = "Reading"
form = "reading"
when = "mon 12:20"
remind = []
organiser = "qian"
books = ["One", "Two"]
[platforms.xuexi]
name = "Platform"
goal = 1000
check = "monthly 20 09:20"
[branches.later]
name = "Later"
kind = "case"
from = 2026-03-10
to = 2026-03-14
liaison = ["zhou"]
members = ["wu"]
[branches.project]
name = "Project"
kind = "training"
from = 2026-03-02
to = 2026-03-27
liaison = ["wu"]
members = ["he"]
owner = "gao"
deliverables = { "Paper" = 2026-03-10, "Report" = 2026-03-25 }
"""
HAN = re.compile(r"[\u4e00-\u9fff]+")
NAMES = {*HAN.findall(OFFICE), "连心", "中文", "好"}
FAMILIES = ("study.", "classes.", "rota.", "share_back.", "project.", "bulletin.")


async def live(t: Town) -> list[str]:
    await t.until("2026-03-04 10:00")
    await t.bot.store.write(
        lambda tx: Tables(tx).progress.take(
            "xuexi", {("li", 2026, ""): (100, True)}, moment("2026-03-04 10:00"), enter=True
        )
    )
    await play(
        t,
        """
        zhou: 对调 吴强
        wu: 不对调
        zhou: 对调 吴强
        wu: 同意对调
        wu: 材料 好
        wu: 讲课表
        li: 荐书 Three
        li: 书单
        qian: 选书 3
        qian: 下一本
        qian: 取消学习 Evening
        qian: 确认
        qian: 改期 Friday 3月7日 16:00
        qian: 确认
        li: 参加
        li: 线上参加
        li: 心得 好
        li: 我的心得
        li: 分享心得 1
        li: 确认
        li: 删除心得 1
        li: 学习
        li: 日历
        li: 日历 换新
        gao: 交付
        """,
    )
    await t.until("2026-03-07 17:45")
    await play(t, "qian: 点名\nqian: 缺 1，线上 3\nqian: 算\nqian: 缺 99\nli: 听后 好\nzhou: 导入学习")
    await t.until("2026-03-11 10:00")
    await play(t, "gao: 交付 Paper\nwu: 加人 马骏 海澜")
    await t.until("2026-04-08 12:00")
    await play(t, "li2: 选时间 1\nqian: 免讲 李明")
    await t.until("2026-04-10 12:00")
    kinds = {row["kind"] for row in await t.rows("SELECT DISTINCT kind FROM outbox WHERE state = 'taken'")}
    missing = {kind for kind in KINDS if kind.startswith(FAMILIES)} - kinds
    assert missing == {
        "share_back.held",
        "share_back.late",
        "bulletin.yearly",
    }  # study_rota.talk, test_long_bulletins.py
    return [text for row in await t.rows("SELECT id FROM member") for text in await t.heard(row["id"])]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_kind_of_it_is_sent_and_in_one_language(language: str) -> None:
    text = OFFICE.replace("[channels", f'language = "{language}"\n[channels', 1).replace(', language = "en"', "")
    async with town(text + STUDY) as t:
        heard = await live(t)
    found = {word for text in heard for word in HAN.findall(text)} if language == "en" else set[str]()
    assert {word for word in found if not any(word in name for name in NAMES)} == set()
    assert language == "en" or not any(re.search(r"\b(?:the|you|is)\b", text) for text in heard)
