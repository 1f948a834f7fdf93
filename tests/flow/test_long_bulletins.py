"""The bulletins of the quarter and of the year: once each, in figures of the whole, and none about few people."""

import pytest

from tests.town import Town, town

UNIT = """
name = "Unit"
admins = ["p0"]
language = "{language}"
[channels.chat]
kind = "webchat"
[homes.first]
name = "First"
secretary = "p1"
[study.lecture]
title = "Lecture"
form = "lecture"
when = "quarterly 2/20 15:00"
remind = []
holidays = "before"
[study.few]
title = "Few"
when = "quarterly 2/23 15:00"
remind = []
audience = ["second"]
[homes.second]
name = "Second"
[people]
q0 = {{ name = "Q0", home = "second" }}
"""
PEOPLE = "".join(f'p{number} = {{ name = "P{number}", home = "first" }}\n' for number in range(6))


async def bulletins(t: Town) -> list[str]:
    """What the secretary has got, by the first line."""
    return [text for text in await t.heard_unasked("p1") if text.startswith("📊")]


@pytest.mark.parametrize(
    ("language", "quarter", "year", "came"),
    [
        (
            "zh",
            "📊 2026年第 1 季度通报",
            "📊 2026年通报（年度总结的草稿）",
            "Lecture 1 次（7 人次中到 3 人次）、Few 1 次",
        ),
        ("en", "📊 Bulletin of quarter 1, 2026", "📊 Bulletin of 2026 (", "Lecture (1, 3 of 7 came), Few (1)"),
    ],
)
async def test_each_comes_once_with_how_many_came_where_there_are_enough(
    language: str, quarter: str, year: str, came: str
) -> None:
    async with town(UNIT.format(language=language) + PEOPLE, "2026-02-02 08:00") as t:  # 20 February is a holiday
        await t.until("2026-02-14 15:10")
        for who in ("p2", "p3", "p4"):
            await t.talk(who, "参加")
        await t.until("2026-02-23 15:10")
        await t.talk("q0", "参加")
        await t.heard_unasked("p1")
        await t.until("2026-04-07 12:00")
        first = next(text for text in await bulletins(t) if text.startswith(quarter))
        assert came in first
        assert "Q0" not in first
        await t.until("2027-01-10 12:00")
        found = await bulletins(t)
        assert len([text for text in found if text.startswith(year)]) == 1
        assert len({text.split("\n")[0] for text in found}) == len(found)
