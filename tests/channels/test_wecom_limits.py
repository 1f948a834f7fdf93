"""What the platform allows: as few calls as it takes, and never more to one member than it passes on."""

import asyncio
from datetime import datetime
from math import ceil
from pathlib import Path

import pytest

from bot.channels.wecom import TO_ONE
from bot.domain.people import Member as MemberRow
from bot.flow.calls import Calls
from bot.flow.letters import batch
from bot.message import Outgoing
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Tx
from tests.channels.wecom_town import USERS, people, wecom_town
from tests.simulators.wecom import Member, simulator

Patch = pytest.MonkeyPatch
SEND = "message/send"


@pytest.mark.parametrize("texts", [(10_000,), (4_500, 3_200, 2_300)])
async def test_ten_thousand_are_as_many_calls_as_thousands_of_each_text(
    monkeypatch: Patch, texts: tuple[int, ...]
) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 12:05")
        users = [f"u{number:05}" for number in range(sum(texts))]
        w.wecom.corp.add(Member(user) for user in users)
        says = [number for number, count in enumerate(texts) for _ in range(count)]
        says = [says[place * 7919 % len(says)] for place in range(len(says))]  # mixed, as people are
        before = len(w.wecom.record.of(SEND))
        await w.t.bot.store.write(lambda tx: owe_all(tx, w.t.clock.now(), list(zip(users, says, strict=True))))
        await w.t.bot.beat()
        calls = w.wecom.record.of(SEND)[before:]
        assert len(calls) == sum(ceil(count / 1000) for count in texts)
        reached = [user for call in calls for user in call.body["touser"].split("|")]
        assert sorted(reached) == users
        assert {call.code for call in calls} == {0}


async def test_nobody_is_in_one_call_twice(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 12:05")
        bot, calls, now = w.t.bot, Calls(), w.t.clock.now()
        for reason in ("first", "second"):
            owed = Owed(reason, "li", "sending.confirmed_by", None, now, None, {"by": "周敏"})
            await bot.store.write(lambda tx, owed=owed: Tables(tx).outbox.owe(owed, now))
            await bot.store.write(lambda tx: batch(tx, bot.config, bot.renderer, bot.channels, now, calls))
        rows = await w.t.rows("SELECT delivery FROM delivery_to WHERE member = 'li' AND sent_at IS NULL")
        assert len({row["delivery"] for row in rows}) == len(rows) == 2


def owe_all(tx: Tx, now: datetime, says: list[tuple[str, int]]) -> None:
    tables = Tables(tx)
    for user, number in says:
        tables.members.put(MemberRow(user, user, "officer", "", "zh"))
        tables.members.put_addresses(user, {"wecom": user})
        facts = {"by": f"第{number}位"}
        tables.outbox.owe(Owed(f"r:{user}", user, "sending.confirmed_by", None, now, None, facts), now)


async def test_more_than_the_platform_passes_on_to_one_member_waits(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        one = [Outgoing("LiMing", "x", "d:li")]
        sent = [await w.channel.send([Outgoing("LiMing", f"第{n}条", "d")]) for n in range(TO_ONE.minute)]
        assert not any(each.error for (each,) in sent)
        (late,) = await w.channel.send(one)
        assert (late.error, late.retry, 0 < late.after <= 60) == ("wecom.too_many", True, True)


async def test_two_hundred_to_one_member_arrive_to_the_last_whatever_is_sent_at_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        waiting = [Outgoing("LiMing", f"第{n}条", "d") for n in range(200)]
        for minute in range(15):
            await w.t.until(f"2026-03-02 10:{minute:02}:30")
            sent = await asyncio.gather(*(w.channel.send([one]) for one in waiting))
            waiting = [one for one, (each,) in zip(waiting, sent, strict=True) if each.error]
        assert waiting == []
        assert w.wecom.record.dropped == []
        assert sum(one.startswith("第") for one in w.chat("li")) == 200


async def test_a_restart_forgets_nothing_of_what_the_platform_has_counted(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 10:00:00")
            for n in range(28):
                await w.t.bot.store.write(lambda tx, n=n: owe(tx, w.t.clock.now(), n))
                await w.t.bot.beat()
            await w.t.until("2026-03-02 10:00:40")
            reached = len(w.chat("li"))
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 10:00:41", platform) as w:
            sent = [await w.channel.send([Outgoing("LiMing", f"再{n}", "d")]) for n in range(30)]
            assert sum(not one.error for (one,) in sent) < 30
        assert platform.record.dropped == []
        assert reached > 20


def owe(tx: Tx, now: datetime, number: int) -> None:
    id_ = f"burst-{number}"
    Tables(tx).deliveries.make(id_, "wecom", f"第{number}条", [("li", "LiMing", False)], now)


async def test_the_app_has_a_quota_for_the_day(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, more="app_day = 20\n") as w:
        letters = [Outgoing(user, "学习提醒", "d") for user in USERS.values()]
        first, second, third = [await w.channel.send(letters) for _ in range(3)]
        assert not any(one.error for one in (*first, *second))
        assert {(one.error, one.after > 0) for one in third} == {("wecom.too_many", True)}
