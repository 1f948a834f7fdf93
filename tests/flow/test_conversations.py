"""The ten-second report as it is typed, and who is answered what."""

import pytest

from tests.flow.transcript import TWO, asked, play, told
from tests.town import Town, town


async def test_one_word_is_an_answer_in_every_dress() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 1 | 已记：思想稳定，办案正常推进，生活都好。
            wang: １。 | 已记：思想稳定
            zhao: 一切正常！ | 已记：思想稳定
            chen: 回复1 | 已记：思想稳定
            sun: All well. | Noted: Thoughts steady; Work on track; Living well.
            """,
        )


async def test_a_second_message_changes_only_the_part_it_names() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 思想：稳定；办案：正常；生活：食堂的菜有点辣 | 已记：思想稳定，办案正常推进，生活“食堂的菜有点辣”
            li: 办案：节点紧张 | 已改：思想稳定，办案节点紧张，生活“食堂的菜有点辣”
            li: 生活：都好 | 已改：思想稳定，办案节点紧张，生活都好。
            sun: THOUGHTS: ok, WORK: tight | Noted: Thoughts steady; Work deadlines tight.
            sun: living: fine | Changed: Thoughts steady; Work deadlines tight; Living well.
            """,
        )


async def test_same_as_last_time_says_it_again_and_what_is_named_beside_it_counts() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 同上 | 还没有上一次 | “1”
            li: 思想稳 节点紧 困难：换个住处 | 已记：思想稳定，办案节点紧张 | 诉求 1 号
            """,
        )
        await t.until("2026-03-05 17:40")
        await play(
            t,
            """
            li: 同上 | 已记：思想稳定，办案节点紧张。 | !困难 | !诉求
            li: 思想：同上；办案：正常 | 已改：思想稳定，办案正常推进。
            """,
        )


async def test_same_as_last_time_without_a_last_time_keeps_what_is_named() -> None:
    async with asked() as t:
        await play(t, "li: 思想：同上；办案：节点紧 | 已记：办案节点紧张。")


@pytest.mark.parametrize("text", ["哈哈", "稍后回复", "困难不大", "困难：无", "请假条交了"])
async def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    async with asked() as t:
        await play(t, f"li: {text} | 没看懂，所以没有记 | 1　一切正常 | 思想稳 节点紧 生活好 | 困难：")
        assert (await t.rows("SELECT answered_at FROM report WHERE member = 'li'"))[0]["answered_at"] is None


async def test_a_sentence_that_begins_like_a_command_is_still_a_report() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 结束了一天的工作，一切正常 | 已记：思想稳定
            zhao: 请假条交了，一切正常 | 已记：思想稳定
            wang: 晚点一起吃饭，都好 | 已记：
            zhou: 结束了一天的工作，一切正常 | 没看懂 | “？”
            """,
        )
        assert await t.rows("SELECT id FROM away") == []
        assert (await t.rows("SELECT closing_settled FROM branch"))[0]["closing_settled"] == 0


async def test_part_of_a_message_that_was_not_read_is_said() -> None:
    async with asked() as t:
        await play(t, "li: 1，请假3天 | 已记：思想稳定 | 其余的没看懂，没有记\nwang: 思想稳 生活好 | !其余")


