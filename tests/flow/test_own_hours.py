"""Her own hour, channel and menu: kept over a restart, in no quiet hours, and never twice."""

from pathlib import Path

from bot.store.tables import Tables
from tests.fakes import FakeChannel
from tests.flow.transcript import TWO, asked, play, told
from tests.town import Town, edited, moment, town, town_with

SECOND = '[channels.second]\nkind = "webchat"\n'
LIAISON = 'liaison = ["zhou", "wu"]'


async def asked_at(t: Town, who: str = "li") -> list[str]:
    """When the question has gone out to her."""
    rows = await t.rows(
        "SELECT owed_at FROM outbox WHERE member = :who AND reason >= 'ask:' AND reason < 'ask;' AND state = 'taken'"
        " ORDER BY owed_at",
        who=who,
    )
    return [row["owed_at"][5:16] for row in rows]


async def test_it_is_kept_over_a_restart_and_asks_once(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 提醒时间 18:30 | 18:30")
        await t.until("2026-03-05 10:00")
    async with edited(tmp_path, "2026-03-05 10:05") as t:
        await t.until("2026-03-06 13:00")
        assert await asked_at(t) == ["03-02T09:40", "03-05T10:30"]
        assert await asked_at(t, "wang") == ["03-02T09:40", "03-05T09:40"]


async def test_an_hour_before_the_branch_s_asks_once_and_a_withdrawal_asks_no_more() -> None:
    async with asked() as t:
        await play(t, "li: 1\nli: 提醒时间 08:30")
        await t.until("2026-03-05 08:30")
        assert "这几天怎么样" in await told(t, "li")
        await play(t, "li: 稍后 1小时 | 09:30再问你")
        await t.until("2026-03-05 09:30")
        assert "这几天怎么样" in await told(t, "li")
        await play(t, "li: 思想一般 | !提前答\nli: 撤回 | 3月5日（周四）17:40那次")
        await told(t, "li")
        await t.until("2026-03-06 13:39")
        assert await told(t, "li") == ""
        assert await asked_at(t) == ["03-02T09:40", "03-05T00:30"]


async def test_who_has_answered_skipped_or_gone_away_is_not_asked_at_it() -> None:
    async with asked() as t:
        for who in ("li", "wang", "zhao"):
            await play(t, f"{who}: 1\n{who}: 提醒时间 18:30")
        await t.until("2026-03-05 17:50")
        await play(t, "li: 1 | 已记\nwang: 跳过 | 3月5日\nzhao: 请假 2天")
        await t.until("2026-03-05 19:00")
        assert [await asked_at(t, who) for who in ("li", "wang", "zhao")] == [["03-02T09:40"]] * 3


async def test_the_reminder_follows_due_and_nobody_is_called_silent_before() -> None:
    async with asked() as t:
        await play(t, "li: 1\nli: 提醒时间 18:30")
        await t.until("2026-03-05 18:20")
        assert "还在等 5 人回答" in await t.talk("zhou", "摘要")
        await t.until("2026-03-06 13:40")
        assert (await t.owed("report.reminder")).count("li") == 1
        await t.until("2026-03-06 17:40")
        assert "李明" in (await told(t, "zhou"))


async def test_quiet_hours_that_come_later_send_her_with_the_others(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 提醒时间 19:00")
    limits = '[limits]\nquiet = "18:30-07:30"\n'
    async with town(town_with(more=limits), "2026-03-02 18:00", tmp_path) as t:
        await t.until("2026-03-06 13:00")
        assert (await asked_at(t))[-1] == "03-05T09:40"


async def test_when_the_bot_was_down_at_her_hour_she_is_asked_when_it_is_back(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 提醒时间 18:30")
        await t.until("2026-03-05 18:00")
    async with edited(tmp_path, "2026-03-05 19:00") as t:
        assert (await asked_at(t))[-1] == "03-05T11:00"
    async with edited(tmp_path, "2026-03-10 19:00") as t:
        assert (await asked_at(t))[-1] == "03-05T11:00"


async def test_another_schedule_lets_the_old_hour_go(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 提醒时间 19:00")
        await t.until("2026-03-04 19:00")
    async with edited(tmp_path, "2026-03-04 19:10", (LIAISON, f'{LIAISON}\nreport = {{ ask = "thu 16:00" }}')) as t:
        await t.until("2026-03-05 19:30")
        assert (await asked_at(t))[1:] == ["03-05T11:00"]
        assert await t.rows("SELECT 1 FROM alarm WHERE kind = 'hour'") == []


async def test_what_she_was_asked_at_her_hour_is_not_taken_back_by_another_schedule(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 提醒时间 09:00")
        await t.until("2026-03-05 10:00")
    async with edited(tmp_path, "2026-03-05 10:10", (LIAISON, f'{LIAISON}\nreport = {{ ask = "thu 16:00" }}')) as t:
        await play(t, "li: 1 | 已记 | !提前答")
        assert (await t.rows("SELECT 1 FROM report WHERE answered_at > '2026-03-05'")) != []


async def test_her_hour_holds_in_each_of_her_branches_by_its_own_clock() -> None:
    there = TWO.replace('members = ["chen", "zhou"]', 'members = ["li"]\ntime_zone = "Asia/Tokyo"')
    async with asked(there) as t:
        await play(t, "li: 1\nli: 1\nli: 提醒时间 18:30")
        await t.until("2026-03-05 19:00")
        assert (await asked_at(t))[-2:] == ["03-05T09:30", "03-05T10:30"]


async def test_deliveries_go_to_the_channel_she_chose_as_long_as_she_has_an_address_there() -> None:
    async with town(town_with(more=SECOND)) as t:
        first, second = FakeChannel(), FakeChannel("second")
        t.bot.channels = {"chat": first, "second": second}
        await t.until("2026-03-02 17:40")
        assert (len(first.texts("li")), second.texts("li")) == (1, [])
        await play(t, "li: 1\nli: 用 second 收 | 发到second")
        await t.until("2026-03-05 17:40")
        assert [len(one.texts("li")) for one in (first, second)] == [1, 1]
        await t.bot.store.write(lambda tx: Tables(tx).members.put_addresses("li", {"chat": "li"}))
        await t.until("2026-03-09 17:40")
        assert [len(one.texts("li")) for one in (first, second)] == [3, 1]
        assert second.texts("wang") == []


async def test_the_menu_is_kept_over_a_restart_and_is_a_prompt_like_any_question(tmp_path: Path) -> None:
    async with town(folder=tmp_path) as t:
        await t.until("2026-03-02 17:40")
        await play(t, "li: 1\nli: 数字版 | 一个数字")
    async with edited(tmp_path, "2026-03-02 18:00") as t:
        await t.until("2026-03-06 13:40")
        assert await t.owed("numbers.question") == await t.owed("numbers.reminder") == ["li"]
        assert (
            await t.rows("SELECT 1 FROM delivery_to WHERE member = 'li' AND prompt = 0 AND made_at > '2026-03-05'")
            == []
        )


async def test_a_menu_answered_meanwhile_is_not_sent() -> None:
    async with asked() as t:
        await play(t, "li: 1\nli: 数字版")
        await t.until("2026-03-05 17:00")
        await play(t, "li: 1 | 已记")
        await t.until("2026-03-05 17:40")
        assert await t.owed("numbers.question") == []
        assert moment("2026-03-05 17:40") == t.clock.now()
