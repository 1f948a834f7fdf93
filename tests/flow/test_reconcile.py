"""The file is edited and the bot started again: what changed in the file changes, what was said in chat stays."""

from pathlib import Path

import pytest

from tests.town import Town, edited, town_with

TO = "to = 2026-05-29"
SHORT = (TO, "to = 2026-03-12")
LIAISON = 'liaison = ["zhou", "wu"]'
MEMBERS = 'members = ["chen", "li", "wang", "zhao", "sun"]'
FEWER = 'members = ["chen", "li", "wang", "zhao"]'
LI = 'li = { name = "李明", status = "full" }'


async def closes(t: Town) -> str:
    return (await t.rows("SELECT closes FROM branch"))[0]["closes"]


async def last_words(t: Town, who: str) -> str:
    return (await t.heard(who))[-1]


async def test_what_was_granted_in_chat_survives_a_start_with_the_same_file(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-09 10:00", SHORT) as t:
        assert "已延期" in await t.talk("zhou", "延期 到3月31日")
    for day in (10, 11):
        async with edited(tmp_path, f"2026-03-{day} 10:00", SHORT) as t:
            assert await closes(t) == "2026-03-31"
            assert await t.state() == "running"


@pytest.mark.parametrize("day", ["2026-03-20", "2026-04-30"])
async def test_it_gives_way_when_the_file_s_own_value_changes(tmp_path: Path, day: str) -> None:
    async with edited(tmp_path, "2026-03-09 10:00", SHORT) as t:
        await t.talk("zhou", "延期 到3月31日")
    async with edited(tmp_path, "2026-03-10 10:00", (TO, f"to = {day}")) as t:
        assert await closes(t) == day


async def test_another_value_of_the_file_does_not_undo_what_was_granted(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-09 10:00", SHORT) as t:
        await t.talk("zhou", "延期 到3月31日")
    async with edited(tmp_path, "2026-03-10 10:00", SHORT, (MEMBERS, FEWER), (LIAISON, 'liaison = ["wu"]')) as t:
        assert await closes(t) == "2026-03-31"


async def test_a_branch_closed_early_in_chat_stays_closed(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-05 10:00") as t:
        await t.talk("zhou", "立即结束")
        await t.talk("zhou", "确认")
        assert await t.state() == "closed"
        assert await t.owed("closing.member") == ["chen", "li", "sun", "wang", "zhao"]
    async with edited(tmp_path, "2026-03-06 10:00") as t:
        await t.until("2026-03-12 10:00")
        assert await t.state() == "closed"
        assert await t.owed("report.question") == []


async def test_a_later_last_day_in_the_file_opens_a_closed_branch_again_and_says_so(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", SHORT) as t:
        await t.until("2026-03-13 12:00")
        assert await t.state() == "closed"
    async with edited(tmp_path, "2026-03-15 12:00", (TO, "to = 2026-04-30")) as t:
        assert await t.state() == "running"
        assert "延期到4月30日" in await last_words(t, "li")
        await t.until("2026-03-16 17:40")
        assert "这几天怎么样" in await last_words(t, "li")
        assert [row["closed_at"] for row in await t.rows("SELECT closed_at FROM branch")] == [None]


async def test_words_of_a_branch_that_was_opened_again_are_not_forgotten_yet(tmp_path: Path) -> None:
    keep = '[keep]\nwords = "5d"\n'
    async with edited(tmp_path, "2026-03-02 08:00", (TO, "to = 2026-03-03"), more=keep) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "思想一般")
        await t.until("2026-03-04 12:00")
        assert await t.state() == "closed"
    async with edited(tmp_path, "2026-03-05 12:00", more=keep) as t:
        await t.until("2026-03-12 12:00")
        assert await t.rows("SELECT said FROM report WHERE said <> ''") != []


async def test_new_dates_for_a_closed_branch_let_it_begin_on_its_new_first_day(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", SHORT) as t:
        await t.until("2026-03-13 12:00")
    async with edited(tmp_path, "2026-03-15 12:00", ("from = 2026-03-02", "from = 2026-04-01")) as t:
        assert await t.state() == "planned"
        await t.until("2026-04-01 08:00")
        assert await t.state() == "running"
        assert "4月1日（周三）开始" in await last_words(t, "li")


async def test_a_later_last_day_is_told_and_the_question_comes_before_the_new_end(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-09 10:00", SHORT) as t:
        assert await t.state() == "closing"
    async with edited(tmp_path, "2026-03-10 10:00", (TO, "to = 2026-03-31")) as t:
        assert await t.state() == "running"
        assert "延期到3月31日" in await last_words(t, "li")
        await t.until("2026-03-28 09:20")
        assert await t.owed("closing.question") == ["zhou", "zhou"]


async def test_a_last_day_that_has_passed_closes_at_once(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-09 10:00") as t:
        pass
    async with edited(tmp_path, "2026-03-10 10:00", (TO, "to = 2026-03-09")) as t:
        assert await t.state() == "closed"
        assert "结束了" in await last_words(t, "li")


async def test_a_planned_branch_may_be_moved(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-02-20 10:00") as t:
        assert await t.state() == "planned"
    async with edited(tmp_path, "2026-02-21 10:00", ("from = 2026-03-02", "from = 2026-02-23")) as t:
        await t.until("2026-02-23 08:00")
        assert await t.state() == "running"


async def test_a_branch_the_file_no_longer_has_runs_on_and_the_admins_hear_once(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", SHORT):
        pass
    gone = town_with(SHORT)
    without = gone[: gone.index("[branches.qingfeng]")]
    cut = (gone[gone.index("[branches.qingfeng]") :].replace("to = 2026-03-12", TO), "")
    assert without
    for day in (3, 4):
        async with edited(tmp_path, f"2026-03-0{day} 10:00", cut) as t:
            assert await t.owed("branch.not_in_file") == ["zhou"]
    async with edited(tmp_path, "2026-03-05 10:00", cut) as t:
        assert "配置文件里已没有「清风专班临时党支部」" in "".join(await t.heard("zhou"))
        await t.until("2026-03-05 18:00")
        assert "这几天怎么样" in await last_words(t, "li")
        await t.until("2026-03-13 08:00")
        assert await t.state() == "closed"
        assert "结束了" in await last_words(t, "li")


async def test_a_branch_taken_out_of_the_file_before_it_began_does_not_begin(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-02-20 10:00"):
        pass
    whole = town_with()
    async with edited(tmp_path, "2026-02-21 10:00", (whole[whole.index("[branches.qingfeng]") :], "")) as t:
        await t.until("2026-03-10 10:00")
        assert await t.state() == "planned"
        assert await t.rows("SELECT 1 FROM outbox") == []
    async with edited(tmp_path, "2026-03-10 11:00") as t:
        assert await t.state() == "running"


REPORT = (LIAISON, f'{LIAISON}\nreport = {{ ask = "daily 12:00" }}')


async def test_a_new_schedule_takes_back_the_round_not_yet_asked_and_keeps_the_one_asked(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-04 18:00")  # Monday's is told, Thursday's is open for early answers
    async with edited(tmp_path, "2026-03-04 19:00", REPORT) as t:
        await t.until("2026-03-05 13:00")
        rounds = await t.rows("SELECT ask_at, state FROM round ORDER BY ask_at")
        assert [(row["ask_at"], row["state"]) for row in rounds][:2] == [
            ("2026-03-02T09:40:00Z", "told"),
            ("2026-03-05T04:00:00Z", "asked"),
        ]
        assert await t.rows("SELECT 1 FROM alarm WHERE subject = 'qingfeng/2026-03-05T09:40:00Z'") == []


async def test_an_early_answer_is_not_thrown_away_by_a_new_schedule(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "1")
        await t.until("2026-03-04 18:00")
        assert "提前答" in await t.talk("li", "思想一般")
    async with edited(tmp_path, "2026-03-04 19:00", REPORT) as t:
        await t.until("2026-03-06 13:00")
        rounds = await t.rows("SELECT round FROM report WHERE member = 'li' AND answered_at IS NOT NULL ORDER BY round")
        assert [row["round"] for row in rounds] == ["qingfeng/2026-03-02T09:40:00Z", "qingfeng/2026-03-05T09:40:00Z"]


async def test_a_question_missed_while_the_file_was_edited_is_still_asked(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:00")
    async with edited(tmp_path, "2026-03-02 18:30", (TO, "to = 2026-06-30")) as t:
        assert await t.owed("report.question") == ["chen", "li", "sun", "wang", "zhao"]


async def test_a_day_off_added_to_the_calendar_takes_back_its_round(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-04 18:00"):
        pass
    async with edited(tmp_path, "2026-03-04 19:00", more="[calendar]\noff = [2026-03-05]\n") as t:
        await t.until("2026-03-10 12:00")
        days = await t.rows("SELECT ask_at FROM round ORDER BY ask_at")
        assert [row["ask_at"][:10] for row in days] == ["2026-03-09"]


async def test_the_same_file_twice_changes_nothing_and_says_nothing(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        before = await t.rows("SELECT reason FROM outbox")
    async with edited(tmp_path, "2026-03-02 08:05") as t:
        assert await t.rows("SELECT reason FROM outbox") == before


async def test_a_branch_that_moves_is_asked_by_the_clocks_of_its_new_place(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-04 18:00"):
        pass  # Thursday's round is open for early answers
    async with edited(tmp_path, "2026-03-04 19:00", (LIAISON, f'{LIAISON}\ntime_zone = "Asia/Dubai"')) as t:
        await t.until("2026-03-06 12:00")
        asked = await t.rows("SELECT ask_at FROM round ORDER BY ask_at")
        assert [row["ask_at"] for row in asked] == ["2026-03-05T13:40:00Z"]
