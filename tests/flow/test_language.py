"""A member's own choice of language: said in a word, answered in it at once, and kept until the file says otherwise."""

from pathlib import Path

import pytest

from bot.desk import BotDesk
from tests.flow.transcript import asked, play, told
from tests.town import TOWN, Town, edited, town

LI = 'li = { name = "李明", status = "full" }'
LI_RENAMED = (LI, 'li = { name = "李明明", status = "full" }')
LI_ENGLISH = (LI, 'li = { name = "李明", status = "full", language = "en" }')
UNIT_ENGLISH = ("[channels.chat]", 'language = "en"\n[channels.chat]')
TO_ENGLISH = [
    "语言 英文",
    "语言：英语",
    "language en",
    "Language: English",
    "English please",
    "english",
    "请说英文",
    "说英文吧",
]
TO_CHINESE = ["语言 中文", "language zh", "中文", "说中文", "Chinese, please", "language chinese", "“中文”"]


def desk_of(t: Town) -> BotDesk:
    return BotDesk(t.bot)


async def hears(t: Town, who: str = "li") -> str:
    """Whether the bot speaks English or Chinese to them now."""
    answer = await t.talk(who, "?")
    return "en" if "You can say" in answer else "zh"


@pytest.mark.parametrize("said", TO_ENGLISH)
async def test_a_word_is_enough_and_the_answer_comes_in_the_new_language(said: str) -> None:
    async with asked() as t:
        await play(t, f"li: {said} | everything in English | “中文”\nli: 1 | Noted: Thoughts steady")
        assert await hears(t) == "en"


@pytest.mark.parametrize("said", TO_CHINESE)
async def test_and_back_again(said: str) -> None:
    async with asked() as t:
        await play(t, f"sun: {said} | 以后都说中文 | “English”\nsun: 1 | 已记：思想稳定")


async def test_bare_it_asks_which_and_every_help_tells_of_it() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 语言 | 要用哪种语言 | “English”
            sun: language | Which language | “中文”
            li: ？ | English　以后都说英文
            sun: ? | 中文: everything in Chinese
            ma: ？ | English　以后都说英文
            """,
        )


@pytest.mark.parametrize(
    "said", ["语言不通，一切正常", "英语课结束了，一切正常", "English class was fine, all well", "语言 不通"]
)
async def test_a_sentence_that_begins_like_it_changes_nothing(said: str) -> None:
    async with asked() as t:
        await t.talk("li", said)
        assert await hears(t) == "zh"


async def test_an_open_question_stays_open_over_it() -> None:
    async with asked() as t:
        await play(t, "li: 胃不舒服 | 要帮忙吗\nli: English please | in English\nli: yes | Need 1 is noted")


async def test_it_holds_for_all_she_is_sent_also_for_what_was_owed_before() -> None:
    async with town() as t:
        await t.talk("li", "language en")
        await t.until("2026-03-02 17:40")
        assert "How are things?" in await told(t, "li")
        await play(t, "wang: 求助 换房")
        await t.talk("zhou", "English")
        await t.until("2026-03-02 18:20")
        assert "📋 Digest" in await told(t, "zhou")


async def test_a_restart_and_a_file_that_says_nothing_new_of_it_leave_it_alone(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await play(t, "li: English please | in English\nsun: 中文 | 以后都说中文")
    for change in ((), (LI_RENAMED,), (UNIT_ENGLISH,)):
        async with edited(tmp_path, "2026-03-02 10:00", *change) as t:
            assert (await hears(t), await hears(t, "sun")) == ("en", "zh")


async def test_a_new_word_of_the_file_about_her_wins_over_what_she_chose(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", LI_ENGLISH) as t:
        await play(t, "li: 中文 | 以后都说中文")
    async with edited(tmp_path, "2026-03-02 09:00", LI_ENGLISH) as t:
        assert await hears(t) == "zh"
    async with edited(tmp_path, "2026-03-02 10:00", UNIT_ENGLISH) as t:
        assert await hears(t) == "en"
    async with edited(tmp_path, "2026-03-02 11:00") as t:
        assert await hears(t) == "zh"


async def test_the_units_language_moves_whoever_has_chosen_none(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.talk("wang", "中文")
    async with edited(tmp_path, "2026-03-02 10:00", UNIT_ENGLISH) as t:
        assert [await hears(t, who) for who in ("li", "sun", "wang")] == ["en", "en", "zh"]


async def test_her_page_and_what_goes_wrong_on_it_are_in_her_language() -> None:
    async with town(TOWN) as t:
        desk = desk_of(t)
        assert await desk.language_of("li") == "zh"
        await t.talk("li", "English please")
        phone = await desk.phone("li")
        assert phone is not None
        assert (await desk.language_of("li"), phone.language) == ("en", "en")
        assert phone.role.startswith("member · ")
        assert (desk.knows("li"), desk.knows("nobody")) == (True, False)


async def test_where_the_store_cannot_be_read_the_files_language_is_spoken() -> None:
    async with town(TOWN) as t:
        desk = desk_of(t)
        await t.bot.store.close()
        assert [await desk.language_of(who) for who in ("li", "sun")] == ["zh", "en"]
