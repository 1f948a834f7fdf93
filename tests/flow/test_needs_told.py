"""Everything that is ever said about needs, in either language, and to whom no word of them is said."""

import re

import pytest

from bot.flow.kinds import KINDS
from tests.flow.transcript import play
from tests.town import TOWN, Town, town, town_with

HAN = re.compile(r"[\u4e00-\u9fff]+")
LEADER = '[duty]\ncontact_leader = "gu"\n'
PEOPLE = ('ma = { name = "马骏" }', 'ma = { name = "马骏" }\ngu = { name = "顾远" }')
OWN_WORDS = {"换房", "又漏", "好", "书", "药", "排不开", "在问"}
LIFE = """
li: 求助 换房
li: 诉求 1 是 身体
zhou: 认领 1
li: 诉求 1 是 住宿
li: 没解决 又漏
zhou: 在办 1 在问
zhou: 答复 1 好
zhou: 转给 吴强 1
wu: 放手 1
zhou: 办结 1 好
li: 没解决 又漏
zhou: 办结 1
li: 没解决
zhou: 办不了 1 排不开
li: 可以了
wang: 求助 药
wang: 撤回诉求 2
wang: 求助 书
zhou: 办结 3
chen: 求助 药
chen: 我的诉求
chen: 诉求 4
chen: 撤回诉求 9
chen: 诉求 4 是 无
chen: 没解决 4
zhou: 办不了 4
zhou: 取消
zhou: 转给
zhou: 转给 4
zhou: 认领 4
zhou: 转给 4
zhou: 认领 4
zhou: 解决了 4
zhou: 认领 1
sun: 求助 药
"""


async def live(text: str) -> tuple[set[str], dict[str, list[str]]]:
    """Every kind of message about needs that went out, and all that each phone heard."""
    async with town(text, at="2026-03-03 09:00") as t:
        await play(t, LIFE)
        await t.until("2026-03-20 12:00")
        rows = await t.rows("SELECT DISTINCT kind FROM outbox WHERE state = 'taken'")
        assert await t.rows("SELECT note FROM outbox WHERE note LIKE 'broke%'") == []
        return {row["kind"] for row in rows}, {who: await t.heard(who) for who in t.bot.config.people}


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_kind_is_said_and_in_one_language_only(language: str) -> None:
    unit = town_with(PEOPLE, (', language = "en"', ""), more=LEADER)
    kinds, heard = await live(unit.replace("[channels", f'language = "{language}"\n[channels', 1))
    assert {kind for kind in KINDS if kind.startswith(("need.", "needs."))} - kinds == set()
    said = "\n".join(text for texts in heard.values() for text in texts)
    if language == "en":
        known = [*HAN.findall(TOWN), "顾远", "连心", "中文", *OWN_WORDS]
        assert {word for word in HAN.findall(said) if not any(word in one for one in known)} == set()
    else:
        assert not re.search(r"\b(?:the|you|is|need)\b", said)


async def test_a_contact_leader_reads_no_word_no_kind_and_no_name_of_whom_it_is_about() -> None:
    _, heard = await live(town_with(PEOPLE, more=LEADER))
    leader = "\n".join(text for text in heard["gu"] if "诉求" in text)
    assert "诉求 5 号" in leader
    for secret in (*OWN_WORDS - {"好"}, "住宿", "身体", "李明", "陈晓", "孙悦", "王静"):
        assert secret not in leader


async def test_nobody_but_duty_holders_reads_her_words() -> None:
    _, heard = await live(town_with(PEOPLE, more=LEADER))
    readers = {who for who, texts in heard.items() if any("换房" in text for text in texts)}
    assert readers == {"zhou", "wu"}


async def said_to(t: Town, who: str) -> str:
    return "\n".join(await t.heard_unasked(who))


async def test_a_secretary_who_alone_could_see_to_it_is_told_of_it() -> None:
    only_her = TOWN.replace('liaison = ["zhou", "wu"]', 'liaison = ["chen"]')
    async with town(only_her) as t:
        await t.talk("chen", "求助 换房")
        assert "“换房”（住宿）" in await said_to(t, "ma")
