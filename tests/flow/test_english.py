"""A unit that speaks English hears English, in every sentence of a branch's whole life."""

import re
from pathlib import Path

import pytest

from bot.flow.kinds import KINDS
from bot.overrides import News
from bot.store.sqlite_copy import mark_restored
from tests.flow.test_english_care import FAMILIES
from tests.flow.test_english_study import FAMILIES as OF_STUDY
from tests.flow.transcript import asked, play
from tests.town import TOWN, Town, moment, town

LIFE = TOWN.replace("to = 2026-05-29", "to = 2026-03-12").replace("[people]", """
[study.reading]
title = "Reading hour"
form = "reading"
when = "wed 12:30"
remind = ["1h"]
link = "https://example.org/book"
[homes.first]
name = "First home"
secretary = "ma"
[people]
""").replace('"王静", status', '"王静", home = "first", status') + """
[branches.past]
name = "Past days"
kind = "training"
from = 2026-01-05
to = 2026-01-09
liaison = ["zhou"]
members = ["chen"]
[branches.long]
name = "Long stay"
kind = "secondment"
from = 2026-02-02
to = 2027-03-01
liaison = ["wu"]
members = ["ma"]
report = { ask = "yearly 01-05 17:40" }
"""  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]+")
# tests/test_reload.py, tests/flow/test_needs_told.py, tests/talks/own_records.talk, channels/test_wecom_english.py
ELSEWHERE = (
    "apply.",
    "needs.",
    *(one for one in OF_STUDY if one != "bulletin."),
    "bulletin.quarterly",
    "bulletin.yearly",
    "consent.member_erased",
    "channel.",
    "group_chat.",
    "sending.",
)
NAMES = {
    *HAN.findall(TOWN),
    "连心",
    "中文",
    "胃不舒服",
    "换房",
    "好",
}  # what people are called and have said themselves


TRIED = ("？", "摘要", "认领", "延期", "立即结束", "请假", "稍后", "静默", "回来", "参加", "哈哈", "代报", "取消")


async def live(language: str, folder: Path) -> list[str]:
    """A branch's whole life, with a change of the file in it; everything every phone heard."""
    text = LIFE.replace(', language = "en"', "").replace("[channels", f'language = "{language}"\n[channels', 1)
    async with town(text, folder=folder) as t:
        await t.until("2026-03-02 17:40")
        await play(
            t,
            """
            li: 思想稳 节点紧 胃不舒服
            li: 要
            zhou: 认领 1
            zhou: 答复 1 好
            wang: 不同意
            wang: 同意
            chen: 困难：换房
            zhou: report for zhao 1
            zhou: 延期 7天
            """,
        )
        await look_after(t)
        for who in ("chen", "li", "zhou", "wu", "ma", "wang"):
            for said in TRIED:
                await t.talk(who, said)
        await t.until("2026-03-09 12:00")
    reword(folder, language, 1)
    gone = text[: text.index("[branches.long]")].replace('"zhao", "sun"]', '"sun"]')
    async with town(gone, at="2026-03-09 12:00", folder=folder) as t:
        await t.until("2026-03-20 12:00")
        t.bot.renderer.own.note(News("overrides.broke", "x", {"sentence": "x.y", "where": "here:1", "place": "due"}))
        await t.bot.beat()
        heard = await every_phone(t)
    reword(folder, language, 9)
    mark_restored(folder / "town.db", moment("2026-03-20 08:00"))
    async with town(gone, at="2026-12-28 12:00", folder=folder) as t:
        await t.until("2027-01-01 12:00")
        assert await t.rows("SELECT kind, note FROM outbox WHERE note LIKE 'broke%'") == []
        kinds = {row["kind"] for row in await t.rows("SELECT DISTINCT kind FROM outbox WHERE state = 'taken'")}
        assert {kind for kind in KINDS if not kind.startswith((*ELSEWHERE, *FAMILIES))} - kinds == set()
        return heard + await every_phone(t)


async def look_after(t: Town) -> None:
    """What the liaison officer does from person to person."""
    said = ("给 陈晓 好", "通知 好", "确认", "催 没回的", "家里消息 好", "交班 吴强 1天")
    for one in said:
        await t.talk("zhou", one)
    await t.talk("chen", "回周敏 好")


def reword(folder: Path, language: str, times: int) -> None:
    """So many sentences of the unit's own, none of which can be said."""
    file = folder / "sentences" / language / "away.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(f'none_{number} = "x"' for number in range(times)), "utf-8")


async def every_phone(t: Town) -> list[str]:
    return [text for row in await t.rows("SELECT id FROM member") for text in await t.heard(row["id"])]


async def test_a_whole_life_in_english_has_no_chinese_word_in_it(tmp_path: Path) -> None:
    heard = await live("en", tmp_path)
    found = {word for text in heard for word in HAN.findall(text)}
    assert len(heard) > 60
    assert {word for word in found if not any(word in name for name in NAMES)} == set()


async def test_a_whole_life_in_chinese_sends_every_kind_of_message(tmp_path: Path) -> None:
    heard = await live("zh", tmp_path)
    assert not any(re.search(r"\b(?:the|you|is)\b", text) for text in heard)


async def test_each_hears_her_own_language() -> None:
    async with asked() as t:
        await play(
            t,
            """
            sun: thoughts steady, work tight, living well | Noted: Thoughts steady; Work deadlines tight; Living well.
            sun: same | There is no earlier answer
            sun: need a doctor | Need 1 is noted and passed to 周敏
            zhou: claim 1 | 由你来办
            zhou: answer 1 the doctor comes at six | 转给孙悦
            sun: silence 48 hours | silence until Wed 4 Mar 17:40
            sun: back | Welcome back!
            sun: disagree | not be asked any more
            sun: agree | Welcome!
            """,
        )
        assert any("answer from 周敏: the doctor comes at six" in text for text in await t.heard("sun"))


@pytest.mark.parametrize("said", ["1", "All well", "everything is fine", "THOUGHTS: ok; WORK: on track; LIVING: fine"])
async def test_the_usual_english_answers_are_read(said: str) -> None:
    async with asked() as t:
        await play(t, f"sun: {said} | Noted: Thoughts steady; Work on track; Living well.")
