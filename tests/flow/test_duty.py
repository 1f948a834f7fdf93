"""Duty handed to a deputy holds everywhere, through starts and edits of the file, and comes back by itself."""

from pathlib import Path

from bot.store.tables import Tables
from bot.work import Work
from tests.reloading import edited_town
from tests.town import Town, edited, moment, town, town_with

LIAISON = 'liaison = ["zhou", "wu"]'


async def on_duty(t: Town) -> tuple[str | None, list[str], list[str]]:
    """Who is on duty by the rules of work, in the list of digests, and first of those who hear of a need."""

    def unit(tables: Tables) -> tuple[str | None, list[str], list[str]]:
        work = Work(tables.tx, t.bot.config, t.clock.now())
        branch = tables.branches.get("qingfeng")
        assert branch
        holders = work.holders(branch)
        assert holders["liaison"] == (work.on_duty(branch),)
        first = [one.id for one in tables.branches.liaisons("qingfeng")]
        assert [*holders["liaison"], *holders["deputy"]] == first
        return work.on_duty(branch), tables.branches.on_duty(), first

    return await t.bot.store.read(lambda tx: unit(Tables(tx)))


ZHOU, WU = ("zhou", ["zhou"], ["zhou", "wu"]), ("wu", ["wu"], ["wu", "zhou"])


async def test_it_survives_a_start_and_comes_back_though_the_bot_was_down_then(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 10:00") as t:
        assert await on_duty(t) == ZHOU
        await t.talk("zhou", "交班 吴强 到明天")
        assert await on_duty(t) == WU
    async with edited(tmp_path, "2026-03-03 09:00") as t:
        assert await on_duty(t) == WU
    async with edited(tmp_path, "2026-03-05 09:00") as t:
        assert await on_duty(t) == ZHOU
        assert await t.owed("duty.back") == ["wu", "zhou"]


async def test_the_digest_the_silence_and_the_question_of_the_end_go_to_whoever_is_on_duty() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-06"))) as t:
        await t.talk("zhou", "交班 吴强 到周五")
        await t.until("2026-03-03 18:30")
        assert await t.owed("digest.daily") == ["wu"]
        assert await t.owed("report.silent") == ["wu"]
        assert await t.owed("closing.question") == ["wu"]


async def test_what_waits_for_the_morning_goes_along() -> None:
    loud = '[report]\nask = "daily 12:00"\ndue = "6h"\n[silence]\nliaison = "3h"\n'
    async with town(town_with(more=loud)) as t:
        await t.until("2026-03-02 21:30")
        assert await t.owed("report.silent") == ["zhou"]
        await t.talk("zhou", "交班 吴强 3天")
        assert await t.owed("report.silent") == ["wu"]
        await t.talk("wu", "接回")
        assert await t.owed("report.silent") == ["zhou"]


async def test_nobody_takes_over_news_of_her_own_silence() -> None:
    loud = '[report]\nask = "daily 12:00"\ndue = "6h"\n[silence]\nliaison = "3h"\n'
    members = ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "wu"]')
    async with town(town_with(members, more=loud)) as t:
        await t.until("2026-03-02 21:30")
        await t.talk("zhou", "交班 吴强 3天")
        assert await t.owed("report.silent") == ["zhou"]


async def test_the_deputy_s_digest_goes_on_where_the_other_s_ended() -> None:
    async with town() as t:
        await t.until("2026-03-02 17:40")
        await t.talk("li", "思想一般 想家")
        await t.until("2026-03-02 18:30")
        await t.talk("zhou", "交班 吴强 3天")
        await t.heard("wu")
        await t.talk("chen", "思想一般 有点累")
        await t.until("2026-03-03 18:21")
        digest = next(one for one in await t.heard("wu") if "摘要" in one and "有点累" in one)
        assert "想家" not in digest


async def test_the_file_s_order_stays_what_it_is_whatever_is_edited_besides(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.talk("zhou", "交班 吴强 3天")
        await t.save(("to = 2026-05-29", "to = 2026-06-05"))
        assert await on_duty(t) == WU
        await t.until("2026-03-05 08:00")
        assert await on_duty(t) == ZHOU


async def test_a_stand_in_whom_the_file_names_no_more_stands_in_no_longer(tmp_path: Path) -> None:
    async with edited_town(tmp_path) as t:
        await t.talk("zhou", "交班 吴强 3天")
        await t.save((LIAISON, 'liaison = ["zhou", "ma"]'), confirmed=True)
        assert await on_duty(t) == ("zhou", ["zhou"], ["zhou", "ma"])
        assert await t.owed("duty.back") == ["wu", "zhou"]
        await t.save((LIAISON, 'liaison = ["zhou", "wu"]'), confirmed=True)
        assert await on_duty(t) == ZHOU


async def test_a_liaison_who_leaves_the_file_does_not_make_the_stand_in_first_for_good(tmp_path: Path) -> None:
    gone = town_with()[: town_with().index("[branches")]
    three = (LIAISON, 'liaison = ["zhou", "wu", "ma"]')
    async with edited(tmp_path, "2026-03-02 10:00", three) as t:
        await t.talk("zhou", "交班 马骏 3天")
    without_wu = gone.replace('wu = { name = "吴强" }\n', "")
    async with town(without_wu, "2026-03-03 10:00", tmp_path) as t:
        assert await on_duty(t) == ("ma", ["ma"], ["ma", "zhou"])
        await t.talk("zhou", "接回")
        assert await on_duty(t) == ("zhou", ["zhou"], ["zhou", "ma"])


async def test_longer_is_longer_and_the_first_hour_ends_nothing() -> None:
    async with town() as t:
        await t.talk("zhou", "交班 吴强 到明天")
        await t.talk("zhou", "交班 吴强 到周五")
        await t.until("2026-03-04 09:00")
        assert await on_duty(t) == WU
        await t.until("2026-03-07 09:00")
        assert await on_duty(t) == ZHOU


async def test_a_branch_that_ends_takes_the_handing_along_and_says_nothing_of_it() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-03"))) as t:
        await t.talk("zhou", "交班 吴强 到周五")
        await t.until("2026-03-09 09:00")
        assert await t.owed("duty.back") == []
        assert await t.rows("SELECT * FROM stand_in") == []


async def test_the_hour_of_an_old_handing_is_nothing_to_a_new_one() -> None:
    async with town() as t:
        await t.talk("zhou", "交班 吴强 到明天")
        await t.bot.store.write(lambda tx: Tables(tx).alarms.put("duty", "qingfeng", moment("2026-03-02 09:00")))
        await t.until("2026-03-02 09:30")
        assert await on_duty(t) == WU
        assert [row["at"] for row in await t.rows("SELECT at FROM alarm WHERE kind = 'duty'")] == [
            "2026-03-03T16:00:00Z"
        ]
