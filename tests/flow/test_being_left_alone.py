"""Leave, declared silence, “later” and coming back, as they are typed."""

from tests.flow.transcript import TWO, asked, play, told

CLASS = """
[study.class]
title = "周五课堂"
when = "mon 19:00"
remind = ["30m"]
holidays = "keep"
"""


async def test_leave_silence_and_coming_back() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 请假三天 | 3月4日（周三）24:00为止 | “回来”
            li: 静默到周五 | 3月6日（周五）24:00为止静默
            li: 静默 48小时 | 3月4日（周三）17:40为止
            li: 回来 | 欢迎回来！ | 还在等你的回答 | “1”
            li: 回来了 | 你没有请假
            li: 请假 | 请假到什么时候
            li: 到周五 | 3月6日（周五）24:00为止，不问你
            li: 静默，到案子结束 | 静默到什么时候
            li: 一切正常 | 已记：思想稳定
            sun: leave 3 days | until the end of Wed 4 Mar
            sun: I'm back | Welcome back! | “1”
            """,
        )


async def test_only_one_declaration_holds_at_a_time() -> None:
    async with asked() as t:
        await play(t, "li: 请假 10天 | 3月11日\nli: 静默 2小时 | 19:40\n")
        assert len(await t.rows("SELECT id FROM away WHERE ended_at IS NULL")) == 1


async def test_later_puts_the_question_off_and_never_by_more_than_a_day() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 稍后 2小时 | 3月2日（周一）19:40再问你
            wang: 稍后 | 18:40再问你
            zhao: 等会儿，在开会 | 18:40再问你
            chen: 稍后 5天 | 3月3日（周二）17:40再问你
            sun: later 1 hour | asked again on Mon 2 Mar 18:40
            chen: 1 | 已记
            chen: 稍后 | 现在没有等你回答的
            """,
        )
        await t.until("2026-03-02 19:40")
        assert "这几天怎么样" in await told(t, "li")


async def test_whoever_has_put_it_off_is_not_reminded_before() -> None:
    async with asked() as t:
        await t.until("2026-03-03 13:00")
        await play(t, "li: 稍后 2小时 | 15:00再问你")
        await t.heard("li")
        await t.until("2026-03-03 14:59")
        assert await t.heard("li") == []
        await t.until("2026-03-03 15:00")
        assert "还没收到" in await told(t, "li")


async def test_a_bare_leave_after_a_study_reminder_is_for_the_class_and_a_long_one_is_leave() -> None:
    async with asked(TWO + CLASS) as t:
        await play(t, "li: 请假 | 请假到什么时候\nli: 参加 | 最近没有提醒你学习")
        await t.until("2026-03-02 18:30")
        assert "周五课堂" in await told(t, "li")
        await play(
            t,
            """
            li: 请假 | 「周五课堂」你请假 | 要离开几天，回“请假 3天”
            li: 请假 | 请假到什么时候
            wang: 请假 3天 | 24:00为止
            zhao: 参加，谢谢 | 「周五课堂」你参加
            chen: 参加，一切正常 | 「周五课堂」你参加 | 已记
            sun: studied | you have studied “周五课堂”
            sun: 不参加 | excused from “周五课堂”
            """,
        )
