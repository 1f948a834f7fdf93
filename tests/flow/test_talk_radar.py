"""The talk radar over restarts, quiet nights, changed files and closed branches; and what its rows hold."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import instant
from tests.tables import dump
from tests.town import Town, edited, moment, town, town_with

WEEK = '[talks.week]\nname = "离岗满7天"\nwhen = "away 7d"\nwithin = "2d"\n'
LEADER = '[duty]\ncontact_leader = "sun"\n'
WORDS = ("金丝雀", "老人")


async def rings(t: Town, kind: str) -> dict[str, str]:
    return {row["subject"]: row["at"] for row in await t.rows("SELECT * FROM alarm WHERE kind = :kind", kind=kind)}


async def test_a_talk_row_holds_who_why_and_when_and_no_word() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊，金丝雀 老人病了")
        await t.talk("zhou", "谈过 1 昨天 金丝雀")
        await t.talk("zhou", "谈了 李明 老人病了")
        await t.talk("zhou", "谈过 1 昨天 下次 3月20日")
        rows = await t.rows("SELECT * FROM talk ORDER BY number")
        assert [(row["rule"], row["state"], row["held_on"], row["held_by"]) for row in rows] == [
            ("on_request", "held", "2026-03-01", "zhou"),
            ("next", "due", None, None),
        ]
        tables = await t.bot.store.read(dump)
        hers = [line for line in tables["phone_line"] if "zhou" in line]
        assert len(hers) > 3
        for line in [*hers, *tables["talk"], *tables["standing"], *tables["ledger"], *tables["alarm"]]:
            assert not any(word in line for word in WORDS), line


async def test_the_ledger_says_who_noted_what_number_and_nothing_of_the_member() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
        await t.talk("zhou", "谈过 1")
        await t.talk("zhou", "撤回谈话")
        rows = await t.rows("SELECT * FROM ledger WHERE member = 'zhou' ORDER BY number")
        assert [(row["kind"], row["note"]) for row in rows] == [("talk_held", "1"), ("talk_taken_back", "1")]


async def test_what_comes_up_while_the_bot_is_down_has_its_days_from_then(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEK) as t:
        await t.until("2026-03-08 12:00")
        assert await t.owed("talks.yours") == []
    async with edited(tmp_path, "2026-03-20 10:00", more=WEEK) as t:
        assert await t.owed("talks.yours") == ["zhou"]
        assert {row["due_on"] for row in await t.rows("SELECT due_on FROM talk")} == {"2026-03-22"}


async def test_what_fell_due_while_the_bot_was_down_has_as_much_longer(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEK) as t:
        await t.until("2026-03-11 20:00")
    async with edited(tmp_path, "2026-03-13 10:00", more=WEEK) as t:
        assert await t.owed("talks.overdue") == []
        await t.until("2026-03-14 23:00")
        assert await t.owed("talks.overdue") == ["ma"]


async def test_a_restart_tells_nothing_twice(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", more=WEEK) as t:
        await t.until("2026-03-12 12:00")
        told = [await t.owed(kind) for kind in ("talks.yours", "talks.overdue")]
        before = await rings(t, "talk")
    async with edited(tmp_path, "2026-03-12 12:01", more=WEEK) as t:
        assert [await t.owed(kind) for kind in ("talks.yours", "talks.overdue")] == told == [["zhou"], ["ma"]]
        assert await rings(t, "talk") == before


async def test_without_rules_of_days_nothing_rings_by_itself() -> None:
    async with town() as t:
        await t.until("2026-03-02 12:00")
        assert await rings(t, "talks") == await rings(t, "talk") == await rings(t, "meeting") == {}


async def test_the_radar_looks_again_just_when_something_comes_up() -> None:
    async with town(town_with(more=WEEK)) as t:
        await t.until("2026-03-02 12:00")
        assert await rings(t, "talks") == {"qingfeng": instant.text(moment("2026-03-09 09:00"))}


async def test_nobody_is_told_in_quiet_hours() -> None:
    night = '[talks.night]\nname = "夜"\nwhen = "daily 22:00"\n'
    async with town(town_with(more=night)) as t:
        await t.until("2026-03-02 23:00")
        await t.talk("li", "想聊聊")
        assert not any("夜" in line for line in await t.heard_unasked("zhou"))
        await t.until("2026-03-03 07:30")
        assert any("（夜）" in line and "（想聊聊）" in line for line in await t.heard_unasked("zhou"))


async def test_a_rule_added_to_the_file_finds_who_has_long_been_away(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-20 12:00")
    async with edited(tmp_path, "2026-03-20 12:01", more=WEEK) as t:
        assert await t.owed("talks.yours") == ["zhou"]


async def test_who_takes_over_the_duty_has_the_list_and_hears_of_it(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
    async with edited(tmp_path, "2026-03-02 18:00", ('liaison = ["zhou", "wu"]', 'liaison = ["wu", "zhou"]')) as t:
        assert await t.owed("talks.yours") == ["zhou", "wu"]
        assert "李明（想聊聊）" in await t.talk("wu", "待谈")
        assert "没有待谈的" in await t.talk("zhou", "待谈")


async def test_who_has_left_the_file_is_to_talk_with_nobody(tmp_path: Path) -> None:
    gone = ('wu = { name = "吴强" }\n', ""), ('liaison = ["zhou", "wu"]', 'liaison = ["zhou"]')
    async with edited(tmp_path, "2026-03-02 08:00", ('["zhou", "wu"]', '["wu", "zhou"]')) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
        await t.talk("wu", "谈过 1 下次 3月20日")
    async with edited(tmp_path, "2026-03-03 10:00", *gone) as t:
        await t.until("2026-03-20 09:00")
        assert "上次约好的" in await t.talk("zhou", "待谈")


async def test_a_member_who_has_left_the_branch_is_off_every_list(tmp_path: Path) -> None:
    members = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "wang", "zhao", "sun"]')
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
    async with edited(tmp_path, "2026-03-02 18:00", members) as t:
        assert "没有待谈的" in await t.talk("zhou", "待谈")
        await t.until("2026-03-10 12:00")
        assert await t.owed("talks.overdue") == []


async def test_nothing_is_said_after_the_branch_has_closed() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-04"))) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
        await t.until("2026-03-20 12:00")
        assert await t.owed("talks.overdue") == []
        assert await rings(t, "talks") == {}


async def test_talks_are_forgotten_with_the_facts_of_their_branch() -> None:
    more = '[keep]\nwords = "10d"\nfacts = "60d"\n'
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-12"), more=more)) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
        await t.talk("li", "同意家访")
        await t.talk("zhou", "谈过 1")
        await t.until("2026-05-11 03:00")
        assert len(await t.rows("SELECT * FROM talk")) == 1
        await t.until("2026-05-13 12:00")
        assert await t.rows("SELECT * FROM talk") == await t.rows("SELECT * FROM visit_consent") == []


async def test_a_number_is_never_given_twice() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        await t.talk("zhou", "谈了 陈晓")
        await t.talk("zhou", "撤回谈话")
        await t.talk("zhou", "谈了 陈晓")
        assert [row["number"] for row in await t.rows("SELECT number FROM talk")] == [2]


async def test_the_contact_leader_who_is_a_member_herself_hears_nothing_about_herself() -> None:
    async with town(town_with(more=LEADER)) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("sun", "would like to talk")
        await t.talk("li", "想聊聊")
        await t.until("2026-03-10 12:00")
        assert await t.owed("talks.overdue") == ["ma", "sun"]
        said = [line for line in await t.heard_unasked("sun") if "has not been noted" in line or "not noted" in line]
        assert len(said) == 1
        assert "孙悦" not in said[0]


@pytest.mark.parametrize("days", [1, 3])
async def test_what_is_found_late_climbs_one_step_at_a_time(days: int) -> None:
    async with town(town_with(more=LEADER)) as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "想聊聊")
        [talk] = await rings(t, "talk")
        late = moment("2026-03-20 12:00") + timedelta(days=days)
        await t.bot.store.write(
            lambda tx: tx.run("UPDATE alarm SET at = :at WHERE subject = :s", at=instant.text(late), s=talk)
        )
        await t.until(f"2026-03-{20 + days} 13:00")
        assert await t.owed("talks.overdue") == ["ma"]
        await t.until(f"2026-03-{23 + days} 13:00")
        assert await t.owed("talks.overdue") == ["ma", "sun"]
