"""The main job, told as transcripts."""

from pathlib import Path

from tests.town import TOWN, town


async def test_a_branch_opens_by_itself_with_a_welcome_that_says_what_it_is() -> None:
    async with town() as t:
        [welcome] = await t.heard("li")
        for told in (
            "清风专班临时党支部",
            "线上临时党支部",
            "周敏",
            "机党〔2026〕7号",
            "周一、周四 17:40",
            "30 天",
            "不同意",
        ):
            assert told in welcome


async def test_one_is_enough_and_is_read_back() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        assert await t.talk("li", "1") == "已记：思想稳定，办案正常推进，生活都好。"


async def test_trouble_is_asked_about_and_a_yes_goes_all_the_way_to_an_answer() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        assert "要帮忙吗" in await t.talk("li", "思想稳 节点紧 胃不舒服")
        assert "诉求 1 号" in await t.talk("li", "要")
        await t.heard("li")
        assert "“胃不舒服”" in (await t.heard("zhou"))[-1]
        assert "由你来办" in await t.talk("zhou", "认领1")
        assert "转给李明" in await t.talk("zhou", "答复 1 药放在前台")
        assert [text[:17] for text in await t.heard("li")] == [
            "你的诉求 1 号，周敏已认领，正在",
            "你的诉求 1 号，周敏答复：药放在",
        ]


async def test_silence_climbs_once_to_the_member_and_once_to_the_liaison() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        for who in ("chen", "li", "wang", "zhao"):
            await t.talk(who, "1")
        await t.until("2026-03-02 20:00")
        for who in ("sun", "zhou"):
            await t.heard(who)
        await t.until("2026-03-03 13:40")
        assert ["has not come yet" in text for text in await t.heard("sun")] == [True]
        await t.until("2026-03-03 17:40")
        assert ["没有回音" in text or "还没有回音" in text for text in await t.heard("zhou")] == [True]
        await t.until("2026-03-04 18:00")
        assert await t.heard("sun") == []


async def test_what_is_said_after_the_last_digest_still_reaches_the_liaison() -> None:
    async with town(TOWN.replace("to = 2026-05-29", "to = 2026-03-05")) as t:
        await t.until("2026-03-05 19:00")
        await t.talk("li", "思想稳 节点紧 胃不舒服")
        await t.heard("zhou")
        await t.until("2026-03-06 07:30")
        [summary] = await t.heard("zhou")
        assert "上次摘要之后的回答：\n　李明：思想稳定，办案节点紧张，生活有难处“胃不舒服”" in summary


async def test_whoever_asked_for_later_is_not_called_silent_meanwhile() -> None:
    async with town() as t:
        await t.until("2026-03-03 17:00")
        await t.talk("wang", "稍后 2小时")
        assert "王静" not in (await t.talk("zhou", "摘要")).split("没有回音")[1].splitlines()[0]
        assert "李明" in await t.talk("ma", "摘要")


async def test_what_was_asked_while_she_was_away_is_not_counted_as_asked() -> None:
    async with town(TOWN.replace("to = 2026-05-29", "to = 2026-03-06")) as t:
        await t.talk("li", "请假 3天")
        await t.until("2026-03-07 07:30")
        assert "问了你 1 次" in (await t.heard("li"))[-1]


async def test_study_answers_go_to_the_item_they_fit() -> None:
    lessons = """
[study.friday]
title = "周五课堂"
when = "daily 15:10"
[study.xuexi]
title = "学习强国"
form = "platform"
when = "daily 12:30"
"""
    async with town(TOWN + lessons) as t:
        await t.until("2026-03-03 15:10")
        assert "周五课堂" in await t.talk("li", "参加")
        assert "学习强国" in await t.talk("li", "已学")


async def test_taking_part_again_is_told_to_the_liaison() -> None:
    async with town() as t:
        await t.talk("li", "不同意")
        await t.talk("li", "同意")
        assert "改主意" in (await t.heard("zhou"))[-1]


async def test_a_schedule_changed_after_a_round_was_asked_opens_no_round_twice(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 18:00")
    async with town(TOWN.replace("to = 2026-05-29", "to = 2026-06-29"), "2026-03-02 09:00", tmp_path) as t:
        await t.until("2026-03-06 18:00")
        assert [row["ask_at"] for row in await t.rows("SELECT ask_at FROM round ORDER BY ask_at")] == [
            "2026-03-02T09:40:00Z",
            "2026-03-05T09:40:00Z",
        ]
