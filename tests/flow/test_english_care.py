"""What is said of silences, buddies, talks, visits, meetings, whispers and suggestions, in both languages."""

import re
from pathlib import Path

import pytest

from bot.flow.kinds import KINDS
from tests.flow.transcript import play
from tests.town import Town, town

OFFICE = (Path(__file__).parents[1] / "talks" / "office.toml").read_text("utf-8")
CARE = """
[silence]
contact_leader = "20h"
reason = "GOOD"
[care]
after = "3d"
within = "1d"
[duty.weekly_meeting]
when = "fri 09:00"
by = "secretary"
[duty.monthly_comment]
when = "monthly 13 09:00"
by = "secretary"
[talks.week]
name = "week"
when = "away 2d"
within = "1d"
"""
HAN = re.compile(r"[\u4e00-\u9fff]+")
NAMES = {*HAN.findall(OFFICE), "连心", "中文", "王静", "好"}
FAMILIES = ("exit.", "buddy.", "care.", "talks.", "meeting.", "whisper.", "suggestion.", "numbers.")


async def live(t: Town) -> list[str]:
    await t.until("2026-03-02 17:40")
    await play(
        t,
        """
        wang: 静默 16小时
        li: 数字版
        chen: 结对 王静
        wang: 不结对
        chen: 结对 王静
        chen: 不结对
        ma: 结对 赵磊 陈晓
        chen: 悄悄 周敏 好
        chen: 悄悄 书记 好
        ma: 看悄悄话
        ma: 回悄悄话 2 好
        chen: 建议 好
        ma: 答建议 1 好
        zhao: 匿名建议 好
        """,
    )
    await t.until("2026-03-06 09:30")
    await play(t, "wang: 平安\nli: 同意家访\nchen: 同意家访")
    await t.until("2026-03-07 12:00")
    await play(t, "li: 不同意家访\nsun: 删除\nsun: 确认\nzhou: 立即结束\nzhou: 确认")
    await t.until("2026-03-16 12:00")
    kinds = {row["kind"] for row in await t.rows("SELECT DISTINCT kind FROM outbox WHERE state = 'taken'")}
    assert {kind for kind in KINDS if kind.startswith(FAMILIES)} - kinds == {"whisper.left"}  # test_whispers.py
    return [text for row in await t.rows("SELECT id FROM member") for text in await t.heard(row["id"])]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_kind_of_it_is_sent_and_in_one_language(language: str) -> None:
    text = OFFICE.replace("[channels", f'language = "{language}"\n[channels', 1).replace(', language = "en"', "")
    async with town(text + CARE) as t:
        heard = await live(t)
    found = {word for text in heard for word in HAN.findall(text)} if language == "en" else set[str]()
    assert {word for word in found if not any(word in name for name in NAMES)} == set()
    assert language == "en" or not any(re.search(r"\b(?:the|you|is)\b", text) for text in heard)