async def test_two_things_in_one_message_are_both_done() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 思想稳，困难：孩子没人接 | 已记：思想稳定 | 诉求 1 号 | 周敏
            wang: 请假三天，困难：家里没人 | 3月4日（周三）24:00为止 | 诉求 2 号
            wang: 我回来了，一切正常 | 欢迎回来 | 已记：思想稳定
            zhao: 困难：要换宿舍；思想：一般 | 已记：思想一般 | 诉求 3 号
            """,
        )
        assert await t.rows("SELECT id FROM away WHERE ended_at IS NULL") == []


async def test_an_answer_given_early_says_which_question_it_is_for() -> None:
    async with asked() as t:
        await play(t, "li: 1 | 已记 | !提前")
        await t.until("2026-03-04 18:00")
        await play(t, "li: 1 | 提前答，算3月5日（周四）17:40那次\nsun: 1 | Late, and still welcome")
        await t.heard("li")
        await t.until("2026-03-05 18:00")
        assert "这几天怎么样" not in await told(t, "li")


async def test_a_long_answer_is_read_back_in_one_line() -> None:
    async with asked() as t:
        answer = await t.talk("li", "生活：住得远\n吃得还习惯\n\n睡得也行")
        assert answer.count("\n") == 0


async def test_a_member_of_two_branches_answers_each_in_turn_and_hears_which() -> None:
    async with asked(TWO) as t:
        await play(
            t,
            """
            chen: 1 | 已记（ | 也在等你的回答，再回一次就好
            chen: 一切正常 | 已记（ | !也在等
            li: 1 | 已记：
            """,
        )
        rows = await t.rows("SELECT answered_at FROM report WHERE member = 'chen'")
        assert len(rows) == 2
        assert all(row["answered_at"] for row in rows)


async def test_a_liaison_who_is_also_a_member_is_both() -> None:
    async with asked(TWO) as t:
        await play(
            t,
            """
            zhou: ？ | 1　一切正常 | 学习正常 | 认领 3
            zhou: 回复1 | 已记：思想稳定，学习正常，生活都好。
            zhou: 结束，一切正常 | 已改：思想稳定
            zhou: 摘要 | 摘要
            li: 求助 换个住处 | 诉求 1 号
            zhou: 回复 1 已联系好 | 已把答复转给李明
            """,
        )


async def test_a_seconded_member_is_asked_of_work_and_not_of_cases() -> None:
    async with asked(TWO.replace('kind = "case"', 'kind = "secondment"')) as t:
        await play(
            t, "li: 思想稳 工作正常 生活好 | 已记：思想稳定，工作正常推进，生活都好。\nli: 在吗 | 工作正常 生活好"
        )


async def test_the_closed_list_is_offered_and_a_word_of_it_is_taken() -> None:
    async with asked() as t:
        await play(
            t,
            """
            li: 思想稳，今天提审了三个人 | 已记：思想稳定。 | 节点紧张 / 需要支援 | 请选一个
            li: 节点紧张 | 已改：思想稳定，办案节点紧张。
            wang: 办案：证人不配合 | 只记这几种
            wang: 困难：证人不配合 | 里面说到了案子，没有保存
            wang: 需要支援 | 已记：办案需要支援。 | 诉求 1 号
            wang: 想聊聊 | 诉求 2 号 | 周敏
            """,
        )


async def test_before_the_first_question_there_is_nothing_to_answer_but_help() -> None:
    late = TWO.replace("from = 2026-03-02", "from = 2026-02-28")
    async with town(late, at="2026-02-28 10:00") as t:
        await play(
            t,
            """
            li: 1 | 现在没有要答的 | 3月2日（周一）17:40问你 | “求助 …”
            li: 胃不舒服 | 现在没有要答的 | 要帮忙吗
            li: 要 | 诉求 1 号
            li: 需要帮忙 | 要帮什么
            li: 换个住处 | 诉求 2 号
            li: 困难：孩子没人接；办案：提审了三个人 | 只记这几种 | 诉求 3 号
            """,
        )


async def test_who_has_nothing_to_answer_hears_what_there_is() -> None:
    async with asked() as t:
        await play(
            t,
            """
            ma: 1 | 没看懂 | “？”
            ma: ？ | 摘要 | 认领 3 | !同上
            wu: 今天还好 | 没看懂
            zhou: 请假 3天 | 不用请假
            zhou: 不同意 | 没有要同意的
            zhou: 稍后 | 没有等你回答的
            """,
        )


async def test_a_person_in_no_branch_and_the_admin() -> None:
    text = TWO.replace("[people]", '[people]\nyang = { name = "杨帆" }').replace(
        'admins = ["zhou"]', 'admins = ["yang", "zhou"]'
    )
    async with asked(text.replace('"li", ', "")) as t:
        await play(
            t,
            """
            li: 1 | 不在进行中的支部里 | 杨帆、周敏
            li: ？ | 不在进行中的支部里
            li: 求助 换房 | 不在进行中的支部里
            li: 认领 1 | 不在进行中的支部里
            li: 摘要 | 不在进行中的支部里
            yang: 你好 | 请找管理员：周敏 | !杨帆
            """,
        )


async def test_a_stranger_hears_whom_to_ask_and_nothing_stays_but_a_hash_of_the_key() -> None:
    async with asked() as t:
        before = await everything(t)
        answer = await t.talk("nobody", "我是陌生人 canary", key="secret-key")
        after = await everything(t)
        assert "名单里没有你" in answer
        assert "周敏" in answer
        assert {name for name in after if after[name] != before[name]} == {"inbound"}
        [row] = [row for row in after["inbound"] if row not in before["inbound"]]
        assert set(row) == {"id", "at", "answer"}
        assert "secret-key" not in str(row)


async def everything(t: Town) -> dict[str, list[dict[str, object]]]:
    tables = await t.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"]: [dict(one) for one in await t.rows("SELECT * FROM " + row["name"])] for row in tables}  # pyright: ignore[reportArgumentType]
