"""From what is owed to what arrives: together where the words are the same, again when it failed, never for nothing."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import LiteralString

import pytest

from bot import clock as clocks
from bot.flow import delivery as post
from bot.flow.letters import batch
from bot.store.deliveries import FREE, NEXT, Delivery
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.work import Work
from tests.fakes import BrokenChannel, FakeChannel, arrives, comes_later, is_unknown
from tests.town import Town, edited, town, town_with


async def with_channel(t: Town, channel: FakeChannel) -> FakeChannel:
    t.bot.channels = {"chat": channel}
    return channel


async def owe(t: Town, *members: str, reason: str = "r") -> None:
    """Owe everyone named a receipt, as a handler would."""
    now = t.clock.now()

    def unit(tx: Tx) -> None:
        for who in members:
            Work(tx, t.bot.config, now).owe("need.claimed", who, f"{reason}:{who}", number=7, by="周敏")

    await t.bot.store.write(unit)


async def claim(t: Town, later: timedelta = timedelta(0)) -> list[Delivery]:
    now, real = t.clock.now(), clocks.real() + later
    return await t.bot.store.write(lambda tx: Tables(tx).deliveries.claim(now, real, 50))


async def make_due(t: Town) -> None:
    now, bot = t.clock.now(), t.bot
    await bot.store.write(lambda tx: batch(tx, bot.config, bot.renderer, bot.channels, now))


async def test_the_same_words_go_out_in_one_call_and_other_words_in_another() -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel())
        await t.until("2026-03-02 17:40")
        assert sorted(sorted(one.address for one in call) for call in channel.calls) == [
            ["chen", "li", "wang", "zhao"],
            ["sun"],
        ]
        assert len({one.text for one in channel.calls[0]}) == 1


async def test_a_call_carries_no_more_than_the_channel_allows() -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel(recipients=3))
        await owe(t, "chen", "li", "wang", "zhao", "zhou", "wu", "ma")
        await t.bot.beat()
        assert sorted(len(call) for call in channel.calls) == [1, 3, 3]


async def test_more_than_a_thousand_people_are_two_calls() -> None:
    crowd = "".join(f'p{number} = {{ name = "张{number}" }}\n' for number in range(1100))
    lesson = '[study.x]\ntitle = "课"\nwhen = "mon 15:10"\nremind = []\n'
    text = town_with(("[branches.qingfeng]", f"{crowd}[branches.qingfeng]"), more=lesson)
    async with town(text) as t:
        channel = await with_channel(t, FakeChannel())
        await t.until("2026-03-02 15:10")
        sizes = [len(call) for call in channel.calls]
        assert sum(sizes) == 1108
        assert max(sizes) <= 1000
        assert len(sizes) <= 4  # two languages, twice
        assert len({one.address for call in channel.calls for one in call}) == 1108


async def test_what_one_person_is_owed_at_one_time_is_one_message() -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel())
        await owe(t, "li", reason="one")
        await owe(t, "li", reason="other")
        await t.bot.beat()
        [text] = channel.texts("li")
        assert text.count("诉求 7 号") == 2


async def test_what_fails_is_sent_again_later_and_later_with_the_same_words() -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel(fate=comes_later))
        await owe(t, "li")
        waits: list[float] = []
        for _ in range(12):
            await t.bot.beat()
            before = t.clock.now()
            t.clock.move(await t.bot.next_at() or before)
            waits.append((t.clock.now() - before).total_seconds())
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
        assert len({(one.text, one.reference) for call in channel.calls for one in call}) == 1
        channel.fate = arrives
        await t.bot.beat()
        await t.bot.beat()
        assert len(channel.texts("li")) == 13


async def fates(t: Town) -> list[tuple[str, str, str | None]]:
    """What became of the receipts: the call, and each recipient."""
    rows = await t.rows(
        "SELECT d.state, r.error, r.sent_at FROM delivery d JOIN delivery_to r ON r.delivery = d.id"
        " WHERE d.id IN (SELECT delivery FROM outbox WHERE kind = 'need.claimed') ORDER BY r.member"
    )
    return [(row["state"], row["error"], row["sent_at"]) for row in rows]


async def test_it_is_given_up_after_about_two_hours_and_the_reason_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel(fate=comes_later))
        await owe(t, "li")
        await t.until("2026-03-02 12:00")
        assert len(channel.texts("li")) == post.TRIES
        assert await fates(t) == [("dead", "busy", None)]
        assert "周敏" not in caplog.text


async def test_an_address_nobody_knows_is_not_tried_again_and_the_others_arrive() -> None:
    async with town() as t:
        channel = FakeChannel(fate=lambda one: is_unknown(one) if one.address == "li" else arrives(one))
        await with_channel(t, channel)
        await owe(t, "li", "chen")
        await t.bot.beat()
        await t.bot.beat()
        assert await fates(t) == [("sent", "", "2026-03-02T00:00:00Z"), ("sent", "unknown address", None)]
        assert len(channel.texts("li")) == 1


async def test_a_channel_that_breaks_is_tried_again_and_stops_nothing_else() -> None:
    async with town() as t:
        await with_channel(t, BrokenChannel())
        await owe(t, "li")
        await t.bot.beat()  # raises, against its contract
        working = await with_channel(t, FakeChannel())
        await owe(t, "chen", reason="next")
        await t.bot.beat()
        assert len(working.texts("chen")) == 1
        await t.until("2026-03-02 08:10")
        assert len(working.texts("li")) == 1


async def test_a_settlement_after_the_lease_was_lost_changes_nothing() -> None:
    async with town() as t:
        await owe(t, "li")
        await make_due(t)
        [first] = await claim(t)
        assert await claim(t) == []  # its lease runs
        [second] = await claim(t, later=timedelta(seconds=61))
        now = t.clock.now()
        before = await fates(t)
        assert not await t.bot.store.write(
            lambda tx: Tables(tx).deliveries.settle(first, {"li": "late"}, now, dead=True)
        )
        await t.bot.store.write(lambda tx: Tables(tx).deliveries.postpone(first, now + timedelta(hours=1)))
        assert await fates(t) == before == [("sending", "", None)]
        assert await t.bot.store.write(lambda tx: Tables(tx).deliveries.settle(second, {}, now))
        assert await fates(t) == [("sent", "", "2026-03-02T00:00:00Z")]


async def test_what_was_being_sent_when_the_bot_was_killed_is_sent_by_the_next(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await owe(t, "li")
        await make_due(t)
        await claim(t)
        await t.heard("li")
    async with edited(tmp_path, "2026-03-02 08:01") as t:
        assert [text for text in await t.heard("li") if "诉求 7 号" in text] != []


async def test_a_question_that_waited_for_days_is_not_sent_after_all(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", ("to = 2026-05-29", "to = 2026-03-05")) as t:
        t.clock.move(t.clock.now() + timedelta(hours=9, minutes=40))
        await t.bot.store.write(lambda tx: Tables(tx).alarms.due(t.clock.now(), 1))
        from bot.flow.tick import tick_all

        await tick_all(t.bot.store, t.bot.config, t.clock.now())
        await make_due(t)
    async with edited(tmp_path, "2026-03-09 10:00", ("to = 2026-05-29", "to = 2026-03-05")) as t:
        heard = await t.heard("li")
        assert "结束了" in heard[-1]
        assert not [text for text in heard if "这几天怎么样" in text]
        errors = await t.rows("SELECT DISTINCT error FROM delivery_to WHERE error <> ''")
        assert [row["error"] for row in errors] == ["expired"]


async def test_whoever_is_out_of_the_file_is_not_sent_what_was_on_its_way(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await owe(t, "ma")
        await make_due(t)
    without = (('ma = { name = "马骏" }\n', ""), ('secretary = "ma"\n', ""))
    async with edited(tmp_path, "2026-03-02 08:05", *without) as t:
        assert await fates(t) == [("sent", "", None)]


async def test_a_channel_that_is_out_of_the_file_leaves_nothing_hanging(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await owe(t, "li")
        await make_due(t)
    async with edited(tmp_path, "2026-03-02 08:05", ("[channels.chat]", "[channels.web]")) as t:
        assert await t.rows("SELECT 1 FROM delivery WHERE state IN ('due', 'sending')") == []
        await owe(t, "li", reason="next")
        await t.bot.beat()
        assert "诉求 7 号" in (await t.heard("li"))[-1]


POISON: list[LiteralString] = [
    "UPDATE outbox SET facts = 'k1:rotten' WHERE member = 'li' AND state = 'owed'",
    "UPDATE outbox SET kind = 'from.another.version' WHERE member = 'li' AND state = 'owed'",
    "UPDATE outbox SET facts = '' WHERE member = 'li' AND state = 'owed'",
]


@pytest.mark.parametrize("poison", POISON)
async def test_a_poisoned_row_stops_nobody_else_s(poison: LiteralString, caplog: pytest.LogCaptureFixture) -> None:
    async with town() as t:
        channel = await with_channel(t, FakeChannel())
        await owe(t, "chen", "li", "wang")
        await t.bot.store.write(lambda tx: tx.run(poison))
        await t.bot.beat()
        assert [len(channel.texts(who)) for who in ("chen", "li", "wang")] == [1, 0, 1]
        rows = await t.rows("SELECT state, note FROM outbox WHERE member = 'li' ORDER BY number DESC LIMIT 1")
        assert rows[0]["state"] == "skipped"
        assert rows[0]["note"].startswith("broke: ")
        assert [one for one in caplog.records if one.levelno == logging.ERROR]


async def test_what_nobody_can_be_reached_for_is_put_aside_with_the_reason() -> None:
    async with town() as t:
        await t.bot.store.write(lambda tx: tx.run("DELETE FROM address WHERE member = 'li'"))
        await owe(t, "li")
        await t.bot.beat()
        assert await t.skipped("need.claimed") == ["no address"]


@pytest.mark.parametrize("query", [FREE, NEXT])
async def test_what_was_sent_long_ago_is_not_looked_through(query: LiteralString) -> None:
    async with town() as t:
        now = "2026-03-02T00:00:00Z"
        plan = await t.rows("EXPLAIN QUERY PLAN " + query, now=now, real_now=now, most=50)
        assert "SEARCH delivery USING INDEX delivery_due" in plan[0]["detail"]
